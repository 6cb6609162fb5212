"""Control charts: published limits, naive twins, and series that draw no chart."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kithkin.analysis.control import Rule, laney_p, p_chart, xmr
from kithkin.analysis.errors import BadParameter, BadShape, Degenerate, EmptyInput, NotEnoughData


def test_xmr_has_the_published_centre_and_limits():
    chart = xmr([10, 50, 40, 30])
    assert (chart.centre, round(chart.upper, 2), round(chart.lower, 2)) == (32.5, 85.7, -20.7)
    assert (round(chart.moving_range_limit, 2), chart.moving_ranges) == (65.36, (40, 10, 10))
    assert (chart.n, chart.provisional, chart.signals) == (4, True, ())


def test_xmr_calls_a_point_beyond_its_limits_a_signal():
    chart = xmr([10, 11] * 15 + [30], rules=[Rule.BEYOND_LIMITS])
    assert chart.upper < 30
    assert [(s.position, s.rule) for s in chart.signals] == [(30, Rule.BEYOND_LIMITS)]
    assert chart.provisional is False
    assert str(chart).endswith("n = 31, 1 signal(s)\n- point 31: One point lies beyond the three-sigma limits.")


@pytest.mark.parametrize(("points", "provisional"), [(19, True), (20, False)])
def test_limits_are_provisional_below_twenty_points(points, provisional):
    values = [3 + point % 2 for point in range(points)]
    charts = [xmr(values), p_chart(values, [100] * points), laney_p(values, [100] * points)]
    assert [chart.provisional for chart in charts] == [provisional] * 3
    assert ["(provisional)" in str(chart) for chart in charts] == [provisional] * 3


def test_xmr_takes_no_range_across_a_gap():
    chart = xmr(pd.Series([10, 12, None, 90, 91]))
    assert (chart.moving_ranges, chart.centre, chart.n) == ((2, 1), 203 / 4, 4)


@pytest.mark.parametrize(
    ("error", "values"),
    [
        (EmptyInput, []),
        (EmptyInput, [None]),
        (NotEnoughData, [3]),
        (NotEnoughData, [3, None, 4]),
        (Degenerate, [3, 3, 3]),
    ],
)
def test_series_without_limits_are_refused_by_their_cause(error, values):
    with pytest.raises(error):
        xmr(values)


counted = st.lists(st.tuples(st.integers(0, 50), st.integers(50, 400)), min_size=2, max_size=30)


@given(counted)
def test_p_chart_equals_a_naive_one(pairs):
    held, of = sum(c for c, _ in pairs), sum(n for _, n in pairs)
    assume(0 < held < of)
    p = held / of
    chart = p_chart(*zip(*pairs, strict=True))
    assert (chart.centre, chart.sigma_z, chart.n) == (p, 1, len(pairs))
    for (_, n), low, high in zip(pairs, chart.lower, chart.upper, strict=True):
        sigma = (p * (1 - p) / n) ** 0.5
        assert (low, high) == pytest.approx((max(p - 3 * sigma, 0), min(p + 3 * sigma, 1)))


@given(counted)
def test_laney_widens_the_limits_by_the_mean_moving_range_of_z(pairs):
    held, of = sum(c for c, _ in pairs), sum(n for _, n in pairs)
    assume(0 < held < of)
    p = held / of
    z = [(c / n - p) / (p * (1 - p) / n) ** 0.5 for c, n in pairs]
    sigma_z = sum(abs(b - a) for a, b in pairwise(z)) / (len(z) - 1) / 1.128
    assume(sigma_z > 1e-9)
    chart = laney_p(*zip(*pairs, strict=True))
    assert chart.sigma_z == pytest.approx(sigma_z)
    sigma = sigma_z * (p * (1 - p) / pairs[0][1]) ** 0.5
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((max(p - 3 * sigma, 0), min(p + 3 * sigma, 1)))


def test_laney_uses_the_moving_range_not_the_standard_deviation_of_z():
    held, of = [200, 210, 220, 230, 240, 250], [10_000] * 6
    p = sum(held) / sum(of)
    z = (np.array(held) / 1e4 - p) / np.sqrt(p * (1 - p) / 1e4)
    sigma_z = laney_p(held, of).sigma_z
    assert sigma_z == pytest.approx(np.abs(np.diff(z)).mean() / 1.128)
    assert sigma_z < 0.5 * z.std(ddof=1)


def test_large_sizes_alarm_a_p_chart_but_not_laneys():
    rng = np.random.default_rng(1)
    of = np.full(60, 1_000_000)
    held = np.round(of * rng.normal(0.1, 0.01, 60))
    beyond = [Rule.BEYOND_LIMITS]
    assert len(p_chart(held, of, beyond).signals) > 50
    assert len(laney_p(held, of, beyond).signals) <= 1


def test_p_chart_leaves_out_points_with_a_missing_count_or_size():
    chart = p_chart([3, None, 5, 4], [100, 100, None, 200])
    assert (chart.sizes, chart.centre) == ((100, 200), 7 / 300)


@pytest.mark.parametrize("chart", [p_chart, laney_p])
@pytest.mark.parametrize(
    ("error", "counts", "sizes"),
    [
        (EmptyInput, [], []),
        (BadShape, [1, 2], [10]),
        (BadParameter, [11, 2], [10, 10]),
        (BadParameter, [-1, 2], [10, 10]),
        (BadParameter, [0.5, 2], [10, 10]),
        (BadParameter, [0, 2], [0, 10]),
        (NotEnoughData, [1], [10]),
        (Degenerate, [0, 0], [10, 10]),
        (Degenerate, [10, 10], [10, 10]),
    ],
)
def test_counts_without_a_chart_are_refused_by_their_cause(chart, error, counts, sizes):
    with pytest.raises(error):
        chart(counts, sizes)


def test_equal_shares_have_no_laney_limits():
    with pytest.raises(Degenerate, match="never differ"):
        laney_p([5, 5, 5], [10, 10, 10])
