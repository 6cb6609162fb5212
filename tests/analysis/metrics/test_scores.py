"""The scores: published figures, a naive second implementation, and every edge."""

import math

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kithkin.analysis import metrics
from kithkin.analysis.errors import (
    BadParameter,
    BadWeights,
    Degenerate,
    EmptyInput,
    NotEnoughData,
    NotFinite,
    NotNumeric,
    OutOfScale,
)

eleven_points = st.lists(st.integers(0, 10), min_size=1, max_size=60)
some_weights = st.floats(0.01, 100)
weighted_answers = st.lists(st.tuples(st.integers(1, 7), some_weights), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("counts", "published"),
    [({9: 60, 7: 25, 6: 15}, (45.0, 29.3, 58.0)), ({9: 5, 7: 4, 6: 1}, (40.0, -7.0, 68.5))],
)
def test_nps_interval_is_the_published_one(counts, published):
    score = metrics.nps_from_counts(counts)
    assert (round(score.value, 1), round(score.low, 1), round(score.high, 1)) == published


@pytest.mark.parametrize(
    ("satisfied", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_csat_interval_is_the_published_wilson_one(satisfied, n, low, high):
    score = metrics.csat_from_counts({5: satisfied, 3: n - satisfied})
    assert (score.value, round(score.low, 4), round(score.high, 4)) == (satisfied / n, low, high)


def test_nps_counts_nine_and_ten_as_promoters_and_up_to_six_as_detractors():
    score = metrics.nps(range(11))
    assert (score.promoters, score.passives, score.detractors) == (2 / 11, 2 / 11, 7 / 11)
    assert score.value == pytest.approx(-500 / 11)


@given(eleven_points)
def test_nps_equals_a_naive_count(scores):
    n = len(scores)
    p = sum(score >= 9 for score in scores)
    d = sum(score <= 6 for score in scores)
    p3, d3 = (p + 0.75) / (n + 3), (d + 0.75) / (n + 3)
    half = stats.norm.ppf(0.975) * math.sqrt((p3 + d3 - (p3 - d3) ** 2) / (n + 3))
    score = metrics.nps(scores)
    assert score.value == pytest.approx(100 * (p - d) / n)
    assert score.low == pytest.approx(100 * max(min(p3 - d3 - half, (p - d) / n), -1))
    assert score.high == pytest.approx(100 * min(max(p3 - d3 + half, (p - d) / n), 1))
    assert (score.n, score.n_effective) == (n, n)


@given(eleven_points, st.floats(0.01, 0.999))
def test_nps_interval_holds_the_score_at_every_confidence(scores, confidence):
    score = metrics.nps(scores, confidence=confidence)
    assert -100 <= score.low <= score.value <= score.high <= 100


@given(weighted_answers, st.integers(1, 6))
def test_top_box_equals_a_naive_weighted_wilson_interval(answers, boxes):
    scores, weights = zip(*answers, strict=True)
    total = sum(weights)
    share = sum(w for s, w in answers if s > 7 - boxes) / total
    n = total**2 / sum(w * w for w in weights)
    z = stats.norm.ppf(0.95)
    roots = np.roots([1 + z * z / n, -(2 * share + z * z / n), share**2])
    result = metrics.top_box(scores, weights, 0.9, boxes=boxes, scale=(1, 7))
    assert result.value == pytest.approx(share)
    assert result.n_effective == pytest.approx(n)
    assert (result.low, result.high) == pytest.approx((min(roots.real), max(roots.real)), abs=1e-6)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=50).filter(lambda x: np.ptp(x) > 1e-3))
def test_mean_has_students_interval(scores):
    result = metrics.mean(scores, confidence=0.9)
    low, high = stats.t.interval(0.9, len(scores) - 1, np.mean(scores), stats.sem(scores))
    assert (result.value, result.low, result.high) == pytest.approx((np.mean(scores), low, high), rel=1e-6, abs=1e-6)


@given(weighted_answers.filter(lambda a: len({s for s, _ in a}) > 1 and len(a) > 8))
def test_weighted_mean_equals_a_naive_one(answers):
    n = sum(w for _, w in answers) ** 2 / sum(w * w for _, w in answers)
    average = sum(s * w for s, w in answers) / sum(w for _, w in answers)
    variance = sum(w * (s - average) ** 2 for s, w in answers) / sum(w for _, w in answers) / (n - 1)
    scores, weights = zip(*answers, strict=True)
    result = metrics.ces(scores, weights)
    assert result.value == pytest.approx(average)
    assert result.n_effective == pytest.approx(n)
    if n > 2:
        assert result.standard_error == pytest.approx(math.sqrt(variance))
        half = stats.t.ppf(0.975, n - 1) * math.sqrt(variance)
        assert (result.low, result.high) == pytest.approx((max(average - half, 1), min(average + half, 7)))


