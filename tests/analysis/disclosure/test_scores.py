"""Scores: hidden with their counts, capped at the ends of the scale, and not to be had by adding up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kithkin.analysis.disclosure import Cell, Measure, Policy, ProtectedTable, Relation, Status, Table, protect
from kithkin.analysis.errors import BadParameter, NotEnoughData
from tests.analysis.disclosure.cases import FLOOR, columns, labels, names
from tests.analysis.disclosure.score_attacker import Told, reach, sums_added_up, told, told_on

SCORE = Measure("score", 0, 10)
few = settings(max_examples=8, deadline=None, derandomize=True)


def with_scores(counts: np.ndarray, means: np.ndarray) -> Table:
    return Table.from_columns(columns(counts, score=means), names(counts), measures=[SCORE])


def attacked(counts: np.ndarray, means: np.ndarray) -> tuple[ProtectedTable, list[Told]]:
    protected = protect(with_scores(counts, means), Policy(floor=FLOOR))
    return protected, told(protected, names(counts), labels(counts))


counts_3x3 = arrays(np.int64, (3, 3), elements=st.integers(0, 14))
means_3x3 = arrays(np.float64, (3, 3), elements=st.sampled_from([0.0, 0.5, 5.0, 7.0, 9.5, 10.0]))


@few
@given(counts_3x3, means_3x3)
def test_no_answer_of_a_small_group_is_bounded_by_adding_up_scores(counts: np.ndarray, means: np.ndarray) -> None:
    protected, release = attacked(counts, means)
    assert told_on(release, counts.ravel()) == []
    assert sums_added_up(release, protected, counts.ravel()) == []


@few
@given(counts_3x3, means_3x3)
def test_scores_do_not_give_away_the_size_of_a_small_group(counts: np.ndarray, means: np.ndarray) -> None:
    _, release = attacked(counts, means)
    for j in np.flatnonzero(counts.ravel() < FLOOR):
        assert reach(release, counts.size, np.eye(1, counts.size, j).ravel(), np.zeros(counts.size)) >= FLOOR


def test_a_cap_without_further_hiding_is_undone_by_the_margins() -> None:
    counts, means = np.array([[6, 12], [14, 11]]), np.array([[10.0, 7], [6, 8]])
    protected, release = attacked(counts, means)
    sums = (counts * means).ravel()
    naive = [
        Told(one.atoms, one.n, s, s) if len(one.atoms) > 1 or one.atoms != {0} else one
        for one, s in ((one, float(sums[list(one.atoms)].sum())) for one in release)
    ]
    assert told_on(naive, counts.ravel()) == [0]
    assert sums_added_up(naive, protected, counts.ravel()) == [frozenset({0})]
    assert told_on(release, counts.ravel()) == []
    assert sums_added_up(release, protected, counts.ravel()) == []


def test_scores_that_give_away_a_count_are_hidden() -> None:
    """All of row 0 gave 10, all of row 1 gave 0, so a column's sum tells how many of it sit in row 0."""
    counts, means = np.array([[3, 17], [27, 23]]), np.array([[10.0, 10.0], [0.0, 0.0]])
    protected, release = attacked(counts, means)
    everything = [
        Told(one.atoms, one.n, s, s) if one.n else one
        for one, s in ((one, float((counts * means).ravel()[list(one.atoms)].sum())) for one in release)
    ]
    first, none = np.array([1.0, 0, 0, 0]), np.zeros(4)
    assert reach(everything, 4, first, none) == 3
    assert reach(release, 4, first, none) >= FLOOR
    assert protected.cell().n == 70


@pytest.mark.parametrize(
    ("mean", "low", "high"), [(10.0, 8.0, 10.0), (8.1, 8.0, 10.0), (0.0, 0.0, 2.0), (1.9, 0.0, 2.0)]
)
def test_few_people_near_an_end_of_the_scale_are_shown_as_a_range(mean: float, low: float, high: float) -> None:
    cell = protect(Table.from_columns({"n": [5], "score": [mean]}, [], measures=[SCORE])).cell()
    figure = cell.figures["score"]
    assert (figure.value, figure.low, figure.high, figure.status) == (None, low, high, Status.CAPPED)
    assert (cell.n, cell.value, cell.status) == (5, None, Status.CAPPED)
    assert cell.reason == "nearly all at one end of the scale, some in a group of fewer than 10 people"


