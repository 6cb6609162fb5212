"""Levels that nest, views, and how a cell is found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kithkin.analysis.disclosure import Dimension, Measure, ProtectedTable, Table, protect
from kithkin.analysis.errors import BadParameter, BadShape, OutOfScale
from tests.analysis.disclosure.attacker import Sums, narrow_groups
from tests.analysis.disclosure.cases import FLOOR

TEAMS = [("Ops", "A"), ("Ops", "B"), ("Staff", "C"), ("Staff", "D")]
SITES = [("North", "N1"), ("North", "N2"), ("South", "S1")]


def rows(table: np.ndarray) -> dict[str, object]:
    pairs = [(team, site) for team in TEAMS for site in SITES]
    return {
        "division": [team[0] for team, _ in pairs],
        "team": [team[1] for team, _ in pairs],
        "region": [site[0] for _, site in pairs],
        "site": [site[1] for _, site in pairs],
        "n": table.ravel(),
    }


def nested(table: np.ndarray) -> Table:
    unit, place = Dimension("unit", ("division", "team")), Dimension("place", ("region", "site"))
    return Table.from_columns(rows(table), [unit, place])


def sums(protected: ProtectedTable, table: np.ndarray) -> Sums:
    columns = rows(table)
    found = []
    for cell in protected.published:
        inside = frozenset(i for i in range(table.size) if all(columns[k][i] == v for k, v in cell.keys.items()))  # type: ignore[index]
        found.append((inside, int(cell.n or 0)))
    return found


@settings(max_examples=12, deadline=None, derandomize=True)
@given(arrays(np.int64, (4, 3), elements=st.integers(0, 14)))
def test_two_hierarchies_at_once_isolate_nobody(table: np.ndarray) -> None:
    protected = protect(nested(table))
    assert narrow_groups(sums(protected, table), [int(n) for n in table.ravel()], FLOOR) == []


def test_every_level_and_margin_is_a_cell() -> None:
    protected = protect(nested(np.full((4, 3), 9)))
    assert len(protected.cells) == (1 + 2 + 4) * (1 + 2 + 3)
    assert protected.cell(division="Ops").n == 54
    assert protected.cell(division="Ops", team="A").n == 27
    assert protected.cell(team="A", region="North").n == 18
    assert protected.cell().n == 108


def test_the_only_team_of_a_division_is_hidden_with_it() -> None:
    table = {"division": ["Ops", "Ops", "Staff"], "team": ["A", "B", "C"], "n": [9, 8, 3]}
    protected = protect(Table.from_columns(table, [Dimension("unit", ("division", "team"))]))
    assert protected.cell(division="Staff").n is None
    assert protected.cell(team="C").n is None


def test_a_level_may_be_given_as_a_mapping_of_parents() -> None:
    teams = Dimension("unit", ("division", "team"), parents={"A": "Ops", "B": "Ops", "C": "Staff"})
    protected = protect(Table.from_columns({"team": ["A", "B", "C"], "n": [9, 8, 7]}, [teams]))
    assert protected.cell(division="Ops").n == 17


def test_a_team_without_a_parent_is_named() -> None:
    teams = Dimension("unit", ("division", "team"), parents={"A": "Ops"})
    with pytest.raises(BadShape, match="'B' has no parent"):
        Table.from_columns({"team": ["A", "B"], "n": [9, 8]}, [teams])


def test_only_the_views_asked_for_are_published() -> None:
    table = {"dept": ["HR", "HR", "IT", "IT"], "site": ["N", "S", "N", "S"], "n": [3, 20, 9, 9]}
    protected = protect(Table.from_columns(table, views=[("dept",), ("site",)]))
    assert [dict(cell.keys) for cell in protected.cells] == [
        {"site": "N"},
        {"site": "S"},
        {"dept": "HR"},
        {"dept": "IT"},
    ]
    assert protected.suppressed == ()


def test_declared_members_are_cells_even_where_nobody_answered() -> None:
    dept = Dimension("dept", members=("HR", "IT", "Law"))
    protected = protect(Table.from_columns({"dept": ["HR", "IT"], "n": [9, 20]}, [dept]))
    assert protected.cell(dept="Law").n is None


def test_a_label_outside_the_declared_members_is_refused() -> None:
    with pytest.raises(BadShape, match="Law is not among its declared members"):
        Table.from_columns({"dept": ["Law"], "n": [9]}, [Dimension("dept", members=("HR", "IT"))])


def test_a_cell_that_is_not_there_is_refused() -> None:
    with pytest.raises(BadParameter, match="0 cells"):
        protect({"dept": ["HR"], "n": [9]}).cell(dept="IT")


@pytest.mark.parametrize(("n", "message"), [(-1, "below zero"), (1.5, "not whole"), (None, "missing")])
def test_counts_that_count_no_people_are_refused(n: float | None, message: str) -> None:
    with pytest.raises(BadParameter, match=message):
        protect({"dept": ["HR", "IT"], "n": [9, n]})


def test_columns_used_twice_are_refused() -> None:
    with pytest.raises(BadShape, match="used twice"):
        Table.from_columns({"dept": ["HR"], "n": [9]}, ["dept", "dept"])


def test_people_where_nobody_can_be_are_refused() -> None:
    with pytest.raises(BadParameter, match="yet people are counted there"):
        Table.from_columns({"dept": ["HR"], "n": [9]}, impossible=[{"dept": "HR"}])


def test_a_lattice_beyond_reason_is_refused() -> None:
    many = {f"d{i}": [str(j) for j in range(60)] for i in range(4)}
    with pytest.raises(BadShape, match="Use fewer dimensions"):
        protect({**many, "n": [9] * 60})


def test_a_mean_outside_its_scale_is_refused() -> None:
    with pytest.raises(OutOfScale, match="first at row 1 with mean 11"):
        Table.from_columns({"dept": ["HR", "IT"], "n": [9, 8], "score": [5, 11]}, measures=[Measure("score", 0, 10)])
