from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kithkin.analysis.drivers import KanoCategory, gap, kano, kano_categories
from kithkin.analysis.errors import BadShape, BadWeights, Degenerate, EmptyInput, NotEnoughData, OutOfScale
from kithkin.analysis.metrics.intervals import wilson


@given(
    st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=3).filter(
        lambda rows: len({p - e for e, p in rows}) > 1
    )
)
def test_a_gap_is_the_paired_t_interval(rows):
    expected, got = np.array(rows, dtype=float).T

    found = gap(expected, got)

    interval = stats.ttest_rel(got, expected).confidence_interval()
    assert (found.gap.value, found.gap.n) == (pytest.approx((got - expected).mean()), len(rows))
    assert (found.gap.low, found.gap.high) == pytest.approx((interval.low, interval.high))
    assert (found.expectation, found.performance) == pytest.approx((expected.mean(), got.mean()))


def test_people_with_one_answer_or_no_weight_are_left_out_of_both_means():
    found = gap([5, 4, None, 1, 2], [3, 4, 1, None, 2], [1, 1, 1, 1, 0])

    assert (found.gap.value, found.expectation, found.performance) == (-1.0, 4.5, 3.5)
    assert (found.gap.n, found.dropped) == (2, 3)


def test_weights_move_the_gap():
    assert gap([5, 5, 4], [3, 4, 4], [2, 1, 1]).gap.value == pytest.approx(-5 / 4)


def test_equal_gaps_have_an_interval_once_the_scale_is_known():
    found = gap([5, 4, 5], [4, 3, 4], scale=(1, 5)).gap

    assert found.value == -1.0
    assert -4 <= found.low < -1 < found.high <= 4
    with pytest.raises(Degenerate):
        gap([5, 4, 5], [4, 3, 4])


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        (([5, 5], [5]), BadShape, "2 expectations for 1 performances"),
        (([5, None], [5, 5]), NotEnoughData, "1 of 2 people answered both"),
        (([5, 4], [5, 6], None, 0.95), OutOfScale, "performance: 1 answers off 1 to 5, the first 6"),
        (([5, 4], [5, 4], [1]), BadWeights, "1 weights for 2"),
    ],
)
def test_gaps_that_cannot_be_told_are_refused(asked, error, message):
    with pytest.raises(error, match=message):
        gap(*asked, scale=(1, 5))


def test_bergers_coefficients():
    found = kano(["A"] * 4 + ["O"] * 3 + ["M"] * 2 + ["I"] + ["R"] * 2 + ["Q", None])

    assert (found.better.value, found.worse.value) == (0.7, -0.5)
    assert (found.better.low, found.better.high) == wilson(0.7, 10, 0.95)
    assert (found.worse.high, found.worse.low) == tuple(-end for end in wilson(0.5, 10, 0.95))
    assert (found.category, found.better.n, found.left_out) == (KanoCategory.ATTRACTIVE, 10, 4)
    assert found.counts == {"A": 4, "I": 1, "M": 2, "O": 3, "Q": 1, "R": 2}


def test_weighted_coefficients_use_kishs_n():
    found = kano(["A", "M", "M"], [3, 1, 0])

    assert (found.better.value, found.worse.value, found.category) == (0.75, -0.25, KanoCategory.ATTRACTIVE)
    assert (found.better.n, found.better.n_effective, found.left_out) == (2, 16 / 10, 1)


def test_nobody_who_is_displeased_is_zero_not_minus_zero():
    assert str(kano(["A", "A"]).worse).startswith("0 [")


@pytest.mark.parametrize(
    ("letters", "error", "message"),
    [
        (["A", "B"], OutOfScale, "'B' given; there are A, O, M, I, R, Q"),
        (["R", None], EmptyInput, "none of 2 is A, O, M or I"),
    ],
)
def test_categories_that_cannot_be_counted_are_refused(letters, error, message):
    with pytest.raises(error, match=message):
        kano(letters)


def by_rule(functional, dysfunctional):
    """Kano's table in words."""
    if functional == dysfunctional and functional in {1, 5}:
        return "Q"
    if functional == 5 or dysfunctional == 1:
        return "R"
    if functional == 1:
        return "O" if dysfunctional == 5 else "A"
    return "M" if dysfunctional == 5 else "I"


def test_the_evaluation_table():
    pairs = list(product(range(1, 6), repeat=2))

    assert list(kano_categories(*zip(*pairs, strict=True))) == [by_rule(*pair) for pair in pairs]


def test_a_missing_answer_has_no_category():
    assert kano_categories([1, None], [5, 5]) == (KanoCategory.ONE_DIMENSIONAL, None)


@pytest.mark.parametrize("answers", [[0], [6], [2.5]])
def test_answers_off_kanos_scale_are_refused(answers):
    with pytest.raises(OutOfScale):
        kano_categories([1], answers)
