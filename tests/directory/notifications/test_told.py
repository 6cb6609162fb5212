"""Who is told of proposals, needs, imports and failed jobs, and what they are told."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_q.models import Task

from kithkin.directory.models import Membership, Need, Proposal, Unit
from kithkin.directory.queries.heads import heads_of
from kithkin.directory.services.erasure import erase_person, hand_over
from kithkin.directory.services.needs import NeedDraft, answer_need, hand_over_need, write_need
from kithkin.directory.services.proposals import accept_proposal, decline_proposal, propose_relation
from kithkin.platform.acting import Path, acting
from kithkin.platform.events import dispatch
from kithkin.platform.models import Import, Notification, Role, RoleGrant, User
from kithkin.platform.queries.notifications import in_words, unread
from kithkin.platform.services.imports import resume_import, run_import, work_on_import
from tests.cast import Cast
from tests.directory.imports.files import check, run, upload
from tests.directory.relations.making import serves

GOOD, BAD = "Name,E-mail\nKim,kim@x.example\n", "Name,E-mail\nKim,kim@x.example\nLee,none\n"


def told() -> dict[str, list[str]]:
    """What everybody is told, by name, in the order of its coming; "(settled)" behind what is no longer so."""
    while dispatch():
        pass
    found: dict[str, list[str]] = {}
    for one in Notification.objects.order_by("pk").select_related("user"):
        reader = User.objects.get(pk=one.user_id)
        said = in_words(reader, [one])[0].told
        sentence = (said.sentence + ("" if said.still else " (settled)")) if said else "-"
        found.setdefault(one.user.name, []).append(sentence)
    return found


def propose(cast: Cast, what: str = "transport") -> Proposal:
    with acting(cast.bob, Path.PAGE):
        return propose_relation(by=cast.bob, receiver=cast.it, provider=cast.logistics, what=what)


WAITS = "IT depends on Logistics for transport, as somebody says: accept or decline it"


def test_a_proposal_is_told_to_the_head_who_decides_and_the_decision_to_who_proposed(cast):
    proposal = propose(cast)
    assert told() == {"Dora": [WAITS]}
    with acting(cast.dora, Path.PAGE):
        accept_proposal(proposal=proposal, by=cast.dora)
    assert told() == {
        "Dora": ["IT depends on Logistics for transport, as somebody said: it is decided (settled)"],
        "Bob": ["Accepted: IT depends on Logistics for transport, as you said"],
    }


def test_a_proposal_that_is_declined_is_told_as_such(cast):
    decline_proposal(proposal=propose(cast), by=cast.dora)
    assert told()["Bob"] == ["Declined: that IT depends on Logistics for transport, as you said"]


def test_nobody_is_told_of_what_they_proposed_and_decided_themselves(cast):
    with acting(cast.dora, Path.PAGE):
        proposal = propose_relation(by=cast.dora, receiver=cast.it, provider=cast.logistics, what="transport")
        accept_proposal(proposal=proposal, by=cast.dora)
    assert told() == {}


def test_who_heads_the_unit_no_longer_is_not_shown_what_is_decided_there(cast):
    propose(cast)
    assert told() == {"Dora": [WAITS]}
    RoleGrant.objects.filter(user=cast.dora).delete()
    assert told() == {"Dora": ["-"]}


def test_the_nearest_head_decides_then_the_next_above_then_managers_then_administrators(cast):
    def names() -> list[str]:
        return [user.name for user in heads_of(cast.support.pk)]

    assert names() == ["Dora"]
    grant = RoleGrant.objects.create(user=cast.gus, role=Role.DEPARTMENT_HEAD, scope_id=cast.support.pk)
    assert names() == ["Gus"]
    User.objects.filter(pk=cast.gus.pk).update(is_active=False)
    assert names() == ["Dora"]
    grant.delete()
    RoleGrant.objects.filter(role=Role.DEPARTMENT_HEAD).delete()
    assert names() == ["Percy"]
    User.objects.filter(pk=cast.gus.pk).update(is_active=True)
    RoleGrant.objects.create(user=cast.gus, role=Role.PROGRAM_MANAGER, scope_id=cast.it.pk)
    assert names() == ["Gus"]
    RoleGrant.objects.filter(role=Role.PROGRAM_MANAGER).delete()
    assert names() == ["Alice"]


def test_who_heads_a_unit_that_is_closed_stands_for_it_still(cast):
    closed = Unit.objects.create(name="Closed", code="CLOSED")
    RoleGrant.objects.create(user=cast.gus, role=Role.DEPARTMENT_HEAD, scope_id=closed.pk)
    assert [user.name for user in heads_of(closed.pk)] == ["Gus"]


def need(cast: Cast, problem: str = "The till is down", **fields) -> Need:
    link = serves(cast.it, cast.logistics, f"service {Need.objects.count()}")
    with acting(cast.percy, Path.PAGE):
        return write_need(draft=NeedDraft(problem, "kin", link=link), **fields)


def test_a_need_is_told_to_the_heads_of_both_ends_and_to_its_owner_but_not_to_who_did_it(cast):
    one = need(cast)
    with acting(cast.percy, Path.PAGE):
        hand_over_need(need=one, owner=cast.gus)
    with acting(cast.gus, Path.PAGE):
        hand_over_need(need=one, owner=cast.bob)
        hand_over_need(need=one, owner=cast.gus)
    written = "A need was written down on a relation of your units: “The till is down”"
    assert told() == {
        "Dora": [written],
        "Donald": [written],
        "Gus": ["A need is yours to answer: “The till is down”"],
        "Bob": ["A need was yours to answer: “The till is down” (settled)"],
    }


def test_a_head_who_writes_a_need_down_is_not_told_of_it(cast):
    link = serves(cast.it, cast.logistics)
    with acting(cast.dora, Path.PAGE):
        write_need(draft=NeedDraft("The till is down", "kin", link=link))
    assert set(told()) == {"Donald"}


def test_who_has_left_an_end_is_not_shown_needs_of_it(cast):
    need(cast)
    told()
    RoleGrant.objects.filter(user=cast.donald).delete()
    Membership.objects.filter(person__user=cast.donald).delete()
    assert told()["Donald"] == ["-"]


def test_an_answered_need_is_settled_and_one_that_is_not_for_their_eyes_is_not_shown(cast):
    one = write_need(draft=NeedDraft("Far away", "kith"), owner=cast.bob)
    answer_need(need=one, state="met", answer="Done")
    assert told() == {"Bob": ["A need was yours to answer: “Far away” (settled)"]}
    hand_over_need(need=one, owner=None)
    assert told() == {"Bob": ["-"]}


def test_who_brings_a_file_is_told_of_refused_lines_and_when_it_has_come_in(cast):
    one = check(upload(cast.alice, BAD))
    assert told() == {"Alice": ["“people.csv” is checked: 1 line is refused"]}
    run(one)
    assert told() == {
        "Alice": [
            "“people.csv” has gone on since (settled)",
            "“people.csv” has come in, but for 1 line that was refused",
        ]
    }
    assert unread(cast.alice) == 1, "of the check there is nothing new once the file is in"


def test_the_check_of_another_file_stays_new_when_one_has_come_in(cast):
    other = check(upload(cast.alice, BAD))
    run(check(upload(cast.alice, BAD.replace("Kim,kim", "Ben,ben"))))
    told()
    new = Notification.objects.filter(user=cast.alice, read_at=None).values_list("facts__import", "facts__what")
    assert [what for one, what in new if one == other.pk] == ["checked"]
    assert len(new) == 2


def test_a_check_without_refusals_is_told_only_when_it_has_come_in(cast):
    one = check(upload(cast.percy, GOOD))
    assert told() == {}
    run(one)
    assert told() == {"Percy": ["“people.csv” has come in, no line was refused"]}


def test_a_file_that_stops_is_told_with_the_reason_and_settled_when_it_goes_on(cast):
    one = check(upload(cast.alice, GOOD))
    run_import(one=one)
    for file in one.path.iterdir():
        file.unlink()
    Import.objects.filter(pk=one.pk).update(lease_until=None)
    work_on_import(one.pk)
    one.refresh_from_db()
    assert told() == {"Alice": [f"“people.csv” has stopped: {one.failure}"]}
    resume_import(one=one)
    assert told() == {"Alice": ["“people.csv” had stopped, and goes on (settled)"]}


def test_an_import_that_is_somebody_elses_is_not_told(cast):
    one = check(upload(cast.percy, BAD))
    assert set(told()) == {"Percy"}
    Import.objects.filter(pk=one.pk).update(by=cast.alice)
    assert told() == {"Percy": ["-"]}


def job(attempts: int, name: str = "a") -> Task:
    now = timezone.now()
    task, _ = Task.objects.update_or_create(
        id=name * 32,
        defaults={
            "name": name, "func": "math.sqrt", "started": now, "stopped": now,
            "success": False, "attempt_count": attempts, "result": "no root of Quellmalz",
        },
    )  # fmt: skip
    return task


def test_a_job_that_failed_for_good_is_told_to_administrators_once(cast):
    for attempts in (1, 4):
        job(attempts)
    assert told() == {}
    for attempts in (6, 7):  # as one that ended its worker each time may be begun
        failed = job(attempts)
    assert told() == {"Alice": ["A job failed for good: math.sqrt"]}
    failed.delete()
    assert told() == {"Alice": ["A job had failed, and was seen to: math.sqrt (settled)"]}


def test_who_administers_no_longer_is_not_shown_what_failed(cast):
    job(6)
    assert set(told()) == {"Alice"}
    RoleGrant.objects.filter(user=cast.alice).delete()
    assert told() == {"Alice": ["-"]}


def test_no_notification_holds_a_name_or_an_error(cast):
    propose(cast)
    need(cast, owner=cast.bob)
    job(5)
    check(upload(cast.alice, BAD))
    told()
    kept = [value for facts in Notification.objects.values_list("facts", flat=True) for value in facts.values()]
    assert {value for value in kept if isinstance(value, str)} == {"a" * 32, "math.sqrt", "checked"}


def test_what_somebody_was_told_is_handed_over_and_goes_with_them_alone(cast):
    need(cast, owner=cast.gus)
    told()
    known = hand_over(person=cast.gus.person)["directory"]["notifications"]
    assert [(one["topic"], set(one["facts"])) for one in known] == [("needs", {"need"})]
    erase_person(person=cast.gus.person)
    assert set(Notification.objects.values_list("user__name", flat=True)) == {"Dora", "Donald"}


@pytest.mark.parametrize("name", ["alice", "dora"])
def test_the_page_costs_the_same_statements_for_one_of_each_and_for_fifty(cast, visit, name):
    user, client = cast.users[name], visit(name)

    def some(number: int) -> None:
        proposal = propose(cast, f"transport {number}")
        mine = propose_relation(by=user, receiver=cast.it, provider=cast.logistics, what=f"storage {number}")
        one = need(cast, f"Problem {number}", owner=user)
        brought = Import.objects.create(kind="people", name=f"{number}.csv", folder=f"x{number}", size=1, by=user)
        failed = job(1, f"{number:04x}"[-1])
        for event, (topic, facts) in enumerate(
            {
                "proposals": {"proposal": proposal.pk}, "decisions": {"proposal": mine.pk}, "needs": {"need": one.pk},
                "needs_of_relations": {"need": one.pk}, "imports": {"import": brought.pk, "what": "done"},
                "jobs": {"task": failed.pk, "job": "x"},
            }.items()
        ):  # fmt: skip
            Notification.objects.create(user=user, topic=topic, event_id=number * 10 + event, facts=facts)

    some(1)
    first = statements(client)
    for number in range(2, 10):
        some(number)
    assert (statements(client), first <= 30) == (first, True)


def statements(client) -> int:
    client.get("/notifications/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/notifications/").status_code == 200
    return len(captured)
