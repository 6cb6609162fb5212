"""ICC(1), ICC(2) and rwg: published figures, naive twins, and what cannot be told."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kithkin.analysis.errors import BadParameter, BadShape, Degenerate, EmptyInput, NotEnoughData, OutOfScale
from kithkin.analysis.reliability import icc1, icc2, rwg, rwg_j


def long(ratings):
    return ratings.ravel(), np.repeat(np.arange(len(ratings)), ratings.shape[1])


def test_icc_of_shrout_and_fleiss_is_the_published_one(ratings):
    single, average = icc1(*long(ratings)), icc2(*long(ratings))
    assert (round(single.value, 3), round(average.value, 3)) == (0.166, 0.443)
    assert (round(single.low, 2), round(single.high, 2)) == (-0.13, 0.72)
    assert (round(average.low, 2), round(average.high, 2)) == (-0.88, 0.91)
    assert (single.n, single.groups, single.group_size) == (24, 6, 4)


grouped_answers = st.lists(st.lists(st.integers(1, 7), min_size=1, max_size=6), min_size=2, max_size=6)


@given(grouped_answers)
def test_icc_equals_a_naive_analysis_of_variance(groups):
    answers = [score for group in groups for score in group]
    names = [f"g{i}" for i, group in enumerate(groups) for _ in group]
    n, j = len(answers), len(groups)
    grand = sum(answers) / n
    between = sum(len(g) * (np.mean(g) - grand) ** 2 for g in groups)
    within = sum((x - np.mean(g)) ** 2 for g in groups for x in g)
    if n == j:
        with pytest.raises(NotEnoughData):
            icc1(answers, names)
    elif within < 1e-9 or between < 1e-9:
        with pytest.raises(Degenerate):
            icc2(answers, names)
    else:
        msb, msw = between / (j - 1), within / (n - j)
        size = (n - sum(len(g) ** 2 for g in groups) / n) / (j - 1)
        assert icc1(answers, names).value == pytest.approx((msb - msw) / (msb + (size - 1) * msw))
        assert icc2(answers, names).value == pytest.approx((msb - msw) / msb)
        assert icc2(answers, names).group_size == pytest.approx(size)


def test_icc_interval_covers_the_truth_in_nineteen_of_twenty():
    rng = np.random.default_rng(2)
    names = np.repeat(np.arange(12), 5)
    held = 0
    for _ in range(1000):
        scores = np.repeat(rng.normal(size=12), 5) + rng.normal(size=60) * np.sqrt(3)
        result = icc1(scores, names)
        held += result.low <= 0.25 <= result.high
    assert 0.935 <= held / 1000 <= 0.965


def test_missing_scores_and_labels_are_left_out():
    scores = pd.Series([1, 2, None, 5, 6, 3])
    names = pd.Series(["A", "A", "A", "B", "B", None])
    assert icc2(scores, names).n == 4


@pytest.mark.parametrize(
    ("error", "scores", "groups"),
    [
        (EmptyInput, [None, 3], ["A", None]),
        (BadShape, [1, 2, 3], ["A", "B"]),
        (NotEnoughData, [1, 2, 3], ["A", "A", "A"]),
        (NotEnoughData, [1, 2, 3], ["A", "B", "C"]),
        (Degenerate, [1, 1, 3, 3], ["A", "A", "B", "B"]),
        (Degenerate, [0.1, 0.1, 0.3, 0.3, 0.1], ["A", "A", "B", "B", "A"]),
        (Degenerate, [1, 3, 1, 3], ["A", "A", "B", "B"]),
        (Degenerate, [2, 2, 2, 2], ["A", "A", "B", "B"]),
    ],
)
def test_groups_without_an_icc_are_refused_by_their_cause(error, scores, groups):
    with pytest.raises(error):
        icc1(scores, groups)


def test_rwg_is_one_minus_the_variance_over_that_of_chance():
    agreement = rwg([4, 4, 5, 4, 3], scale=(1, 5))
    assert agreement.value == pytest.approx(1 - 0.5 / 2)
    assert rwg([7, 6, 7, 6], scale=(1, 7)).value == pytest.approx(1 - (1 / 3) / 4)


@given(st.lists(st.integers(1, 5), min_size=2, max_size=20).filter(lambda x: len(set(x)) > 1))
def test_rwg_has_the_chi_square_interval_of_its_variance_floored_at_zero(answers):
    variance, df = np.var(answers, ddof=1), len(answers) - 1
    ends = [1 - df * variance / stats.chi2.ppf(q, df) / 2 for q in (0.025, 0.975)]
    result = rwg(answers)
    assert result.value == pytest.approx(max(1 - variance / 2, 0))
    assert (result.low, result.high) == pytest.approx([max(end, 0) for end in ends])


def test_rwg_of_answers_more_scattered_than_chance_is_zero():
    assert rwg([1, 5, 1, 5]).value == 0


@pytest.mark.parametrize("n", [2, 10, 100])
def test_rwg_of_answers_all_alike_is_one_with_room_below(n):
    differing = 1 - 0.05 ** (1 / n)
    result = rwg([4] * n, scale=(1, 5))
    assert (result.value, result.high) == (1, 1)
    assert result.low == pytest.approx(max(1 - differing * 9 / 2, 0))


@pytest.mark.parametrize(
    ("error", "answers", "scale"),
    [
        (EmptyInput, [None], (1, 5)),
        (NotEnoughData, [3], (1, 5)),
        (OutOfScale, [3, 6], (1, 5)),
        (BadParameter, [3, 4], (5, 1)),
        (BadParameter, [3, 4], (1, 5.5)),
    ],
)
def test_groups_without_an_rwg_are_refused_by_their_cause(error, answers, scale):
    with pytest.raises(error):
        rwg(answers, scale)


def test_rwg_j_is_as_by_hand():
    """Variances 2/3, 1/4 against (25 − 1)/12 = 2: scatter 11/48, so 2·(37/48)/(2·(37/48) + 11/48) = 74/85."""
    found = rwg_j({"a": [4, 4, 5, 3], "b": [4, 5, 4, 4]})
    assert found.value == pytest.approx(74 / 85)
    assert (found.n, found.items, found.dropped) == (4, 2, 0)
    assert found.mean_variance == pytest.approx((2 / 3 + 1 / 4) / 2)


def test_rwg_j_of_one_item_is_rwg():
    answers = [4, 4, 5, 4, 3]
    assert rwg_j([[answer] for answer in answers]).value == pytest.approx(rwg(answers).value)


@pytest.mark.parametrize(
    ("items", "expected"),
    [([[3, 3]] * 4, 1.0), ([[1, 5], [5, 1]], 0.0), ([[1, 1], [2, 2], [3, 3], [4, 4], [5, 5]], 0.0)],
    ids=["all agree", "split", "as scattered as chance"],
)
def test_rwg_j_stays_between_none_and_full_agreement(items, expected):
    assert rwg_j(items).value == expected


def test_rwg_j_rises_with_the_number_of_items_alone():
    one = [1, 2, 2, 3]
    assert [round(rwg_j([[answer] * items for answer in one]).value, 2) for items in (1, 5)] == [0.67, 0.91]


def test_rwg_j_leaves_out_who_skipped_an_item_and_says_so():
    found = rwg_j([[4, 4], [4, 5], [5, None], [3, 4]])
    assert (found.n, found.dropped) == (3, 1)


@pytest.mark.parametrize(
    ("items", "scale", "error"),
    [
        ([[4, 4]], (1, 5), NotEnoughData),
        ([[4, 6], [4, 4]], (1, 5), OutOfScale),
        ([[4, 4], [4, 4]], (1, 4.5), BadParameter),
        ([[None, 4]], (1, 5), EmptyInput),
        ([4, 4], (1, 5), BadShape),
    ],
)
def test_rwg_j_of_what_is_no_scale_is_refused(items, scale, error):
    with pytest.raises(error):
        rwg_j(items, scale)
