"""The audit trail: what is kept, and the page that shows it."""

from __future__ import annotations

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from auditlog.diff import model_instance_diff
from django.db import transaction
from django.utils import translation

from kithkin.directory.models import Person, Unit
from kithkin.directory.services.organisation import move_unit
from kithkin.platform import audit
from kithkin.platform.acting import Path, acting
from kithkin.platform.models import AuditEntry, Role, RoleGrant, User
from kithkin.platform.queries.history import Change, history_of, in_words, trail
from tests.cast import make_kith
from tests.directory.segments.making import make_segment
from tests.platform.accounts.browser import said

TOLD = ("content_type_id", "object_pk", "object_repr", "action", "changes", "actor_id", "path", "request_id")


def kept(record) -> list[dict]:
    rows = AuditEntry.objects.filter(object_id=record.pk, content_type__model=record._meta.model_name)
    return list(rows.order_by("id").values(*TOLD))


def without_ids(rows: list[dict]) -> list[dict]:
    return [{key: value for key, value in row.items() if key != "object_pk"} for row in rows]


def test_a_bulk_writer_leaves_what_single_saves_leave(cast):
    with acting(cast.alice, Path.IMPORT, "one-request"):
        one = make_kith("Kim", country="DE")
        erasure_key = one.erasure_key
        one.name = "Kim Berg"
        one.save()
        kept_single = kept(one)
        many = Person(name="Kim", email="kim@customer.example", is_kith=True, country="DE", erasure_key=erasure_key)
        one.delete()
        many.normalise()
        (many,) = Person.objects.bulk_create([many])
        audit.record_created([many])
        before = Person.objects.get(pk=many.pk)
        many.name = "Kim Berg"
        many.normalise()
        Person.objects.bulk_update([many], ["name"])
        audit.record_changed([(before, many)])
    assert without_ids(kept(many)) == without_ids(kept_single)


def test_a_bulk_deletion_leaves_what_a_single_one_leaves(cast):
    one, other = (RoleGrant.objects.create(user=cast.bob, role=role) for role in (Role.AGENT, Role.ANALYST))
    RoleGrant.objects.filter(pk=other.pk).update(role=Role.AGENT, scope_id=1)
    other.refresh_from_db()
    one.scope_id = 1
    key = one.pk
    one.delete()
    audit.record_deleted([other])
    single, bulk = (
        AuditEntry.objects.filter(action=AuditEntry.Action.DELETE, object_id=pk).values(*TOLD) for pk in (key, other.pk)
    )
    assert without_ids(list(bulk)) == without_ids(list(single))


def test_an_entry_says_who_by_which_path_and_in_which_request(cast):
    with acting(cast.alice, Path.API, "req-1234"):
        kim = make_kith("Kim")
    row = kept(kim)[0]
    assert (row["actor_id"], row["path"], row["request_id"]) == (cast.alice.pk, "api", "req-1234")


def test_a_change_on_a_page_carries_the_id_of_its_request(cast, visit):
    answer = visit("bob").post(
        "/settings/me/",
        {"name": "Robert", "language": "en", "time_zone": "UTC"},
        headers={"X-Request-Id": "given-by-proxy-1"},
    )
    row = kept(cast.bob)[-1]
    assert (answer.headers["X-Request-Id"], row["request_id"]) == ("given-by-proxy-1", "given-by-proxy-1")
    assert (row["actor_id"], row["path"], row["changes"]) == (cast.bob.pk, "page", {"name": ["Bob", "Robert"]})


def test_of_a_password_only_that_it_changed_is_kept(cast):
    cast.bob.set_password("a new good battery")
    cast.bob.save()
    assert kept(cast.bob)[-1]["changes"] == {"password": [audit.MASKED, audit.MASKED]}
    assert history_of(cast.bob)[0].changes == (Change("Password", "hidden", "hidden"),)


def test_an_entry_tells_of_the_record_and_of_nothing_that_points_to_it(cast):
    fields = {field.name for field in User._meta.concrete_fields}
    assert set(kept(cast.bob)[0]["changes"]) <= fields


def test_a_rolled_back_change_leaves_no_entry(cast):
    before = AuditEntry.objects.count()
    with transaction.atomic():
        make_kith("Kim")
        transaction.set_rollback(True)
    assert AuditEntry.objects.count() == before


