"""A role over a unit reaches what lies below it today."""

from __future__ import annotations

from datetime import date, timedelta

from django.test import RequestFactory

from kithkin.directory.models import Succession, UnitPeriod
from kithkin.directory.models.days import today
from kithkin.directory.queries.dates import chosen_date
from kithkin.directory.queries.organisation import tree_on
from kithkin.directory.services import organisation as services
from kithkin.platform.access import reach
from kithkin.platform.acting import Path, acting
from kithkin.platform.models import Role
from kithkin.platform.registries.scopes import scopes
from tests.cast import make_unit


def test_a_tree_costs_one_statement_however_large(cast, django_assert_num_queries):
    for number in range(50):
        make_unit(f"Team {number:02}", cast.it)
    with django_assert_num_queries(1):
        tree = tree_on(today())
        assert (len(tree), len(tree.below([cast.it.pk]))) == (54, 52)


def test_a_department_head_reaches_the_subtree(cast):
    assert reach(cast.dora, Role.DEPARTMENT_HEAD).unit_ids == {cast.it.pk, cast.support.pk}


def test_a_unit_that_moves_away_tomorrow_is_reached_today(cast):
    tomorrow = today() + timedelta(days=1)
    UnitPeriod.objects.filter(unit=cast.support).update(until=tomorrow)
    UnitPeriod.objects.create(unit=cast.support, name="Support", parent=cast.logistics, since=tomorrow)
    assert scopes().below([cast.it.pk]) == {cast.it.pk, cast.support.pk}
    assert tree_on(tomorrow).below([cast.logistics.pk]) == {cast.logistics.pk, cast.support.pk}


def test_within_a_request_the_tree_is_read_once_and_again_after_a_change(cast, django_assert_num_queries):
    with acting(cast.alice, Path.PAGE):
        with django_assert_num_queries(1):
            assert [len(scopes().names()) for _ in range(3)] == [4, 4, 4]
        make_unit("Security", cast.it)
        assert list(scopes().names().values()) == ["Company", "IT", "Security", "Support", "Logistics"]


def test_what_one_request_read_is_not_what_the_next_sees(cast):
    with acting(cast.alice, Path.PAGE):
        scopes().names()
    UnitPeriod.objects.filter(unit=cast.support).update(name="Help desk")
    with acting(cast.alice, Path.PAGE):
        assert "Help desk" in scopes().names().values()


def test_a_page_shows_the_day_in_its_address():
    asked = chosen_date(RequestFactory().get("/organisation/?on=2025-03-01"))
    assert (asked.day, asked.today, asked.parameter) == (date(2025, 3, 1), False, "?on=2025-03-01")


def test_a_day_that_makes_no_sense_is_today():
    for nonsense in ("", "2025-02-30", "yesterday", "\x00", "9" * 5000):
        asked = chosen_date(RequestFactory().get("/organisation/", {"on": nonsense}))
        assert (asked.day, asked.today, asked.parameter) == (today(), True, "")


def test_what_a_merged_unit_left_behind_is_reached_from_its_heir(cast):
    services.merge_units(units=[cast.it], into=cast.logistics, on=today())
    assert reach(cast.donald, Role.DEPARTMENT_HEAD).unit_ids == {cast.logistics.pk, cast.it.pk, cast.support.pk}
    assert list(scopes().names().values()) == ["Company", "Logistics", "Support"]


def test_what_a_closed_unit_left_behind_is_reached_from_where_it_stood(cast):
    services.close_unit(unit=cast.support, on=today())
    assert reach(cast.dora, Role.DEPARTMENT_HEAD).unit_ids == {cast.it.pk, cast.support.pk}
    assert reach(cast.donald, Role.DEPARTMENT_HEAD).unit_ids == {cast.logistics.pk}


def test_a_merge_that_lies_ahead_changes_nobodys_reach_today(cast):
    services.merge_units(units=[cast.it], into=cast.logistics, on=today() + timedelta(days=1))
    assert reach(cast.donald, Role.DEPARTMENT_HEAD).unit_ids == {cast.logistics.pk}


def test_a_unit_that_was_merged_twice_is_reached_from_its_last_heir(cast):
    first, last = make_unit("First"), make_unit("Last")
    UnitPeriod.objects.filter(unit=cast.support).update(until=today())
    for heir, ago in ((first, 300), (last, 0)):
        on = today() - timedelta(days=ago)
        Succession.objects.create(predecessor=cast.support, successor=heir, kind="merge", on=on)
    assert [scopes().below([heir.pk]) for heir in (first, last)] == [{first.pk}, {last.pk, cast.support.pk}]
