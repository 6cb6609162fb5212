"""Two estimates or many: published differences, naive twins, and what may not be compared."""

import gc
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from kithkin.analysis import metrics
from kithkin.analysis.errors import BadParameter
from kithkin.analysis.results import Estimate


def csat(satisfied, n):
    return metrics.csat_from_counts({5: satisfied, 1: n - satisfied})


def test_difference_of_two_nps_is_the_published_one():
    a = metrics.nps_from_counts({10: 60, 8: 25, 0: 15})
    b = metrics.nps_from_counts({10: 60, 8: 30, 0: 30})
    difference = metrics.compare(a, b)
    assert (difference.value, round(difference.z, 3)) == (pytest.approx(20), 1.889)
    assert difference.p == pytest.approx(2 * stats.norm.sf(difference.z))
    assert (difference.changed, difference.n_a, difference.n_b) == (False, 100, 120)


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_difference_of_two_shares_has_newcombes_published_interval(a, b, low, high):
    difference = metrics.compare(csat(*a), csat(*b))
    assert (round(difference.low, 4), round(difference.high, 4)) == (low, high)


@given(st.integers(1, 60), st.integers(2, 60), st.data())
def test_share_test_is_the_two_by_two_chi_square(n, m, data):
    x, y = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    difference = metrics.compare(csat(x, n), csat(y, m))
    if x + y in (0, n + m):
        assert (difference.z, difference.p, difference.changed) == (0, 1, False)
    else:
        chi2, p = stats.chi2_contingency([[x, n - x], [y, m - y]], correction=False)[:2]
        assert (difference.z**2, difference.p) == pytest.approx((chi2, p), abs=1e-9)


numbers = st.lists(st.floats(-100, 100), min_size=2, max_size=30).filter(lambda x: np.ptp(x) > 0.1)


@given(numbers, numbers)
def test_difference_of_means_is_welchs_test(x, y):
    difference = metrics.compare(metrics.mean(x), metrics.mean(y), confidence=0.9)
    welch = stats.ttest_ind(x, y, equal_var=False)
    interval = welch.confidence_interval(0.9)
    assert (difference.z, difference.p, difference.df) == pytest.approx((welch.statistic, welch.pvalue, welch.df))
    assert (difference.low, difference.high) == pytest.approx((interval.low, interval.high))
    assert difference.changed == (welch.pvalue < 0.1)


def test_comparison_turns_round_with_its_order():
    a, b = metrics.nps([10, 10, 9, 3]), metrics.nps([1, 2, 8, 9])
    there, back = metrics.compare(a, b), metrics.compare(b, a)
    assert (there.value, there.low, there.high, there.z) == (-back.value, -back.high, -back.low, -back.z)
    assert there.p == back.p


def test_weighted_nps_is_compared_on_its_effective_n():
    a = metrics.nps([10, 10, 8, 0], weights=[1, 1, 1, 3])
    b = metrics.nps([10, 8, 8, 0])
    variance = (1 / 3 + 1 / 2 - (1 / 6) ** 2) / 3 + 0.5 / 4
    assert metrics.compare(a, b).z == pytest.approx((1 / 3 - 1 / 2) / math.sqrt(variance))
    assert metrics.compare(a, b).n_effective_a == 3


def test_all_promoters_against_all_detractors_is_a_change_with_a_finite_z():
    difference = metrics.compare(metrics.nps([10] * 5), metrics.nps([0] * 5))
    p, d = 5.75 / 8, 0.75 / 8
    assert difference.z == pytest.approx(2 / math.sqrt(2 * (p + d - (p - d) ** 2) / 8))
    assert difference.changed is True


def test_all_alike_on_both_sides_is_no_change():
    difference = metrics.compare(metrics.nps([10] * 5), metrics.nps([9] * 8))
    assert (difference.value, difference.z, difference.p, difference.changed) == (0, 0, 1, False)


def test_single_answers_on_a_scale_are_not_told_apart():
    difference = metrics.compare(metrics.ces([1]), metrics.ces([7]))
    assert (difference.value, difference.low, difference.changed) == (-6, -6, False)


def test_a_verdict_on_nps_rests_on_the_adjusted_shares():
    a, b = metrics.nps_from_counts({10: 7, 8: 3}), metrics.nps_from_counts({10: 4, 8: 3, 0: 3})
    difference = metrics.compare(a, b)
    shares = [((i + 0.75) / 13, (j + 0.75) / 13) for i, j in ((7, 0), (4, 3))]
    net = (shares[0][0] - shares[0][1]) - (shares[1][0] - shares[1][1])
    z = net / math.sqrt(sum((p + d - (p - d) ** 2) / 13 for p, d in shares))
    assert difference.p < 0.05
    assert difference.p_cautious == pytest.approx(2 * stats.norm.sf(z))
    assert difference.p_cautious > 0.05
    assert difference.changed is False


def test_a_change_must_leave_zero_out_of_its_interval():
    difference = metrics.compare(csat(1, 2), csat(0, 8))
    assert difference.p_cautious < 0.05
    assert difference.low < 0
    assert difference.changed is False


@pytest.mark.parametrize(
    ("a", "b", "what"),
    [
        (metrics.nps([9]), metrics.csat([5]), "metric: NPS and CSAT"),
        (metrics.csat([5]), metrics.csat([5], scale=(1, 7)), "scale"),
        (metrics.top_box([5], boxes=1), metrics.top_box([5], boxes=2), "boxes: 1 and 2"),
        (metrics.mean([1, 2]), metrics.ces([1, 2]), "metric: Mean and CES"),
        (Estimate(1, 0, 2, 3, 3), Estimate(1, 0, 2, 3, 3), "made by nps"),
    ],
)
def test_unlike_estimates_are_not_compared(a, b, what):
    with pytest.raises(BadParameter, match=what):
        metrics.compare(a, b)