def test_values_are_shown_in_words(cast):
    with acting(cast.alice, Path.PAGE):
        grant = RoleGrant.objects.create(user=cast.bob, role=Role.DEPARTMENT_HEAD, scope_id=cast.it.pk)
    (told,) = history_of(grant)
    assert (told.who, told.kind, told.action, told.path) == ("Alice", "role of a user", "made", "page")
    assert told.changes == (
        Change("User", "", "Bob"),
        Change("Role", "", "Department head"),
        Change("Over", "", "IT"),
    )


def test_what_a_value_pointed_to_and_is_gone_stays_as_its_number(cast):
    grant = RoleGrant.objects.create(user=cast.bob, role=Role.AGENT)
    number = cast.bob.pk
    User.objects.filter(pk=number).delete()
    told = in_words(trail().filter(object_id=grant.pk, content_type__model="rolegrant", action=0))
    assert Change("User", "", f"#{number}") in told[0].changes


def test_the_page_is_in_the_language_and_the_zone_of_its_reader(cast, visit):
    cast.alice.time_zone = "Pacific/Auckland"
    cast.alice.save()
    AuditEntry.objects.update(timestamp="2026-01-31T23:30:00Z")
    assert "1 Feb 2026, 12:30" in said(visit("alice").get("/settings/audit/"))


@pytest.fixture
def four(cast):
    AuditEntry.objects.all().delete()
    with acting(cast.alice, Path.PAGE, "req-a"):
        kim = make_kith("Kim")
    with acting(cast.percy, Path.IMPORT, "req-b"):
        kim.name = "Kimberly"
        kim.save()
        Unit.objects.create(name="Annex")
    with acting(None, Path.JOB):
        kim.delete()
    AuditEntry.objects.filter(request_id="req-a").update(timestamp="2026-03-01T00:00:00Z")
    return kim


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Kimberly", "Annex", "Kimberly", "Kim"]),
        ("who=alice@", ["Kim"]),
        ("who=perc", ["Annex", "Kimberly"]),
        ("action=2", ["Kimberly"]),
        ("path=import", ["Annex", "Kimberly"]),
        ("path=import&action=1", ["Kimberly"]),
        ("since=2026-03-01&until=2026-03-01", ["Kim"]),
        ("until=2026-02-28", []),
        ("q=annex", ["Annex"]),
        ("q=req-a", ["Kim"]),
        ("since=yesterday&action=x&path=%00", ["Kimberly", "Annex", "Kimberly", "Kim"]),
    ],
)
def test_the_trail_is_narrowed_by_person_action_path_day_and_text(four, visit, query, found):
    page = visit("alice").get(f"/settings/audit/?{query}").context["page"]
    assert [entry.object_repr for entry in page.rows] == found


def test_the_trail_is_narrowed_by_the_kind_of_thing(four, visit):
    kind = AuditEntry.objects.filter(object_repr="Annex").values_list("content_type_id", flat=True).get()
    page = visit("alice").get(f"/settings/audit/?kind={kind}").context["page"]
    assert [entry.object_repr for entry in page.rows] == ["Annex"]


def test_one_entry_is_shown_in_full_with_what_happened_beside_it(four, visit):
    entry = AuditEntry.objects.get(request_id="req-b", object_repr="Kimberly")
    page = said(visit("alice").get(f"/settings/audit/{entry.pk}/"))
    assert "Kim → Kimberly" in page
    assert "made the unit “Annex”" in page


def test_a_rule_is_told_as_a_sentence_and_a_record_by_whom_it_is_about(cast, visit):
    AuditEntry.objects.all().delete()
    with acting(cast.alice, Path.PAGE):
        make_segment("Customers", owner=cast.anna)
        grant = RoleGrant.objects.create(user=cast.bob, role=Role.AGENT)
    page = said(visit("alice").get("/settings/audit/"))
    assert "Rule: Everybody with: Side is kith." in page
    assert ("made the segment “Customers”" in page, "made the role of a user “Bob: Agent”" in page) == (True, True)
    with translation.override("de"):
        assert history_of(grant)[0].record == "Bob: Bearbeitung"