@pytest.mark.parametrize(
    ("from_raw", "from_counts"),
    [
        (metrics.nps, metrics.nps_from_counts),
        (metrics.csat, metrics.csat_from_counts),
        (metrics.ces, metrics.ces_from_counts),
        (metrics.mean, metrics.mean_from_counts),
        (metrics.top_box, metrics.top_box_from_counts),
    ],
)
@settings(max_examples=30)
@given(answers=st.lists(st.tuples(st.integers(1, 5), st.floats(0.5, 5)), min_size=9, max_size=60))
def test_raw_and_counted_answers_agree_exactly(from_raw, from_counts, answers):
    scores, weights = (np.array(column, float) for column in zip(*answers, strict=True))
    scores[:2] = (1, 5)
    points, n = np.unique(scores, return_counts=True)
    assert from_raw(scores) == from_counts(dict(zip(points, n, strict=True)))
    place = np.searchsorted(points, scores)
    cells = metrics.Counts(points, n, np.bincount(place, weights), np.bincount(place, weights**2))
    assert from_raw(scores, weights=weights) == from_counts(cells)


@given(st.lists(st.tuples(st.floats(-50, 50), some_weights), min_size=3, max_size=40))
def test_mean_from_totals_equals_the_mean_of_the_answers(answers):
    x, w = (np.array(column) for column in zip(*answers, strict=True))
    x[:2] = (-20, 30)
    w[:2] = w[2] = 50
    result = metrics.mean_from_totals(len(x), w.sum(), (w**2).sum(), (w * x).sum(), (w * x**2).sum())
    expected = metrics.mean(x, w)
    assert (result.value, result.low, result.high) == pytest.approx((expected.value, expected.low, expected.high))
    assert (result.n, result.n_effective) == pytest.approx((expected.n, expected.n_effective))


def test_effort_carries_top_two_and_every_point_of_its_histogram():
    score = metrics.ces([1, 7, 7, 6], weights=[1, 1, 1, 3])
    assert score.histogram == {1: 1, 2: 0, 3: 0, 4: 0, 5: 0, 6: 1, 7: 2}
    assert score.shares == {1: 1 / 6, 2: 0, 3: 0, 4: 0, 5: 0, 6: 1 / 2, 7: 1 / 3}
    assert score.top2 == metrics.ces_from_counts(metrics.Counts.of([1, 7, 7, 6], [1, 1, 1, 3])).top2
    assert (score.value, score.top2.value, score.top2.metric) == (33 / 6, 5 / 6, metrics.Metric.CES)


def test_equal_weights_change_nothing():
    scores = [1, 2, 4, 5, 5, 3]
    plain, weighted = metrics.ces(scores), metrics.ces(scores, [0.1] * 6)
    assert (plain.low, plain.high, plain.n_effective) == pytest.approx(
        (weighted.low, weighted.high, weighted.n_effective)
    )


def test_only_the_ratio_of_weights_matters_however_large_or_small():
    scores, weights = [1, 2, 4, 5, 5, 3], np.array([1, 2, 3, 4, 5, 6.0])
    assert metrics.mean(scores, weights * 2.0**900) == metrics.mean(scores, weights)
    assert metrics.mean(scores, weights * 2.0**-900) == metrics.mean(scores, weights)


def test_missing_answers_are_not_counted_whatever_their_weight():
    score = metrics.csat([5, None, 1, float("nan")], weights=[1, None, 1, 7])
    assert (score.n, score.n_effective, score.value) == (2, 2, 0.5)


@pytest.mark.parametrize(
    "scores",
    [
        np.array([10, 9, 0]),
        [10, 9, 0],
        pd.Series([10, 9, None, 0]),
        pd.Series([10, 9, None, 0], dtype="Int64"),
        pa.array([10, 9, None, 0]),
        pa.chunked_array([[10, 9], [None, 0]]),
        (score for score in (10, 9, 0)),
    ],
)
def test_arrays_lists_frames_and_arrow_score_alike(scores):
    assert metrics.nps(scores) == metrics.nps_from_counts({10: 1, 9: 1, 0: 1})


@pytest.mark.parametrize("score", [metrics.nps, metrics.csat, metrics.ces, metrics.mean, metrics.top_box])
@pytest.mark.parametrize("nothing", [[], [None, None], np.array([]), [float("nan")], pd.Series([], dtype=float)])
def test_no_answers_is_an_error_that_says_so(score, nothing):
    with pytest.raises(EmptyInput, match="no answer is left"):
        score(nothing)


