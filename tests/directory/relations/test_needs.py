"""Needs: the problem apart from the wish, with evidence, an owner and an answer."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from kithkin.directory.models import Evidence, Need
from kithkin.directory.queries.needs import needs_visible_to
from kithkin.directory.services.needs import (
    AnswerIncomplete,
    NeedDraft,
    add_evidence,
    answer_need,
    hand_over_need,
    write_need,
)
from kithkin.platform.models import Event, User
from tests.cast import make_kin, make_unit
from tests.directory.relations.making import everybody_outside, serves, statements


def need(cast, problem: str = "The till is down for hours", **fields) -> Need:
    link = serves(cast.it, cast.logistics, f"service {Need.objects.count()}")
    return write_need(draft=NeedDraft(problem, "kin", link=link), **fields)


def form(one: Need, **fields: str) -> dict[str, str]:
    return {"version": str(one.version), "owner": "", "state": one.state, "answer": ""} | fields


def kinds() -> list[str]:
    return list(Event.objects.order_by("id").filter(kind__contains="Need").values_list("kind", flat=True))


def test_the_problem_is_kept_apart_from_the_solution_that_was_wished_for(cast, visit):
    link = serves(cast.it, everybody_outside(), at="Visit")
    visit("dora").post(f"/listen/needs/add/?relation={link.pk}", {"problem": "I wait", "wished_for": "More tills"})
    one = Need.objects.get()
    assert (one.problem, one.wished_for) == ("I wait", "More tills")
    assert (one.side, one.audience) == ("kith", everybody_outside())


def test_a_need_handed_over_waits_on_the_owners_home_page_until_it_is_answered(cast, visit):
    one = need(cast)
    visit("dora").post(f"/listen/needs/{one.pk}/answer/", form(one, owner="Charlie"))
    assert kinds() == ["directory.NeedWritten", "directory.NeedHandedOver"]
    before = visit("charlie").get("/").content.decode().count("The till is down")
    one.refresh_from_db()
    visit("charlie").post(
        f"/listen/needs/{one.pk}/answer/", form(one, owner="charlie@company.example", state="planned", answer="In May")
    )
    after = visit("charlie").get("/").content.decode().count("The till is down")
    one.refresh_from_db()
    assert (before, after, one.state, one.answer) == (1, 0, "planned", "In May")


def test_cannot_needs_a_reason_and_somebody_who_stands_for_it(cast):
    one = need(cast)
    with pytest.raises(AnswerIncomplete, match="owed a reason"):
        answer_need(need=one, state="cannot", answer=" ")
    with pytest.raises(AnswerIncomplete, match="name an owner"):
        answer_need(need=one, state="cannot", answer="No budget")
    hand_over_need(need=one, owner=cast.dora)
    answer_need(need=one, state="cannot", answer="No budget")
    with pytest.raises(AnswerIncomplete):
        hand_over_need(need=one, owner=None)


def test_the_database_itself_holds_no_cannot_without_a_reason(cast):
    one = need(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.filter(pk=one.pk).update(state="cannot")


def test_cannot_without_a_reason_is_said_at_the_form_and_nothing_is_kept(cast, visit):
    one = need(cast)
    page = visit("dora").post(f"/listen/needs/{one.pk}/answer/", form(one, owner="Dora", state="cannot"))
    one.refresh_from_db()
    assert (page.status_code, one.state, one.owner) == (200, "open", None)
    assert "owed a reason" in page.content.decode()


def test_managers_are_told_how_many_needs_nobody_has(cast, visit):
    need(cast)
    need(cast, "Nobody answers the phone")
    need(cast, "This one has somebody", owner=cast.dora)
    told = {name: "2 needs have nobody" in visit(name).get("/").content.decode() for name in cast.users}
    assert told == dict.fromkeys(cast.users, False) | {"alice": True, "percy": True}


def test_the_unowned_stand_first_in_the_list_and_in_its_title(cast, visit):
    need(cast, "Owned", owner=cast.dora)
    need(cast, "Alone")
    page = visit("alice").get("/listen/needs/").content.decode()
    assert page.index("Alone") < page.index("Owned")
    assert "1 need has nobody who answers it" in page


def test_a_need_is_seen_by_its_owner_and_both_ends_and_those_who_work_with_scores(cast):
    one = need(cast, owner=cast.gus)
    seeing = {name for name, user in cast.users.items() if needs_visible_to(user).filter(pk=one.pk).exists()}
    assert seeing == set(cast.users)
    far = write_need(draft=NeedDraft("Far away", "kith", audience=everybody_outside()), owner=cast.bob)
    seeing = {name for name, user in cast.users.items() if needs_visible_to(user).filter(pk=far.pk).exists()}
    assert seeing == {"alice", "percy", "anna", "bob"}


def test_evidence_says_from_how_many_and_when_and_twice_is_once(cast, visit):
    one = need(cast)
    told = {"text": "7 of 40 tills were down", "source": "IT desk", "n": "40", "at": "2026-03-01"}
    for _ in range(2):
        visit("dora").post(f"/listen/needs/{one.pk}/evidence/", told)
    found = Evidence.objects.get()
    assert (found.n, found.at, found.recorded_by) == (40, date(2026, 3, 1), cast.dora)


@pytest.mark.parametrize("at", ["", "yesterday", "0001-01-01", "9999-12-31"])
def test_a_day_that_makes_no_sense_is_said_at_the_form(cast, visit, at):
    one = need(cast)
    page = visit("dora").post(f"/listen/needs/{one.pk}/evidence/", {"text": "x", "at": at})
    assert (page.status_code, Evidence.objects.count()) == (200, 0)


def test_the_second_writer_of_an_answer_is_shown_both(cast, visit):
    one = need(cast, owner=cast.dora)
    stale = form(one, owner="Dora", state="planned", answer="Mine")
    answer_need(need=one, state="met", answer="Done")
    page = visit("dora").post(f"/listen/needs/{one.pk}/answer/", stale)
    one.refresh_from_db()
    assert (page.status_code, one.answer) == (409, "Done")
    for yours, now in (("Mine", "Done"), ("planned", "met")):
        assert f"<td>{yours}</td><td>{now}</td>" in page.content.decode()


def test_the_list_costs_the_same_statements_for_one_and_for_fifty(cast, visit):
    client = visit("bob")
    need(cast)
    first = statements(client, "/listen/needs/?size=50")
    for number in range(49):
        one = need(cast, f"Problem {number}", owner=cast.dora)
        add_evidence(need=one, text="x", at=date(2026, 1, 1))
    assert (statements(client, "/listen/needs/?size=50"), first <= 30) == (first, True)


def test_a_need_of_no_relation_is_written_by_those_who_write_everywhere(cast, visit):
    sent = {"problem": "I wait", "side": "kith"}
    answers = {name: visit(name).post("/listen/needs/add/", sent).status_code for name in ("dora", "percy")}
    assert (answers, Need.objects.count()) == ({"dora": 403, "percy": 302}, 1)


def handed(client, one: Need, owner: str) -> str:
    """What stands at the field when the need is handed to this address; "" where it was."""
    page = client.post(f"/listen/needs/{one.pk}/answer/", form(one, owner=owner))
    one.refresh_from_db()
    return "" if page.status_code == 302 else " ".join(page.context["form"].errors["owner"])


def test_asking_for_an_owner_tells_nobody_who_has_a_log_in(cast, visit):
    elsewhere = make_unit("Sales", cast.company)
    make_kin("Sally", elsewhere)
    one, dora = need(cast), visit("dora")
    answers = {address: handed(dora, one, address) for address in ("sally@company.example", "no@company.example")}
    assert len(set(answers.values())) == 1
    assert answers["no@company.example"].startswith("Nobody to whom you can hand it is called that")
    assert handed(dora, one, "Sally") == answers["no@company.example"]
    assert one.owner is None


@pytest.mark.parametrize(
    ("by", "owner"),
    [("dora", "gus"), ("dora", "charlie"), ("dora", "dora"), ("percy", "sally"), ("alice", "nobody")],
)
def test_a_need_is_handed_to_whom_one_sees_and_to_either_end(cast, visit, by, owner):
    make_kin("Sally", make_unit("Sales", cast.company))
    User.objects.create_user("nobody@company.example", name="Without a person")
    one = need(cast)
    assert (handed(visit(by), one, f"{owner}@company.example"), one.owner.email) == ("", f"{owner}@company.example")


def test_an_owner_whom_the_reader_does_not_see_can_stay(cast, visit):
    one = need(cast, owner=make_kin("Sally", make_unit("Sales", cast.company)))
    sent = form(one, owner="sally@company.example", state="planned", answer="In May")
    assert visit("dora").post(f"/listen/needs/{one.pk}/answer/", sent).status_code == 302
