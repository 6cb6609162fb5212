"""Earlier releases: a table may not undo what an earlier one protects, nor isolate the few who came since."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kithkin.analysis.disclosure import Dimension, Policy, ProtectedTable, Relation, Table, audit, protect
from kithkin.analysis.errors import BadParameter, BadShape
from tests.analysis.disclosure.attacker import Sums, bounds, narrow_groups, sums_of
from tests.analysis.disclosure.cases import FLOOR, columns, labels, names, truth

few = settings(max_examples=12, deadline=None, derandomize=True)
counts = arrays(np.int64, (3, 3), elements=st.integers(0, 14))


def sums(protected: ProtectedTable, table: np.ndarray) -> Sums:
    return sums_of(protected, names(table), labels(table))


def two_stages(before: Sums, after: Sums, size: int) -> Sums:
    """Both releases over (earlier people, people added) per atom."""
    return before + [(group | {j + size for j in group}, n) for group, n in after]


def small_steps(known: Sums, size: int, floor: int) -> list[int]:
    """The atoms to which a number of people was surely added that is above 0 at most, and below the floor."""
    return [j for j in range(size) if 0 < bounds(known, 2 * size, [size + j])[1] < floor]


@few
@given(counts, counts)
def test_people_added_since_are_not_isolated(before: np.ndarray, added: np.ndarray) -> None:
    first = protect(columns(before)).as_earlier(Relation.CUMULATIVE)
    now = before + added // 5
    second = protect(columns(now), released=[first])
    known = two_stages(sums(first, before), sums(second, now), before.size)
    assert small_steps(known, before.size, FLOOR) == []
    assert narrow_groups(known, [*truth(before), *[FLOOR] * before.size], FLOOR) == []


def test_without_the_earlier_release_people_added_since_are_isolated() -> None:
    before = np.array([[9, 12, 7], [8, 8, 15], [20, 6, 9]])
    now = before + np.array([[1, 0, 0], [0, 0, 0], [0, 0, 0]])
    known = two_stages(sums(protect(columns(before)), before), sums(protect(columns(now)), now), before.size)
    assert small_steps(known, before.size, FLOOR) == [0]


@few
@given(arrays(np.int64, (2, 2, 3), elements=st.integers(0, 14)))
def test_two_cuts_of_the_same_people_protect_each_other(table: np.ndarray) -> None:
    rows = columns(table)
    first = protect(Table.from_columns(rows, ["d0", "d1"])).as_earlier(Relation.SAME)
    second = protect(Table.from_columns(rows, ["d0", "d1", "d2"], views=[("d1", "d2"), ("d0", "d2")]), released=[first])
    known = sums(first, table) + sums(second, table)
    before = narrow_groups(sums(first, table), truth(table), FLOOR)
    assert before == []
    assert narrow_groups(known, truth(table), FLOOR) == []


@few
@given(counts)
def test_a_release_that_does_not_say_how_its_people_stand_is_safe_either_way(table: np.ndarray) -> None:
    first = protect(Table.from_columns(columns(table), ["d0"]))
    second = protect(columns(table), released=[first])
    together = sums(first, table) + sums(second, table)
    assert narrow_groups(together, truth(table), FLOOR) == []
    known = two_stages(sums(first, table), sums(second, table), table.size)
    assert small_steps(known, table.size, FLOOR) == []


def test_an_unchanged_table_is_shown_again_unchanged() -> None:
    table = np.random.default_rng(2).poisson(8, (4, 3))
    first = protect(columns(table))
    assert protect(columns(table), released=[first]).cells == first.cells


def test_a_chain_of_releases_is_kept_safe_from_its_first_to_its_last() -> None:
    rng = np.random.default_rng(6)
    table = rng.poisson(8, (3, 3))
    chain: list[ProtectedTable] = []
    for _ in range(3):
        chain.append(protect(columns(table), released=chain).as_earlier(Relation.CUMULATIVE))
        table = table + rng.poisson(1.5, (3, 3))
    last = protect(columns(table), released=chain)
    assert audit(last, released=chain) == ()
    assert last.cell().n == int(table.sum())


def test_a_release_read_back_from_storage_protects_the_same() -> None:
    table = np.random.default_rng(2).poisson(7, (3, 3))
    first = protect(columns(table)).as_earlier(Relation.CUMULATIVE)
    stored = ProtectedTable.from_dict(json.loads(json.dumps(first.to_dict())))
    now = columns(table + 2)
    assert stored == first
    assert protect(now, released=[stored]) == protect(now, released=[first])


def test_nothing_stored_holds_a_hidden_number() -> None:
    protected = protect({"dept": ["HR", "IT", "Law"], "n": [3, 77777, 99999]}, Policy(floor=5))
    stored = json.dumps(protected.to_dict()) + repr(protected)
    assert "77777" not in stored


def test_a_floor_may_only_rise() -> None:
    table = columns(np.array([[12, 15], [11, 30]]))
    first = protect(table, Policy(floor=10))
    with pytest.raises(BadParameter, match="floor: 5 is below the 10 of released 1"):
        protect(table, Policy(floor=5), released=[first])
    assert protect(table, Policy(floor=12), released=[first]).policy.floor == 12


def test_a_risen_floor_hides_what_can_still_be_hidden() -> None:
    table = columns(np.array([[6, 15], [11, 30]]))
    first = protect(table, Policy(floor=5)).as_earlier(Relation.SAME)
    second = protect(table, Policy(floor=10), released=[first])
    assert second.cell(d0="0", d1="0").n is None


def test_people_who_left_are_no_earlier_release() -> None:
    first = protect({"dept": ["HR", "IT"], "n": [9, 20]})
    with pytest.raises(BadParameter, match="contradict an earlier release"):
        protect({"dept": ["HR", "IT"], "n": [8, 20]}, released=[first])


def test_other_people_cannot_be_called_the_same() -> None:
    first = protect({"dept": ["HR", "IT"], "n": [9, 20]}).as_earlier(Relation.SAME)
    with pytest.raises(BadParameter, match="contradict an earlier release"):
        protect({"dept": ["HR", "IT"], "n": [15, 20]}, released=[first])


def test_a_dimension_published_before_must_be_in_the_table() -> None:
    first = protect({"site": ["N", "S"], "n": [9, 20]})
    with pytest.raises(BadShape, match="cut by site"):
        protect({"dept": ["HR", "IT"], "n": [9, 20]}, released=[first])


def test_a_coarser_cut_may_come_before_a_finer_one() -> None:
    rows = {"division": ["Ops", "Ops", "Staff"], "team": ["A", "B", "C"], "n": [3, 9, 8]}
    whole = Table.from_columns(rows, [Dimension("unit", ("division", "team"))])
    first = protect(Table.from_columns(rows, [Dimension("division")])).as_earlier(Relation.SAME)
    second = protect(whole, released=[first])
    assert first.cell(division="Ops").n == 12
    assert second.cell(team="A").n is None
    assert audit(second, released=[first]) == ()


def test_a_group_that_is_gone_from_the_data_is_still_known() -> None:
    first = protect({"dept": ["HR", "IT", "Law"], "n": [9, 20, 0]}).as_earlier(Relation.CUMULATIVE)
    second = protect({"dept": ["HR", "IT"], "n": [9, 20]}, released=[first])
    assert second.cell(dept="Law").n is None


def test_too_many_releases_that_do_not_say_how_they_stand_are_refused() -> None:
    table = {"dept": ["HR", "IT"], "n": [9, 20]}
    with pytest.raises(BadParameter, match="4 releases do not say"):
        protect(table, released=[protect(table)] * 4)
