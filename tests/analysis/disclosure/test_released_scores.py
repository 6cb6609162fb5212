"""Scores of an earlier release, and its labels, tie the counts of now: who came since must not be had from both."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from kithkin.analysis.disclosure import (
    Dimension,
    Measure,
    Policy,
    ProtectedTable,
    Relation,
    Status,
    Table,
    audit,
    protect,
)
from tests.analysis.disclosure.cases import FLOOR, columns, labels, names
from tests.analysis.disclosure.score_attacker import told

BEFORE = np.array([[9, 0, 2], [14, 10, 6], [2, 0, 11]])
NOW = np.array([[12, 0, 2], [17, 12, 8], [2, 1, 13]])
SUMMED = Measure("score", 0, 10, summed=True)


def answers(seed: int) -> list[np.ndarray]:
    """What each person of now said, per atom; those counted before come first."""
    rng = np.random.default_rng(seed)
    return [rng.choice([0, 5, 7, 8, 9, 10, 10], n) for n in NOW.ravel()]


def table(counts: np.ndarray, said: list[np.ndarray] | None = None) -> Table:
    """The table of the first so many answers per atom, with labels taken from the data."""
    if said is None:
        return Table.from_columns(columns(counts), names(counts))
    sums = np.array([one[:n].sum() for one, n in zip(said, counts.ravel(), strict=True)], dtype=float)
    return Table.from_columns(columns(counts, score=sums.reshape(counts.shape)), names(counts), measures=[SUMMED])


def most_added(first: ProtectedTable, second: ProtectedTable, groups: list[list[int]]) -> list[float]:
    """The most people added to each group, over all (people before, people added) that agree with both releases.

    Written apart: one unknown count and sum per atom and release step, and every label seen then had somebody.
    """
    size = BEFORE.size
    rows, low, high = [], [], []

    def add(row: np.ndarray, least: float, most: float = np.inf) -> None:
        rows.append(row)
        low.append(least)
        high.append(most)

    for stage, release in enumerate((first, second), 1):
        for one in told(release, names(BEFORE), labels(BEFORE)):
            inside = np.isin(np.arange(size), list(one.atoms)).astype(float)
            people = np.concatenate([inside, inside * (stage - 1), np.zeros(2 * size)])
            if one.n is not None:
                add(people, one.n, one.n)
            if one.low is not None and one.high is not None:
                add(np.roll(people, 2 * size), one.low - 1e-6, one.high + 1e-6)
    for line in [*np.arange(9).reshape(3, 3), *np.arange(9).reshape(3, 3).T]:
        add(np.isin(np.arange(4 * size), line).astype(float), 1.0)
    for unit in np.eye(2 * size):
        add(np.concatenate([10 * unit, -unit]), 0.0)
    found = []
    for group in groups:
        aim = -np.isin(np.arange(4 * size), np.array(group) + size).astype(float)
        best = milp(
            aim,
            integrality=np.repeat([1, 0], 2 * size),
            constraints=LinearConstraint(np.array(rows), low, high),
            bounds=Bounds(0, 1000),
        )
        found.append(float(round(-best.fun)))
    return found


def isolated(first: ProtectedTable, second: ProtectedTable) -> list[list[int]]:
    """The atoms, rows and columns to which surely 1 … floor − 1 people at most came."""
    grid = np.arange(9).reshape(3, 3)
    groups = [[j] for j in range(9)] + grid.tolist() + grid.T.tolist()
    return [group for group, most in zip(groups, most_added(first, second, groups), strict=True) if 0 < most < FLOOR]


def without_scores(release: ProtectedTable) -> ProtectedTable:
    """The counts of a release alone, as if it had never told a score."""
    stored = release.to_dict()
    stored["cells"] = [{**cell, "figures": {}} for cell in stored["cells"]]
    return ProtectedTable.from_dict({**stored, "measures": []})


@pytest.mark.parametrize("seed", range(4))
def test_earlier_scores_and_present_counts_do_not_isolate_who_came_since(seed: int) -> None:
    said = answers(seed)
    first = protect(table(BEFORE, said)).as_earlier(Relation.CUMULATIVE)
    second = protect(table(NOW, said), released=[first])
    assert audit(second, released=[first]) == ()
    assert isolated(first, second) == []


def test_counts_protected_without_the_earlier_scores_isolate_who_came_since() -> None:
    found = []
    for seed in range(5):
        said = answers(seed)
        first = protect(table(BEFORE, said)).as_earlier(Relation.CUMULATIVE)
        second = protect(table(NOW), released=[without_scores(first)])
        found.append((len(audit(second, released=[first])) > 0, len(isolated(first, second)) > 0))
    assert any(both == (True, True) for both in found)
    assert all(mine == theirs for mine, theirs in found)


@pytest.mark.parametrize("seed", range(1, 3))
def test_a_release_without_scores_is_tied_by_the_scores_of_an_earlier_one(seed: int) -> None:
    first = protect(table(BEFORE, answers(seed))).as_earlier(Relation.CUMULATIVE)
    second = protect(table(NOW), released=[first])
    assert audit(second, released=[first]) == ()
    assert isolated(first, second) == []


def test_earlier_scores_tie_the_counts_even_if_everybody_answers_otherwise_now() -> None:
    said = answers(0)
    first = protect(table(BEFORE, said)).as_earlier(Relation.CUMULATIVE)
    second = protect(table(NOW, [10 - one for one in said]), released=[first])
    assert audit(second, released=[first]) == ()
    assert isolated(first, without_scores(second)) == []


def test_a_release_that_does_not_say_how_its_people_stand_is_tied_by_its_scores_either_way() -> None:
    said = answers(1)
    first = protect(table(BEFORE, said))
    assert audit(protect(table(NOW, said), released=[first]), released=[first]) == ()


def test_a_chain_of_releases_with_scores_is_kept_safe() -> None:
    said = answers(2)
    first = protect(table(BEFORE, said)).as_earlier(Relation.CUMULATIVE)
    second = protect(table((BEFORE + NOW) // 2, said), released=[first]).as_earlier(Relation.CUMULATIVE)
    third = protect(table(NOW, said), released=[first, second])
    assert audit(third, released=[first, second]) == ()


def test_what_an_earlier_lower_floor_gave_away_hides_no_more_than_it_must() -> None:
    rows = {"dept": ["HR", "IT", "Law"], "n": [6, 30, 40]}
    known = Dimension("dept", members=("HR", "IT", "Law"))
    first = protect(Table.from_columns(rows, [known]), Policy(floor=5)).as_earlier(Relation.SAME)
    second = protect(Table.from_columns(rows, [known]), Policy(floor=10), released=[first])
    assert second.cell(dept="HR").status is Status.HIDDEN
    assert [cell.n for cell in second.published] == [76, 30, 40]


def test_a_label_of_an_earlier_release_had_somebody_then() -> None:
    """A and B had 1 … 5 people before, so 5 people of A now would be at most four newcomers."""
    first = protect({"dept": ["A", "B", "C"], "n": [2, 4, 20]}).as_earlier(Relation.CUMULATIVE)
    second = protect({"dept": ["A", "B", "C"], "n": [5, 30, 20]}, released=[first])
    assert (first.cell().n, first.cell(dept="C").n) == (26, 20)
    assert second.cell(dept="A").n is None
    careless = protect({"dept": ["A", "B", "C"], "n": [5, 30, 20]})
    assert [str(one) for one in audit(careless, released=[first])] == ["A: added between 0 and 4"]
