"""Who works where: days never overlap in one unit, and history stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithkin.directory.models import Membership, Person
from kithkin.directory.services.duplicates import merge_people
from kithkin.directory.services.memberships import (
    AlreadyThere,
    EndsBeforeItBegins,
    NotAtThatTime,
    ReportsToThemselves,
    change_title,
    join_unit,
    leave_unit,
)
from kithkin.platform.models import Event
from tests.cast import make_unit

JAN, MAR, JUN = date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1)


@pytest.fixture
def kim(db) -> Person:
    return Person.objects.create(name="Kim")


@pytest.fixture
def shop(db):
    return make_unit("Shop")


def days(person: Person) -> list[tuple[str, date, date | None]]:
    return list(person.memberships.order_by("since").values_list("title", "since", "until"))


def test_whoever_joins_is_kin(kim, shop):
    join_unit(person=kim, unit=shop, since=JAN, title="Seller")
    assert (Person.objects.get(pk=kim.pk).side, days(kim)) == ("kin", [("Seller", JAN, None)])


def test_leaving_deletes_nothing(kim, shop):
    leave_unit(membership=join_unit(person=kim, unit=shop, since=JAN), until=MAR)
    assert (Person.objects.get(pk=kim.pk).side, days(kim)) == ("kin", [("", JAN, MAR)])
    assert list(Event.objects.order_by("id").values_list("kind", flat=True)) == [
        "directory.UnitJoined",
        "directory.UnitLeft",
    ]


def test_one_unit_is_not_joined_twice_on_a_day_but_two_units_may_be(kim, shop):
    join_unit(person=kim, unit=shop, since=JAN, until=JUN)
    with pytest.raises(AlreadyThere):
        join_unit(person=kim, unit=shop, since=MAR)
    join_unit(person=kim, unit=make_unit("Depot"), since=MAR)
    join_unit(person=kim, unit=shop, since=JUN)
    assert len(days(kim)) == 3


def test_a_longer_stay_may_not_reach_into_the_next(kim, shop):
    first = join_unit(person=kim, unit=shop, since=JAN, until=MAR)
    join_unit(person=kim, unit=shop, since=JUN)
    with pytest.raises(AlreadyThere):
        leave_unit(membership=first, until=JUN + timedelta(days=1))


def test_the_days_before_keep_their_title(kim, shop):
    first = join_unit(person=kim, unit=shop, since=JAN, title="Seller")
    change_title(membership=first, title="Head", on=MAR)
    assert days(kim) == [("Seller", JAN, MAR), ("Head", MAR, None)]


def test_a_title_changed_on_the_first_day_was_never_another(kim, shop):
    change_title(membership=join_unit(person=kim, unit=shop, since=JAN, title="Seler"), title="Seller", on=JAN)
    assert days(kim) == [("Seller", JAN, None)]


@pytest.mark.parametrize("on", [JAN - timedelta(days=1), JUN])
def test_a_title_changes_only_while_somebody_works_there(kim, shop, on):
    stay = join_unit(person=kim, unit=shop, since=JAN, until=JUN)
    with pytest.raises(NotAtThatTime):
        change_title(membership=stay, title="Head", on=on)


def test_what_cannot_be_is_refused(kim, shop):
    with pytest.raises(EndsBeforeItBegins):
        join_unit(person=kim, unit=shop, since=JAN, until=JAN)
    with pytest.raises(ReportsToThemselves):
        join_unit(person=kim, unit=shop, since=JAN, manager=kim)
    with pytest.raises(ValidationError):
        join_unit(person=kim, unit=shop, since=JAN, title="x" * 121)
    with pytest.raises(EndsBeforeItBegins):
        leave_unit(membership=join_unit(person=kim, unit=shop, since=MAR), until=JAN)


steps = st.tuples(st.sampled_from(["join", "leave", "title"]), st.integers(0, 9), st.integers(0, 9), st.integers(0, 3))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=st.lists(steps, max_size=8))
def test_whatever_is_done_no_day_has_two(kim, shop, taken):
    Membership.objects.all().delete()
    for what, first, second, which in taken:
        rows = list(Membership.objects.order_by("pk"))
        try:
            if what == "join":
                end = JAN + timedelta(days=second) if second else None
                join_unit(person=kim, unit=shop, since=JAN + timedelta(days=first), until=end)
            elif rows and what == "leave":
                leave_unit(membership=rows[which % len(rows)], until=JAN + timedelta(days=first))
            elif rows:
                change_title(membership=rows[which % len(rows)], title=str(second), on=JAN + timedelta(days=first))
        except (AlreadyThere, EndsBeforeItBegins, NotAtThatTime):
            continue
    for day in (JAN + timedelta(days=number) for number in range(12)):
        held = [one for one in Membership.objects.all() if one.since <= day and (one.until is None or day < one.until)]
        assert len(held) <= 1


def test_both_stays_of_joined_records_in_one_unit_can_be_ended(kim, shop):
    twin = Person.objects.create(name="Kim")
    for person, since in ((kim, JAN), (twin, MAR)):
        join_unit(person=person, unit=shop, since=since)
    merge_people(kept=kim, gone=twin)
    for stay in kim.memberships.all():
        leave_unit(membership=stay, until=JUN)
    assert list(kim.memberships.order_by("since").values_list("since", "until")) == [(JAN, JUN), (MAR, JUN)]
