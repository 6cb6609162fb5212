"""Two people change the organisation at the same moment."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithkin.directory.models import UnitChange, UnitPeriod
from kithkin.directory.organisation.refusals import Refused
from kithkin.directory.organisation.tree import Tree
from kithkin.directory.queries.organisation import tree_on, whole_history
from kithkin.directory.services import organisation as services
from kithkin.directory.services.organisation import NewUnit
from tests.cast import Cast, make_cast

SOON = date(2030, 1, 1)


def day(number: int) -> date:
    return SOON + timedelta(days=number)


@pytest.mark.django_db(transaction=True)
def test_of_two_moves_that_would_make_a_ring_together_one_is_refused():
    cast = make_cast()
    start, said = Barrier(2), []

    def move(unit, to):
        start.wait()
        try:
            services.move_unit(unit=unit, to=to, on=SOON)
        except Refused as refused:
            said.append(type(refused).__name__)
        finally:
            connections.close_all()

    pairs = ((cast.it, cast.logistics), (cast.logistics, cast.it))
    threads = [Thread(target=move, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == ["Below"]
    assert (UnitChange.objects.count(), tree_on(SOON).problems()) == (1, ())


STEP = st.tuples(
    st.sampled_from(["rename", "move", "open", "close", "merge", "split", "back"]),
    st.integers(1, 28),
    st.integers(0, 5),
    st.integers(0, 5),
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, max_size=8))
def test_whatever_is_done_in_the_database_every_day_is_a_forest_and_the_days_before_stay(cast: Cast, steps):
    with transaction.atomic():
        for what, on, one, other in steps:
            before = whole_history()
            try:
                with transaction.atomic():
                    act(cast, what, on, one, other)
            except Refused:
                assert whole_history() == before
                continue
            after = whole_history()
            if what != "back":
                assert [after.on(day(n)) for n in range(on)] == [before.on(day(n)) for n in range(on)]
            assert [after.on(day(n)).problems() for n in range(30)] == [()] * 30
            assert shape(tree_on(day(on))) == shape(after.on(day(on)))
        transaction.set_rollback(True)


def shape(tree: Tree) -> set[tuple[int, str, int | None]]:
    return {(node.id, node.name, node.parent) for node in tree.nodes.values()}


def act(cast: Cast, what: str, on: int, one: int, other: int) -> None:
    ids = list(UnitPeriod.objects.order_by("unit_id").values_list("unit_id", flat=True).distinct())
    first, second = (
        UnitPeriod.objects.filter(unit_id=ids[which % len(ids)]).select_related("unit")[0].unit
        for which in (one, other)
    )
    if what == "rename":
        services.rename_unit(unit=first, name=f"Name {other}", on=day(on))
    elif what == "move":
        services.move_unit(unit=first, to=second, on=day(on))
    elif what == "open":
        services.open_unit(new=NewUnit(f"New {other}"), parent=first, on=day(on))
    elif what == "close":
        services.close_unit(unit=first, on=day(on), children_to=second, members_to=second)
    elif what == "merge":
        services.merge_units(units=[first], into=second, on=day(on))
    elif what == "split":
        services.split_unit(unit=first, into=[NewUnit("Left"), NewUnit("Right")], on=day(on))
    elif change := UnitChange.objects.order_by("pk").last():
        services.take_back(change=change)