@pytest.mark.parametrize("counts", [{}, {5: 0}, {None: 3}])
def test_empty_counts_are_an_error_that_says_so(counts):
    with pytest.raises(EmptyInput, match="no answer is left"):
        metrics.csat_from_counts(counts)


def test_answers_off_the_scale_are_counted_shown_and_explained():
    with pytest.raises(OutOfScale) as refused:
        metrics.nps([10, 11, 11, 99, 3, None])
    assert str(refused.value) == (
        "scores: 3 of 5 answers are not whole numbers from 0 to 10: 11 (2×), 99 (1×). "
        "Make codes for “no answer” missing, or name the scale that was asked."
    )


@pytest.mark.parametrize(
    "call",
    [
        lambda: metrics.nps([8.5]),
        lambda: metrics.nps([-1]),
        lambda: metrics.csat([0, 3]),
        lambda: metrics.csat([6]),
        lambda: metrics.csat([4.5]),
        lambda: metrics.ces([8]),
        lambda: metrics.top_box([1], boxes=1, scale=(2, 5)),
        lambda: metrics.mean([5.1, 3], scale=(1, 5)),
        lambda: metrics.mean_from_totals(2, 2, 2, 12, 72.5, scale=(1, 5)),
    ],
)
def test_every_score_refuses_answers_off_its_scale(call):
    with pytest.raises(OutOfScale):
        call()


def test_other_scales_are_accepted_when_named():
    assert metrics.csat([7, 6, 1], scale=(1, 7)).value == 2 / 3
    assert metrics.ces([5, 4, 1], scale=(1, 5)).top2.value == 2 / 3


@pytest.mark.parametrize(
    ("error", "call"),
    [
        (NotFinite, lambda: metrics.nps([10, math.inf])),
        (NotNumeric, lambda: metrics.nps(["ten"])),
        (NotFinite, lambda: metrics.mean([1e308, -1e308, 1e308])),
        (NotFinite, lambda: metrics.mean_from_totals(2, 2, 2, math.nan, 1)),
        (EmptyInput, lambda: metrics.mean_from_totals(0, 0, 0, 0, 0)),
        (BadWeights, lambda: metrics.mean_from_totals(2, 3, 2, 1, 1)),
        (BadWeights, lambda: metrics.mean_from_totals(2, 0, 0, 1, 1)),
        (BadParameter, lambda: metrics.mean_from_totals(2, 2, 2, 10, 10)),
        (BadWeights, lambda: metrics.nps([10, 9], weights=[0, 0])),
        (BadWeights, lambda: metrics.nps([10, 9], weights=[1])),
        (BadWeights, lambda: metrics.nps([10, 9], weights=[1, -1])),
        (BadWeights, lambda: metrics.nps([10, 9], weights=[1, None])),
        (BadWeights, lambda: metrics.nps_from_counts(metrics.Counts([9], [2], [3], [2]))),
        (BadWeights, lambda: metrics.nps_from_counts(metrics.Counts([9], [2], [-1], [2]))),
        (BadParameter, lambda: metrics.nps_from_counts({9: 1.5})),
        (BadParameter, lambda: metrics.nps_from_counts({9: -1})),
        (BadParameter, lambda: metrics.nps([9], confidence=1)),
        (BadParameter, lambda: metrics.csat([5], confidence=0)),
        (BadParameter, lambda: metrics.mean([5, 3], confidence=95)),
        (BadParameter, lambda: metrics.top_box([5], boxes=0)),
        (BadParameter, lambda: metrics.top_box([5], boxes=5)),
        (BadParameter, lambda: metrics.csat([5], scale=(5, 1))),
        (BadParameter, lambda: metrics.csat([5], scale=(1, 5.5))),
    ],
)
def test_what_cannot_be_scored_is_refused_by_its_cause(error, call):
    with pytest.raises(error):
        call()


def test_one_answer_gives_a_share_with_a_wide_interval():
    score = metrics.csat([5])
    assert (score.value, round(score.low, 4), score.high) == (1, 0.2065, 1)
    assert metrics.nps([10]).low == pytest.approx(-48.50, abs=0.01)


def test_one_answer_has_no_mean_without_its_scale():
    with pytest.raises(NotEnoughData, match="one answer has no spread"):
        metrics.mean([3])