def test_difference_reads_as_a_sentence():
    assert str(metrics.compare(csat(90, 100), csat(60, 100))) == (
        "CSAT +30.0 percentage points [+18.3, +40.8], z = 4.90, p < 0.001, n = 100 against 100: a change"
    )


@pytest.fixture(scope="module")
def _little_to_collect() -> None:
    """The reference collects garbage at each call: it need not walk through all that other tests left."""
    gc.freeze()


@pytest.mark.usefixtures("_little_to_collect")
@settings(max_examples=50)
@given(st.lists(st.floats(0, 1), max_size=30))
def test_adjusted_p_values_equal_the_reference_packages(p):
    if p:
        assert metrics.holm(p) == pytest.approx(multipletests(p, method="holm")[1], abs=1e-12)
        assert metrics.benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1], abs=1e-12)
    else:
        assert metrics.holm(p).size == 0
        assert metrics.benjamini_hochberg(p).size == 0


@pytest.mark.parametrize("p", [[-0.1], [1.1], [None]])
def test_p_values_outside_zero_to_one_are_refused(p):
    with pytest.raises(BadParameter):
        metrics.holm(p)


def test_every_pair_of_groups_is_compared_and_corrected():
    groups = {"A": csat(90, 100), "B": csat(60, 100), "C": csat(75, 100)}
    pairs = metrics.compare_many(groups).pairs
    p = [metrics.compare(groups[a], groups[b]).p_cautious for a, b in ("AB", "AC", "BC")]
    assert [(pair.a, pair.b) for pair in pairs] == [("A", "B"), ("A", "C"), ("B", "C")]
    assert [pair.p_holm for pair in pairs] == metrics.holm(p).tolist()
    assert [pair.p_benjamini_hochberg for pair in pairs] == metrics.benjamini_hochberg(p).tolist()
    assert [pair.changed for pair in pairs] == [True, True, True]


def test_looking_often_takes_a_change_back():
    groups = {"now": csat(58, 100), "then": csat(43, 100)}
    assert metrics.compare_many(groups).pairs[0].changed is True
    more = metrics.compare_many(groups | {"other": csat(50, 100)})
    assert (more.pairs[0].difference.changed, more.pairs[0].changed) == (True, False)


def test_a_scan_finds_more_than_the_strict_verdict_allows():
    groups = {"base": csat(50, 100), "A": csat(65, 100), "B": csat(66, 100), "C": csat(64, 100)}
    pairs = metrics.compare_many(groups, reference="base").pairs
    assert [pair.changed for pair in pairs] == [False, False, False]
    assert [pair.discovery for pair in pairs] == [True, True, True]


def test_a_pair_that_is_no_change_alone_is_none_among_many():
    pair = metrics.compare_many({"A": csat(1, 2), "B": csat(0, 8)}).pairs[0]
    assert pair.p_holm < 0.05
    assert (pair.changed, pair.discovery) == (False, False)


@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99])
def test_chosen_pairs_are_corrected_over_those_pairs(confidence):
    groups = {"A": csat(62, 100), "B": csat(46, 100), "C": csat(60, 100), "D": csat(45, 100)}
    found = metrics.compare_pairs([(a, b, groups[a], groups[b]) for a, b in ("AB", "CD")], confidence)
    differences = [metrics.compare(groups[a], groups[b], confidence) for a, b in ("AB", "CD")]
    p = [difference.p_cautious for difference in differences]
    assert found.confidence == confidence
    assert [(pair.a, pair.b, pair.difference) for pair in found.pairs] == [
        ("A", "B", differences[0]),
        ("C", "D", differences[1]),
    ]
    assert [pair.p_holm for pair in found.pairs] == metrics.holm(p).tolist()
    assert [pair.changed for pair in found.pairs] == [p_holm < 1 - confidence for p_holm in metrics.holm(p)]
    assert [pair.discovery for pair in found.pairs] == [q < 1 - confidence for q in metrics.benjamini_hochberg(p)]


def test_no_pair_is_no_comparison():
    with pytest.raises(BadParameter, match="at least one pair"):
        metrics.compare_pairs([])


def test_groups_can_be_held_against_one_reference():
    groups = {"A": csat(9, 10), "B": csat(6, 10), "C": csat(7, 10)}
    assert [(pair.a, pair.b) for pair in metrics.compare_many(groups, reference="B").pairs] == [("A", "B"), ("C", "B")]


def test_comparing_many_needs_two_groups_and_a_known_reference():
    with pytest.raises(BadParameter, match="two groups"):
        metrics.compare_many({"A": csat(9, 10)})
    with pytest.raises(BadParameter, match="no group 'Z'"):
        metrics.compare_many({"A": csat(9, 10), "B": csat(1, 10)}, reference="Z")


@pytest.mark.data
def test_passengers_recommend_the_airport_less_in_2018(data_folder):
    years = {}
    for year in (2017, 2018):
        frame = pd.read_csv(data_folder / f"sfo_airport_{year}.csv", low_memory=False, encoding="latin-1")
        frame.columns = frame.columns.str.strip()
        answers = pd.to_numeric(frame["NETPRO"], errors="coerce")
        years[year] = metrics.nps(answers.where(answers != 11))
    assert (round(years[2017].value, 1), round(years[2018].value, 1)) == (39.8, 31.0)
    assert metrics.compare(years[2018], years[2017]).changed is True
