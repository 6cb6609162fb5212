"""Whatever is done to the organisation, every day stays a forest, and the days before it stay as they were.

Random sequences of changes run on the histories and, day by day, on a plain twin.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithkin.directory.organisation.draft import Draft, Edit, Part, check
from kithkin.directory.organisation.history import Field, History, Period
from kithkin.directory.organisation.refusals import Refused
from kithkin.directory.organisation.undoing import without
from tests.directory.organisation.twin import DAYS, No, Twin, day

UNIT = st.integers(1, 7)
DAY = st.integers(1, DAYS - 1)
NAME = st.sampled_from(["Ash", "Birch", "Cedar"])
CHANGE = st.one_of(
    st.tuples(st.just("rename"), DAY, UNIT, NAME),
    st.tuples(st.just("move"), DAY, UNIT, st.none() | UNIT),
    st.tuples(st.just("open"), DAY, NAME, st.none() | UNIT),
    st.tuples(st.just("close"), DAY, UNIT, st.none() | UNIT),
    st.tuples(st.just("merge"), DAY, st.frozensets(UNIT, min_size=1, max_size=3), UNIT),
    st.tuples(st.just("split"), DAY, UNIT, st.dictionaries(UNIT, st.integers(0, 1), max_size=3), st.booleans()),
)


class Both:
    """A history and its twin, in step."""

    def __init__(self) -> None:
        self.history, self.twin, self.next = History({}), Twin(), 1
        self.done: list[tuple[int, list[Edit]]] = []
        for above in (None, 1, 1, 2):
            self.change("open", 0, f"unit {self.next}", above)

    def change(self, what: str, on: int, *how) -> None:
        draft = Draft(self.history, day(on))
        history: History | None = None
        twin: Twin | None = None
        calls = getattr(self, f"_{what}")(draft, on, *how)
        if calls is None:
            return
        ours, theirs, unit = calls
        with suppress(Refused):
            ours()
            history = draft.checked(unit)
        with suppress(No):
            twin = theirs()
        assert (history is None) == (twin is None)
        if history is not None and twin is not None:
            before, self.history, self.twin = self.history, history, twin
            assert [before.on(day(n)) for n in range(on)] == [history.on(day(n)) for n in range(on)]
            self.done.append((on, draft.edits))
        self.compare()

    def compare(self) -> None:
        for number, units in enumerate(self.twin.days):
            tree = self.history.on(day(number))
            assert {node.id: [node.name, node.kind, node.parent] for node in tree.nodes.values()} == units
            assert tree.problems() == ()
        for periods in self.history.periods.values():
            assert all(one.until is not None and one.until <= other.since for one, other in pairwise(periods))
            assert not any(other.continues(one) for one, other in pairwise(periods))

    def _rename(self, draft, on, unit, name):
        put = lambda: draft.put(unit, Field.NAME, name)  # noqa: E731
        return put, lambda: self.twin.tried("put", on, unit, "name", name), unit

    def _move(self, draft, on, unit, parent):
        put = lambda: draft.put(unit, Field.PARENT, parent)  # noqa: E731
        return put, lambda: self.twin.tried("put", on, unit, "parent", parent), unit

    def _open(self, draft, on, name, parent):
        unit, self.next = self.next, self.next + 1
        return (
            lambda: draft.open(unit, name, "team", parent),
            lambda: self.twin.tried("open", on, unit, name, parent),
            unit,
        )

    def _close(self, draft, on, unit, to):
        if to == unit:
            return None
        return (
            lambda: draft.close_empty(unit, to),
            lambda: self.twin.tried("close_empty", on, unit, to),
            unit,
        )

    def _merge(self, draft, on, sources, into):
        sources = sorted(sources - {into})
        if not sources:
            return None
        return lambda: draft.merge(sources, into), lambda: self.twin.tried("merge", on, sources, into), into

    def _split(self, draft, on, unit, children, keep):
        parts, self.next = [self.next, self.next + 1], self.next + 2
        named = {child: parts[which] for child, which in children.items()}
        made = [Part(part, f"part {part}", "site") for part in parts]
        return (
            lambda: draft.split(unit, made, named, keep=keep),
            lambda: self.twin.tried("split", on, unit, parts, named, keep),
            unit,
        )


@settings(max_examples=300)
@given(st.lists(CHANGE, max_size=12))
def test_histories_and_their_day_by_day_twins_agree(changes):
    both = Both()
    for change in changes:
        both.change(*change)


@settings(max_examples=200)
@given(st.lists(CHANGE, max_size=8))
def test_what_is_taken_back_at_once_never_was(changes):
    both = Both()
    stages = []
    for change in changes:
        stages.append((len(both.done), both.history))
        both.change(*change)
    for count, history in reversed(stages):
        while len(both.done) > count:
            both.history = without(both.history, both.done.pop()[1])
        assert {unit: some for unit, some in both.history.periods.items() if some} == {
            unit: some for unit, some in history.periods.items() if some
        }


@settings(max_examples=200)
@given(st.lists(CHANGE, max_size=8), st.data())
def test_what_is_taken_back_late_leaves_a_forest_and_the_days_before(changes, data):
    both = Both()
    for change in changes:
        both.change(*change)
    on, edits = data.draw(st.sampled_from(both.done))
    try:
        history = check(without(both.history, edits), day(on))
    except Refused:
        return
    assert [history.on(day(n)) for n in range(on)] == [both.history.on(day(n)) for n in range(on)]
    assert [history.on(day(n)).problems() for n in range(DAYS)] == [()] * DAYS


@pytest.mark.parametrize("number", [5, 15])
def test_a_later_plan_outlives_an_earlier_change(number):
    both = Both()
    both.change("move", 20, 4, 3)
    both.change("rename", number, 4, "Cedar")
    both.change("move", number, 4, 1)
    assert [both.history.at(4, day(n)).parent for n in (number - 1, number, 19, 20)] == [2, 1, 1, 3]


def test_a_plan_taken_back_leaves_the_name_that_the_unit_was_given_since():
    both = Both()
    both.change("rename", 20, 4, "Cedar")
    planned = both.done[-1][1]
    both.change("rename", 10, 4, "Ash")
    history = without(both.history, planned)
    assert [history.at(4, day(n)).name for n in (9, 10, 25)] == ["unit 4", "Ash", "Ash"]


def test_a_closing_taken_back_leaves_the_name_that_the_unit_was_given_since():
    both = Both()
    both.change("close", 20, 4, None)
    planned = both.done[-1][1]
    both.change("rename", 10, 4, "Ash")
    assert without(both.history, planned).at(4, day(25)).name == "Ash"


def test_a_unit_below_itself_is_refused_by_a_sentence_that_names_both():
    both = Both()
    draft = Draft(both.history, day(3))
    draft.put(1, Field.PARENT, 4)
    with pytest.raises(Refused) as refused:
        draft.checked(1)
    assert str(refused.value) == (
        "“unit 1” cannot stand below “unit 4”: on 4 January 2026 “unit 4” lies below “unit 1”. "
        "Move “unit 4” elsewhere first, or choose another unit."
    )


def test_a_move_below_a_unit_that_will_move_below_oneself_is_refused_for_that_day():
    both = Both()
    both.change("move", 20, 2, 3)
    draft = Draft(both.history, day(3))
    draft.put(3, Field.PARENT, 2)
    with pytest.raises(Refused, match="on 21 January 2026 “unit 2” lies below “unit 3”"):
        draft.checked(3)


def test_a_name_runs_until_the_unit_closes_and_not_into_the_time_after_it_reopens():
    history = History.of(Period(1, "Ash", "team", None, day(since), day(until)) for since, until in ((1, 5), (7, 9)))
    assert [history.run_end(1, day(on), Field.NAME) for on in (2, 8)] == [day(5), day(9)]
