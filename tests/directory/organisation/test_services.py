"""What is done to the organisation, in the database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction

from kithkin.directory.models import Account, Membership, Succession, Unit, UnitChange, UnitPeriod
from kithkin.directory.models.days import today
from kithkin.directory.organisation.refusals import (
    Below,
    ChangedSince,
    ClosesLater,
    CodeTaken,
    HasChildren,
    HasMembers,
    InUse,
    NoParts,
    NothingChanges,
    NotOpen,
    NotPlanned,
    Orphaned,
    Refused,
)
from kithkin.directory.queries.organisation import tree_on
from kithkin.directory.services import organisation as services
from kithkin.directory.services.organisation import NewUnit
from kithkin.platform.acting import Path, acting
from kithkin.platform.models import AuditEntry, ChangedMeanwhile, Event
from tests.cast import make_kin

SOON, LATER = today() + timedelta(days=30), today() + timedelta(days=60)
EVE = timedelta(days=1)
PAST = date(2024, 6, 1)


def shown(day: date) -> str:
    return " ".join(f"{depth}{node.name}" for node, depth in tree_on(day).depth_first())


def workers(unit: Unit, day: date) -> list[str]:
    rows = Membership.objects.filter(unit=unit, since__lte=day).exclude(until__lte=day)
    return sorted(rows.values_list("person__name", flat=True))


def happened() -> list[str]:
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


AS_IT_WAS = "0Company 1IT 2Support 1Logistics"


def test_a_unit_moves_on_the_day_and_the_day_before_is_as_it_was(cast):
    services.move_unit(unit=cast.support, to=cast.logistics, on=SOON)
    assert (shown(SOON - EVE), shown(SOON)) == (AS_IT_WAS, "0Company 1IT 1Logistics 2Support")
    assert happened() == ["directory.UnitMoved"]


def test_a_move_in_the_past_leaves_the_days_before_it(cast):
    services.move_unit(unit=cast.support, to=None, on=PAST)
    assert (shown(PAST - EVE), shown(today())) == (AS_IT_WAS, "0Company 1IT 1Logistics 0Support")


def test_a_new_name_is_worn_from_the_day_on(cast):
    services.rename_unit(unit=cast.it, name="Technology", on=SOON)
    assert (shown(today()), shown(SOON)) == (AS_IT_WAS, "0Company 1Logistics 1Technology 2Support")
    assert Unit.objects.get(pk=cast.it.pk).name == "Technology"


def test_a_team_becomes_a_department(cast):
    services.change_kind(unit=cast.support, kind="department", on=SOON)
    assert [tree_on(day).get(cast.support.pk).kind for day in (today(), SOON)] == ["team", "department"]


def test_a_unit_opens_below_another(cast):
    services.open_unit(new=NewUnit("Security", "team", "SEC"), parent=cast.it, on=SOON)
    assert (shown(today()), shown(SOON)) == (AS_IT_WAS, "0Company 1IT 2Security 2Support 1Logistics")


def test_a_code_belongs_to_one_unit(cast):
    with pytest.raises(CodeTaken, match="“IT” belongs to “IT”"):
        services.open_unit(new=NewUnit("Other", code="IT"), parent=None, on=SOON)
    assert not Unit.objects.filter(name="Other").exists()


def test_nothing_opens_below_what_is_not_open_yet(cast):
    later = services.open_unit(new=NewUnit("Security"), parent=cast.it, on=LATER)
    with pytest.raises(Orphaned, match="“Guards” would stand below “Security”"):
        services.open_unit(new=NewUnit("Guards"), parent=later, on=SOON)


def test_a_unit_never_moves_below_its_own_descendant(cast):
    with pytest.raises(Below, match=r"“IT” cannot stand below “Support”: on .* “Support” lies below “IT”"):
        services.move_unit(unit=cast.it, to=cast.support, on=SOON)
    with pytest.raises(Below, match="“IT” cannot stand below itself"):
        services.move_unit(unit=cast.it, to=cast.it, on=SOON)
    assert shown(SOON) == AS_IT_WAS


def test_what_changes_nothing_is_said_to(cast):
    with pytest.raises(NothingChanges):
        services.rename_unit(unit=cast.it, name="IT", on=SOON)


def test_an_empty_unit_closes(cast):
    services.close_unit(unit=cast.support, on=SOON)
    assert (shown(SOON - EVE), shown(SOON)) == (AS_IT_WAS, "0Company 1IT 1Logistics")


def test_a_unit_with_units_below_says_so_before_it_closes(cast):
    with pytest.raises(HasChildren, match="“Support” stand below “IT”"):
        services.close_unit(unit=cast.it, on=SOON, members_to=cast.logistics)


def test_a_unit_with_people_says_so_before_it_closes(cast):
    with pytest.raises(HasMembers, match="3 people work in “IT” from that day on"):
        services.close_unit(unit=cast.it, on=SOON, children_to=cast.logistics)


def test_a_unit_closes_when_it_is_said_where_all_go(cast):
    services.close_unit(unit=cast.it, on=SOON, children_to=cast.logistics, members_to=cast.support)
    assert shown(SOON) == "0Company 1Logistics 2Support"
    assert (workers(cast.it, SOON - EVE), workers(cast.it, SOON)) == (["Bob", "Dora", "Gus"], [])
    assert (workers(cast.support, SOON - EVE), workers(cast.support, SOON)) == ([], ["Bob", "Dora", "Gus"])


def test_nobody_is_handed_to_a_unit_that_closes_itself(cast):
    services.close_unit(unit=cast.support, on=LATER)
    with pytest.raises(ClosesLater, match="“Support” closes on"):
        services.close_unit(unit=cast.it, on=SOON, children_to=cast.logistics, members_to=cast.support)


def test_units_merge_with_their_people_and_what_stands_below(cast):
    services.merge_units(units=[cast.it, cast.logistics], into=NewUnit("Operations"), parent=cast.company, on=SOON)
    operations = Unit.objects.get(name="Operations")
    assert (shown(SOON - EVE), shown(SOON)) == (AS_IT_WAS, "0Company 1Operations 2Support")
    assert workers(operations, SOON) == ["Bob", "Charlie", "Donald", "Dora", "Gus"]
    assert (workers(cast.it, SOON - EVE), workers(cast.it, SOON)) == (["Bob", "Dora", "Gus"], [])
    assert sorted(operations.origins.values_list("predecessor__name", flat=True)) == ["IT", "Logistics"]
    assert happened() == ["directory.UnitsMerged"]


def test_a_unit_merges_into_one_that_stood_below_it(cast):
    services.merge_units(units=[cast.it, cast.support], into=cast.support, on=SOON)
    assert shown(SOON) == "0Company 1Logistics 1Support"
    assert workers(cast.support, SOON) == ["Bob", "Dora", "Gus"]


def test_whoever_works_in_both_units_is_there_once_after_the_merge(cast):
    bob = Membership.objects.get(person__name="Bob")
    Membership.objects.create(person=bob.person, unit=cast.logistics, since=date(2025, 1, 1))
    services.merge_units(units=[cast.it], into=cast.logistics, on=SOON)
    assert workers(cast.logistics, SOON) == ["Bob", "Charlie", "Donald", "Dora", "Gus"]


def test_whoever_starts_later_starts_in_the_unit_that_is_there_by_then(cast):
    Membership.objects.filter(person__name="Bob").update(since=LATER)
    services.merge_units(units=[cast.it], into=cast.logistics, on=SOON)
    assert (workers(cast.logistics, SOON), workers(cast.it, LATER)) == (["Charlie", "Donald", "Dora", "Gus"], [])
    assert workers(cast.logistics, LATER) == ["Bob", "Charlie", "Donald", "Dora", "Gus"]


@pytest.mark.parametrize("names", [["it"], []])
def test_one_unit_alone_cannot_merge(cast, names):
    units = [getattr(cast, name) for name in names] or [cast.it]
    with pytest.raises(NoParts):
        services.merge_units(units=units, into=cast.it if names else NewUnit("New"), on=SOON)


def test_a_unit_splits_and_everybody_is_somewhere(cast):
    bob = Membership.objects.get(person__name="Bob").person
    platform, apps = services.split_unit(
        unit=cast.it,
        into=[NewUnit("Platform"), NewUnit("Applications")],
        on=SOON,
        people={bob.pk: 1},
        children={cast.support.pk: 1},
    )
    assert shown(SOON) == "0Company 1Applications 2Support 1Logistics 1Platform"
    assert [workers(unit, SOON) for unit in (platform, apps, cast.it)] == [["Dora", "Gus"], ["Bob"], []]
    assert sorted(cast.it.successions.values_list("successor__name", flat=True)) == ["Applications", "Platform"]


def test_a_part_leaves_a_unit_that_stays(cast):
    bob = Membership.objects.get(person__name="Bob").person
    (security,) = services.split_unit(unit=cast.it, into=[NewUnit("Security")], on=SOON, people={bob.pk: 0}, keep=True)
    assert shown(SOON) == "0Company 1IT 2Support 1Logistics 1Security"
    assert [workers(unit, SOON) for unit in (security, cast.it)] == [["Bob"], ["Dora", "Gus"]]


def everything() -> list[list[tuple]]:
    return [
        sorted(UnitPeriod.objects.values_list("unit_id", "name", "kind", "parent_id", "since", "until"), key=str),
        sorted(Membership.objects.values_list("person_id", "unit_id", "title", "since", "until"), key=str),
        sorted(Unit.objects.values_list("name", "code")),
        list(Succession.objects.values_list("predecessor_id", "successor_id")),
    ]


PLANS = {
    "move": lambda cast: services.move_unit(unit=cast.support, to=cast.logistics, on=SOON),
    "rename": lambda cast: services.rename_unit(unit=cast.it, name="Technology", on=SOON),
    "open": lambda cast: services.open_unit(new=NewUnit("Security"), parent=cast.it, on=SOON),
    "close": lambda cast: services.close_unit(
        unit=cast.it, on=SOON, children_to=cast.company, members_to=cast.logistics
    ),
    "merge": lambda cast: services.merge_units(
        units=[cast.it, cast.logistics], into=NewUnit("Operations"), parent=cast.company, on=SOON
    ),
    "split": lambda cast: services.split_unit(unit=cast.it, into=[NewUnit("A"), NewUnit("B")], on=SOON),
}


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_taken_back_leaves_all_as_it_was(cast, plan):
    Membership.objects.filter(person__name="Gus").update(since=LATER)
    before = everything()
    PLANS[plan](cast)
    assert everything() != before
    services.take_back(change=UnitChange.objects.latest("pk"))
    assert everything() == before


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_is_taken_back_once(cast, plan):
    PLANS[plan](cast)
    change = UnitChange.objects.latest("pk")
    services.take_back(change=change)
    with pytest.raises(NotPlanned):
        services.take_back(change=change)


def test_what_has_taken_effect_is_not_taken_back(cast):
    change = services.move_unit(unit=cast.support, to=None, on=today())
    with pytest.raises(NotPlanned):
        services.take_back(change=change)


def test_a_plan_on_which_another_stands_waits_for_that(cast):
    services.open_unit(new=NewUnit("Security"), parent=cast.it, on=SOON)
    opened = UnitChange.objects.latest("pk")
    moved = services.move_unit(unit=cast.support, to=Unit.objects.get(name="Security"), on=LATER)
    with pytest.raises(Orphaned, match="“Support” would stand below “Security”"):
        services.take_back(change=opened)
    services.take_back(change=moved)
    services.take_back(change=opened)
    assert (shown(SOON), shown(LATER)) == (AS_IT_WAS, AS_IT_WAS)


def test_a_planned_unit_that_people_were_given_is_not_taken_back(cast):
    security = services.open_unit(new=NewUnit("Security"), parent=cast.it, on=SOON)
    Account.objects.create(name="Acme", unit=security)
    with pytest.raises(InUse, match="“Security” is in use already"):
        services.take_back(change=UnitChange.objects.latest("pk"))
    assert "Security" in shown(SOON)


def test_a_merge_is_not_taken_back_over_the_head_of_somebody_moved_since(cast):
    change = services.merge_units(units=[cast.it], into=cast.logistics, on=SOON)
    membership = Membership.objects.get(person__name="Bob", unit=cast.logistics)
    membership.title = "Driver"
    membership.save()
    with pytest.raises(ChangedSince):
        services.take_back(change=change)


def test_the_second_of_two_editors_is_told(cast):
    first, second = (Unit.objects.get(pk=cast.support.pk) for _ in range(2))
    services.move_unit(unit=first, to=cast.logistics, on=SOON, version=first.version)
    with pytest.raises(ChangedMeanwhile):
        services.move_unit(unit=second, to=cast.company, on=SOON, version=second.version)
    assert shown(SOON) == "0Company 1IT 1Logistics 2Support"


def test_what_is_refused_leaves_nothing_behind(cast):
    before = everything()
    with pytest.raises(NotOpen), transaction.atomic():
        services.merge_units(
            units=[cast.it, cast.support], into=NewUnit("Late"), parent=cast.company, on=date(2019, 1, 1)
        )
    assert (everything(), happened()) == (before, [])


def test_it_is_kept_who_did_it(cast):
    with acting(cast.percy, Path.PAGE):
        change = services.move_unit(unit=cast.support, to=cast.logistics, on=SOON)
    assert change.by == cast.percy
    kinds = AuditEntry.objects.order_by("id").values_list("content_type__model", "action", "actor__name")
    assert set(kinds) >= {("unitperiod", 1, "Percy"), ("unitperiod", 0, "Percy")}


def test_a_merge_costs_the_same_for_fifty_people(cast, django_assert_max_num_queries):
    for number in range(50):
        make_kin(f"Worker{number}", cast.it)
    with django_assert_max_num_queries(45):
        services.merge_units(units=[cast.it], into=cast.logistics, on=SOON)
    assert len(workers(cast.logistics, SOON)) == 55


def test_every_refusal_is_a_sentence():
    assert all(issubclass(kind, Refused) for kind in (Below, NoParts, InUse))
    assert str(NoParts()) == "Name at least one other unit."