def test_a_record_that_is_gone_is_told_in_the_language_of_the_reader_not_of_the_writer(cast):
    with translation.override("de"):
        grant = RoleGrant.objects.create(user=cast.bob, role=Role.AGENT)
        number = grant.pk
        grant.delete()
    gone = in_words(trail().filter(object_id=number, content_type__model="rolegrant"))
    assert [one.said for one in gone] == [
        "deleted the role of a user “Bob: Agent”",
        "made the role of a user “Bob: Agent”",
    ]


def test_a_move_is_told_with_its_place_and_day(cast, visit):
    move_unit(unit=cast.support, to=cast.logistics, on=date(2031, 3, 1))
    move_unit(unit=cast.support, to=None, on=date(2032, 3, 1))
    page = said(visit("alice").get("/settings/audit/"))
    assert "made the state of a unit “Support, below Logistics, from 1 March 2031 on”" in page
    assert "made the state of a unit “Support, at the top, from 1 March 2032 on”" in page


@pytest.mark.parametrize(("language", "kind"), [("en", "second factor"), ("de", "zweiter Faktor")])
def test_a_second_factor_is_called_so_in_the_readers_language(language, kind, cast, visit):
    cast.alice.language = language
    cast.alice.save()
    Authenticator.objects.create(user=cast.bob, type="totp", data={})
    page = visit("alice").get("/settings/audit/").content.decode()
    assert f">{kind}</option>" in page
    assert "authenticator" not in page


def test_a_change_of_a_record_that_is_gone_is_told_by_its_name_not_by_what_changed(cast):
    grant = RoleGrant.objects.create(user=cast.bob, role=Role.AGENT)
    number = grant.pk
    grant.role = Role.ANALYST
    grant.save()
    name = str(grant)
    grant.delete()
    changed = in_words(trail().filter(object_id=number, content_type__model="rolegrant", action=1))
    assert [one.said for one in changed] == [f"changed the role of a user “{name}”"]


def test_a_long_name_is_cut_in_the_sentence_and_whole_beside_it(cast):
    told = history_of(make_kith("Kim " * 40))[0]
    assert (told.said.count("Kim"), told.said[-2:], told.record.count("Kim")) == (30, "…”", 40)


def test_many_rules_cost_as_many_statements_as_one(cast, visit, django_assert_num_queries):
    alice = visit("alice")
    AuditEntry.objects.all().delete()
    rule = {"field": "unit", "operator": "is", "value": str(cast.it.pk)}
    make_segment("Customers 0", rule)
    alice.get("/settings/audit/?size=50")
    with django_assert_num_queries(30, exact=False) as few:
        alice.get("/settings/audit/?size=50")
    for number in range(1, 20):
        make_segment(f"Customers {number}", rule)
    with django_assert_num_queries(len(few)):
        page = alice.get("/settings/audit/?size=50")
    assert said(page).count("Everybody with: Unit is IT.") == 20


def test_the_trail_costs_the_same_for_few_entries_and_for_fifty(cast, visit, django_assert_num_queries):
    alice = visit("alice")
    AuditEntry.objects.all().delete()
    make_kith("Kim")
    alice.get("/settings/audit/?size=50")
    with django_assert_num_queries(10, exact=False) as few:
        alice.get("/settings/audit/?size=50")
    for number in range(60):
        make_kith(f"Kim {number}")
    with django_assert_num_queries(len(few)):
        page = alice.get("/settings/audit/?size=50")
    assert page.content.decode().count("<tr>") == 51


def test_a_record_shows_its_own_history_and_no_other(cast, visit):
    with acting(cast.alice, Path.PAGE), translation.override("en"):
        cast.bob.name = "Robert"
        cast.bob.save()
        assert [entry.action for entry in history_of(cast.bob)] == ["changed", "made"]
    assert "Bob → Robert" in said(visit("alice").get(f"/settings/users/{cast.bob.pk}/"))
    assert "Bob → Robert" not in said(visit("alice").get(f"/settings/users/{cast.gus.pk}/"))


@pytest.mark.parametrize("model", [Person, Unit, User, RoleGrant])
def test_a_bulk_writer_tells_the_same_differences_as_a_single_save(cast, model):
    """Of rows that come, change and go, masked fields and pointers included."""
    first, second = model.objects.order_by("pk")[1:3]
    for before, after in ((None, first), (first, second), (second, first), (first, None), (first, first)):
        assert audit.differences(before, after) == (model_instance_diff(before, after) or {})
