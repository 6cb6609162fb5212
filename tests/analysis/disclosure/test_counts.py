"""What is hidden in one table of counts, attacked by algebra and by integer bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kithkin.analysis.disclosure import Policy, ProtectedTable, Status, Table, protect
from tests.analysis.disclosure.attacker import (
    Sums,
    bounds,
    exact_groups,
    isolated_by_algebra,
    narrow_groups,
    sums_of,
    tables,
)
from tests.analysis.disclosure.cases import FLOOR, columns, hidden_keys, labels, names, truth
from tests.analysis.disclosure.rules import fewest, naive, sums_shown

few = settings(max_examples=20, deadline=None, derandomize=True)


def small_counts(*shape: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.int64, shape, elements=st.integers(0, 14))


def shown(table: np.ndarray, floor: int = FLOOR) -> tuple[ProtectedTable, Sums]:
    protected = protect(columns(table), Policy(floor=floor))
    return protected, sums_of(protected, names(table), labels(table))


@few
@given(small_counts(4, 4))
def test_no_small_group_of_a_four_by_four_table_can_be_added_up_or_bounded(table: np.ndarray) -> None:
    protected, sums = shown(table)
    assert isolated_by_algebra(sums, truth(table), FLOOR) == []
    assert narrow_groups(sums, truth(table), FLOOR) == []
    assert all(cell.n >= FLOOR for cell in protected.published if cell.n is not None)


@few
@given(small_counts(2, 3, 2))
def test_no_small_group_of_a_three_way_table_can_be_added_up_or_bounded(table: np.ndarray) -> None:
    _, sums = shown(table)
    assert isolated_by_algebra(sums, truth(table), FLOOR) == []
    assert narrow_groups(sums, truth(table), FLOOR) == []


@few
@given(arrays(np.int64, (2, 3), elements=st.integers(0, 8)), st.integers(2, 6))
def test_whole_enumeration_finds_a_table_in_which_each_small_group_is_large_enough(
    table: np.ndarray, floor: int
) -> None:
    _, sums = shown(table, floor)
    covered = frozenset().union(*(group for group, _ in sums)) if sums else frozenset()
    if len(covered) == table.size:
        most = np.array(tables(sums, table.size)).max(axis=0)
        assert (most[np.array(truth(table)) < floor] >= floor).all()


def test_the_same_attack_succeeds_with_protection_off() -> None:
    rng = np.random.default_rng(1)
    for _ in range(10):
        table = rng.poisson(8, (4, 4))
        everything = sums_shown(table, np.zeros((5, 5), dtype=bool))
        small = [n for n in truth(table) if 0 < n < FLOOR]
        assert bool(isolated_by_algebra(everything, truth(table), FLOOR)) == bool(small)
        assert len(exact_groups(everything, truth(table), FLOOR)) == len(small)


def test_hiding_a_total_of_the_floor_in_two_cells_per_line_leaks_and_ours_does_not() -> None:
    rng = np.random.default_rng(5)
    leaks = []
    for number in range(113):
        table = rng.poisson(6, (4, 4))
        if number in {13, 42, 49, 60, 73, 75, 101, 106, 112}:
            if exact_groups(sums_shown(table, naive(table, FLOOR)), truth(table), FLOOR):
                leaks.append(number)
            _, sums = shown(table)
            assert narrow_groups(sums, truth(table), FLOOR) == []
    assert leaks == [13, 42, 49, 73, 75, 101, 106, 112]


def test_a_small_table_hides_hardly_more_than_it_must() -> None:
    rng = np.random.default_rng(11)
    ratios = []
    while len(ratios) < 8:
        table = rng.poisson(9, (3, 4))
        must = fewest(table, FLOOR)
        if must:
            ratios.append(len(shown(table)[0].suppressed) / must)
    assert max(ratios) <= 1.3
    assert np.mean(ratios) <= 1.05


def test_a_lone_small_group_takes_a_second_with_it() -> None:
    protected = protect({"dept": ["HR", "IT", "Law"], "n": [3, 8, 20]}, Policy(floor=5))
    assert hidden_keys(protected) == {(("dept", "HR"),), (("dept", "IT"),)}
    assert protected.cell().n == 31
    assert protected.cell(dept="Law").n == 20


def test_every_hidden_cell_bears_the_same_reason() -> None:
    protected = protect({"dept": ["HR", "IT", "Law"], "n": [0, 8, 20]}, Policy(floor=5))
    assert {cell.reason for cell in protected.suppressed} == {"fewer than 5 people, or needed to protect such a group"}


def test_an_empty_group_is_hidden_like_a_small_one() -> None:
    small = protect({"dept": ["HR", "IT", "Law"], "n": [3, 8, 20]}, Policy(floor=5))
    empty = protect({"dept": ["HR", "IT", "Law"], "n": [0, 11, 20]}, Policy(floor=5))
    assert small == empty


def test_an_impossible_combination_is_shown_as_such_and_protects_nobody() -> None:
    rows = {"dept": ["HR", "HR", "IT", "IT"], "site": ["N", "S", "N", "S"], "n": [9, 0, 8, 20]}
    table = Table.from_columns(rows, impossible=[{"dept": "HR", "site": "S"}])
    protected = protect(table, Policy(floor=5))
    assert protected.cell(dept="HR", site="S").status is Status.IMPOSSIBLE
    assert protected.suppressed == ()


def test_rows_in_another_order_and_split_in_two_give_the_same_release() -> None:
    table = np.random.default_rng(3).poisson(7, (4, 3))
    rows = columns(table)
    order = np.random.default_rng(4).permutation(table.size)
    mixed = {name: [values[i] for i in order] for name, values in rows.items()}
    halved = {name: [*values, *values] for name, values in rows.items()}
    halved["n"] = [*(table.ravel() // 2), *(table.ravel() - table.ravel() // 2)]
    assert protect(mixed) == protect(rows)
    assert protect(halved) == protect(rows)


def test_a_group_with_no_row_is_protected_like_one_with_a_row_of_nobody() -> None:
    sparse = {"d0": ["0", "0", "1"], "d1": ["0", "1", "0"], "n": [9, 12, 20]}
    assert protect(sparse) == protect(columns(np.array([[9, 12], [20, 0]])))


def test_floor_one_hides_nothing() -> None:
    assert protect(columns(np.array([[1, 0], [2, 3]])), Policy(floor=1)).suppressed == ()


def test_a_floor_above_everybody_hides_everything() -> None:
    assert protect(columns(np.array([[3, 4], [2, 3]])), Policy(floor=50)).published == ()


@pytest.mark.parametrize("people", [0, 3])
def test_one_small_cell_alone_is_hidden_with_its_total(people: int) -> None:
    assert protect({"dept": ["HR"], "n": [people]}).published == ()


def test_one_large_cell_alone_is_shown_with_its_total() -> None:
    assert [cell.n for cell in protect({"dept": ["HR"], "n": [6]}).cells] == [6, 6]


def test_a_table_without_dimensions_is_one_cell() -> None:
    assert [cell.n for cell in protect({"n": [6, 7]}).cells] == [13]


def test_a_table_without_rows_shows_nothing() -> None:
    assert [cell.n for cell in protect({"dept": [], "n": []}).cells] == [None]


def test_huge_counts_are_protected_as_exactly_as_small_ones() -> None:
    table = np.array([[3, 10**12, 2 * 10**11], [10**12, 7, 10**9], [10**10, 10**11, 10**12]])
    _, sums = shown(table)
    assert protect(columns(table)).cell().n == int(table.sum())
    hidden = [j for j in range(9) if frozenset([j]) not in dict(sums)]
    assert isolated_by_algebra(sums, truth(table), FLOOR) == []
    assert len(hidden) >= 4


def test_a_missing_label_is_a_group_of_its_own() -> None:
    protected = protect({"dept": ["HR", None, "Law"], "n": [9, 8, 20]})
    assert protected.cell(dept=None).n == 8
    assert "(none)" in str(protected)


def test_labels_from_the_data_betray_that_somebody_is_there() -> None:
    five_alone = {"team": list("ABCDE"), "n": [1, 1, 1, 1, 1]}
    assert protect(five_alone, Policy(floor=5)).published == ()


def test_the_whole_is_kept_where_something_else_can_be_hidden() -> None:
    rng = np.random.default_rng(8)
    assert all(shown(rng.poisson(9, (4, 4)))[0].cell().n is not None for _ in range(10))


def test_bounds_of_the_test_attacker_are_those_of_plain_enumeration() -> None:
    table = np.array([[2, 3], [4, 1]])
    sums = [(frozenset({0, 1}), 5), (frozenset({2, 3}), 5), (frozenset({0, 2}), 6), (frozenset({1, 3}), 4)]
    found = np.array(tables(sums, table.size))
    assert [bounds(sums, 4, [j]) for j in range(4)] == list(
        zip(found.min(axis=0).tolist(), found.max(axis=0).tolist(), strict=True)
    )