@pytest.mark.parametrize(("n", "mean"), [(5, 8.0), (5, 2.0), (10, 10.0), (10, 0.0), (9, 5.0)])
def test_a_score_that_tells_nothing_of_a_single_person_or_is_of_ten_people_is_shown(n: int, mean: float) -> None:
    cell = protect(Table.from_columns({"n": [n], "score": [mean]}, [], measures=[SCORE])).cell()
    assert (cell.value, cell.status) == (mean, Status.PUBLISHED)


def test_a_large_group_that_bounds_its_small_parts_is_shown_as_a_range_too() -> None:
    rows = {"dept": ["HR", "IT"], "n": [8, 24], "score": [10.0, 10.0]}
    protected = protect(Table.from_columns(rows, ["dept"], measures=[SCORE]))
    assert protected.cell().figures["score"].low == pytest.approx(10 - 10 / 32)
    assert protected.cell(dept="IT").value == 10.0


def test_the_cap_can_be_switched_off() -> None:
    table = Table.from_columns({"n": [5], "score": [10.0]}, [], measures=[SCORE])
    assert protect(table, Policy(cap_below=0)).cell().value == 10.0


def test_a_hidden_count_hides_its_score() -> None:
    table = Table.from_columns({"dept": ["HR", "IT"], "n": [3, 20], "score": [5, 6]}, ["dept"], measures=[SCORE])
    assert protect(table).cell(dept="HR") == Cell({"dept": "HR"}, None, {}, Status.HIDDEN, Policy().reason)


def test_sums_and_means_give_the_same_release() -> None:
    rows = {"dept": ["HR", "IT"], "n": [8, 20]}
    means = Table.from_columns({**rows, "score": [5.0, 6.0]}, ["dept"], measures=[SCORE])
    totals = Table.from_columns(
        {**rows, "score": [40.0, 120.0]}, ["dept"], measures=[Measure("score", 0, 10, summed=True)]
    )
    assert protect(means).cells == protect(totals).cells


def test_promoters_minus_detractors_are_capped_on_their_own_scale() -> None:
    nps = Measure("nps", -100, 100)
    cell = protect(Table.from_columns({"n": [8], "nps": [100.0]}, [], measures=[nps])).cell()
    assert (cell.figures["nps"].low, cell.figures["nps"].high) == (75.0, 100.0)


def test_the_score_of_people_added_since_is_not_told_either() -> None:
    before = Table.from_columns({"n": [20], "score": [6.0]}, [], measures=[SCORE])
    now = Table.from_columns({"n": [26], "score": [(120 + 60) / 26]}, [], measures=[SCORE])
    first = protect(before).as_earlier(Relation.CUMULATIVE)
    assert protect(now, released=[first]).cell().value is None
    assert protect(now).cell().value == pytest.approx(180 / 26)


def test_other_answers_of_the_same_people_are_no_earlier_answers() -> None:
    first = protect(Table.from_columns({"n": [20], "score": [6.0]}, [], measures=[SCORE])).as_earlier(Relation.SAME)
    second = Table.from_columns({"n": [20], "score": [7.0]}, [], measures=[SCORE])
    assert protect(second, released=[first]).cell().value == 7.0


def test_two_measures_are_protected_together() -> None:
    counts = np.array([[6, 12], [14, 11]])
    rows = columns(counts, score=np.array([[10.0, 7], [6, 8]]), ease=np.array([[4.0, 7], [6, 0]]))
    table = Table.from_columns(rows, names(counts), measures=[SCORE, Measure("ease", 0, 10)])
    protected = protect(table)
    release = told(protected, names(counts), labels(counts), "score")
    assert told_on(release, counts.ravel()) == []
    assert protected.cell().figures["ease"].value == pytest.approx((24 + 84 + 84) / 43)


def test_a_score_missing_where_people_were_counted_is_refused() -> None:
    with pytest.raises(NotEnoughData, match="Count only those who answered it"):
        Table.from_columns({"n": [5], "score": [None]}, [], measures=[SCORE])


def test_a_scale_that_runs_backwards_is_refused() -> None:
    with pytest.raises(BadParameter, match="low must be less"):
        Measure("score", 10, 0)
