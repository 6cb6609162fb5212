"""Defects, sigma levels, Cp and Cpk: published figures, naive twins, and edges."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kithkin.analysis.control import cp, cpk, dpmo, dpmo_from_sigma, sigma_from_dpmo
from kithkin.analysis.errors import BadParameter, Degenerate, EmptyInput, NotEnoughData, NotFinite


def test_defects_per_million_at_three_and_six_sigma_are_the_published_ones():
    assert (round(dpmo_from_sigma(3)), round(dpmo_from_sigma(6), 1)) == (66_807, 3.4)
    assert dpmo_from_sigma(6, shift=0) == pytest.approx(1e6 * stats.norm.sf(6))


@given(st.floats(-2, 7))
def test_sigma_and_defects_turn_into_each_other(sigma):
    assert sigma_from_dpmo(dpmo_from_sigma(sigma)) == pytest.approx(sigma, abs=1e-6)


@given(st.integers(1, 500), st.integers(1, 6), st.data())
def test_dpmo_is_the_defect_share_times_a_million(units, opportunities, data):
    chances = units * opportunities
    defects = data.draw(st.integers(0, chances))
    rate = dpmo(defects, units, opportunities)
    interval = stats.binomtest(defects, chances).proportion_ci(method="wilson")
    assert rate.value == pytest.approx(1e6 * defects / chances)
    assert (rate.low, rate.high) == pytest.approx((1e6 * interval.low, 1e6 * interval.high), abs=1e-6)
    assert rate.n == chances


def test_no_defect_has_a_lowest_sigma_level_but_no_level():
    rate = dpmo(0, 1000)
    assert (rate.value, rate.sigma) == (0, None)
    assert rate.sigma_low == pytest.approx(1.5 - stats.norm.ppf(rate.high / 1e6))
    assert dpmo(5, 5).sigma is None


@pytest.mark.parametrize(
    ("error", "call"),
    [
        (EmptyInput, lambda: dpmo(0, 0)),
        (BadParameter, lambda: dpmo(6, 5)),
        (BadParameter, lambda: dpmo(-1, 5)),
        (BadParameter, lambda: dpmo(1.5, 5)),
        (EmptyInput, lambda: dpmo(0, 5, 0)),
        (BadParameter, lambda: dpmo(1, -5, -1)),
        (BadParameter, lambda: dpmo(1, 5, confidence=1)),
        (BadParameter, lambda: sigma_from_dpmo(0)),
        (BadParameter, lambda: dpmo_from_sigma(math.inf)),
        (EmptyInput, lambda: cp([], 0, 1)),
        (NotEnoughData, lambda: cpk([1, None], 0, 2)),
        (Degenerate, lambda: cp([1, 1], 0, 2)),
        (BadParameter, lambda: cp([1, 2], 2, 0)),
        (BadParameter, lambda: cp([1, 2], 0, math.inf)),
        (BadParameter, lambda: cpk([1, 2])),
        (BadParameter, lambda: cpk([1, 2], 2, 0)),
    ],
)
def test_what_has_no_capability_is_refused_by_its_cause(error, call):
    with pytest.raises(error):
        call()


def with_spread(mean, deviation, n):
    values = np.random.default_rng(0).normal(size=n)
    return mean + deviation * (values - values.mean()) / values.std(ddof=1)


def test_cp_and_its_interval_equal_montgomerys_example():
    capability = cp(with_spread(50, 1.75, 20), 38, 62)
    assert (capability.value, capability.low, capability.high) == pytest.approx((2.29, 1.57, 3.01), abs=0.006)


def test_cpk_takes_the_nearer_limit_and_bissells_interval():
    capability = cpk(with_spread(51, 1.75, 20), 38, 62)
    value = 11 / (3 * 1.75)
    half = stats.norm.ppf(0.975) * math.sqrt(1 / 180 + value**2 / 38)
    assert (capability.value, capability.low, capability.high) == pytest.approx((value, value - half, value + half))


def test_cpk_takes_one_limit_alone():
    values = with_spread(51, 1.75, 20)
    assert cpk(values, lower=38).value == pytest.approx(13 / 5.25)
    assert cpk(values, upper=62).value == pytest.approx(11 / 5.25)
    assert cpk(values, upper=50).value == pytest.approx(-1 / 5.25)


@pytest.mark.parametrize("index", [cp, cpk])
@pytest.mark.parametrize(
    ("values", "error"),
    [
        ([1e-310, 2e-310, 3e-310], Degenerate),
        ([1e-170, 2e-170, 3e-170], Degenerate),
        ([1e200, 2e200, 3e200], NotFinite),
        ([1e308, 1.5e308, 1.7e308], NotFinite),
    ],
)
def test_values_too_small_or_too_large_to_square_are_refused(index, values, error):
    with pytest.raises(error, match="values: "):
        index(values, 1, 4)


@pytest.mark.parametrize("index", [cp, cpk])
def test_spread_too_small_for_a_finite_index_is_refused(index):
    with pytest.raises(Degenerate, match="too small beside the limits"):
        index([0.0, 1e-150, 2e-150], -1e300, 1e300)