def test_one_answer_on_a_scale_leaves_nearly_the_whole_scale_open():
    score = metrics.mean([3], scale=(1, 5))
    assert (score.value, score.low, score.high) == pytest.approx((3, 1.1, 4.9))


def test_equal_answers_without_a_scale_have_no_interval_of_width_zero():
    with pytest.raises(Degenerate, match="all 3 answers equal 5"):
        metrics.mean([5, 5, 5])
    with pytest.raises(Degenerate):
        metrics.mean([5, 5, 1], weights=[1, 1, 0])


@pytest.mark.parametrize("n", [1, 2, 10, 100])
def test_equal_answers_on_a_scale_are_covered_by_the_bound_they_allow(n):
    score = metrics.ces([6] * n)
    differing = 1 - 0.05 ** (1 / n)
    assert (score.low, score.high) == pytest.approx((6 - 5 * differing, 6 + differing))
    assert (1 - differing) ** n == pytest.approx(0.05)


def test_answers_that_weigh_like_one_say_nothing_about_their_spread():
    with pytest.raises(NotEnoughData, match="weigh like 1"):
        metrics.mean([1, 5], weights=[1, 1e-9])
    score = metrics.mean([1, 5], weights=[1, 1e-9], scale=(1, 5))
    assert (score.low, score.high) == (1, 5)


def test_interval_of_a_mean_stays_on_its_scale():
    score = metrics.ces([7, 7, 7, 2])
    assert score.high == 7


def test_an_estimate_reads_as_a_sentence():
    assert str(metrics.csat([5, 5, 1], weights=[1, 1, 4])) == "CSAT 33.3% [4.5%, 84.1%], n = 3 (effective 2.0)"


def test_a_score_becomes_plain_json():
    assert metrics.nps([10, 10, 0]).to_dict() == {
        "value": pytest.approx(33.333, abs=1e-3),
        "low": pytest.approx(-51.33, abs=0.005),
        "high": pytest.approx(84.67, abs=0.005),
        "n": 3,
        "n_effective": 3.0,
        "confidence": 0.95,
        "promoters": pytest.approx(2 / 3),
        "passives": 0.0,
        "detractors": pytest.approx(1 / 3),
        "metric": "nps",
    }


def test_equal_answers_stay_equal_when_their_cells_are_laid_end_to_end():
    cells = metrics.Counts([0.3] * 3, [1] * 3, [1, 2, 4], [1, 4, 16])
    assert metrics.mean_from_counts(cells, scale=(0, 1)).value == 0.3
    with pytest.raises(Degenerate):
        metrics.mean_from_counts(cells)


def test_totals_of_equal_answers_are_seen_as_equal_under_rounding():
    with pytest.raises(Degenerate):
        metrics.mean_from_totals(3, 3, 3, 0.3, 0.03 * (1 + 1e-15))


def test_an_interval_a_million_times_the_spread_is_no_interval():
    with pytest.raises(NotEnoughData):
        metrics.mean([1, 5], weights=[1, 0.02])


@pytest.mark.parametrize(
    ("metric", "score", "scale", "unit"),
    [
        (metrics.Metric.NPS, metrics.nps, None, 100),
        (metrics.Metric.CSAT, metrics.csat, None, 1),
        (metrics.Metric.CSAT, lambda a: metrics.csat(a, scale=(0, 10)), (0, 10), 1),
        (metrics.Metric.TOP_BOX, metrics.top_box, None, 1),
        (metrics.Metric.CES, metrics.ces, None, 1),
        (metrics.Metric.MEAN, lambda a: metrics.mean(a, scale=(1, 5)), (1, 5), 1),
    ],
)
def test_value_of_each_answer_is_the_score_of_that_answer_alone(metric, score, scale, unit):
    low, high = scale or metric.usual_scale
    answers = range(int(low), int(high) + 1)
    assert (unit * metrics.answer_values(answers, metric, scale)).tolist() == [score([one]).value for one in answers]


def test_value_of_an_answer_follows_the_boxes():
    assert metrics.answer_values([1, 2, 3, 4, 5], metrics.Metric.TOP_BOX, boxes=1).tolist() == [0, 0, 0, 0, 1]


@pytest.mark.parametrize("metric", metrics.Metric)
def test_missing_answer_has_no_value(metric):
    assert np.isnan(metrics.answer_values([None, 3], metric)).tolist() == [True, False]


def test_answers_of_weight_zero_are_not_counted():
    weighted = metrics.nps([10, 10, 0, 9, 3], [1, 2, 1, 0, 0])
    assert weighted == metrics.nps([10, 10, 0], [1, 2, 1])
    assert weighted.n == 3
