"""How far two figures go together: R's figures, a naive twin, and what cannot be told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kithkin.analysis.association import association, associations
from kithkin.analysis.errors import BadShape, Degenerate, NotEnoughData
from tests.analysis.driver_cases import SWISS, SWISS_NAMES

FERTILITY, EDUCATION = (SWISS[:, SWISS_NAMES.index(name)] for name in ("Fertility", "Education"))


def test_the_figures_are_those_of_cor_test():
    """R: with(swiss, cor.test(Fertility, Education)) says −0.6637889, −0.7987075 to −0.4653206, p = 3.659e-07."""
    found = association(FERTILITY, EDUCATION)
    assert found.r == pytest.approx(-0.6637889, abs=5e-8)
    assert (found.low, found.high) == pytest.approx((-0.7987075, -0.4653206), abs=5e-8)
    assert found.p == pytest.approx(3.659e-07, rel=2e-4)
    assert (found.n, found.told) == (47, True)


@given(st.integers(0, 10_000), st.integers(4, 60), st.floats(0.5, 0.99))
def test_it_is_what_scipy_says(seed, n, confidence):
    x, y = np.random.default_rng(seed).normal(size=(2, n))
    found, theirs = association(x, y, confidence=confidence), stats.pearsonr(x, y)
    interval = theirs.confidence_interval(confidence)
    line = stats.linregress(x, y)
    assert (found.r, found.p, found.low, found.high, found.slope, found.intercept) == pytest.approx(
        (theirs.statistic, theirs.pvalue, interval.low, interval.high, line.slope, line.intercept)
    )


def test_units_of_which_one_figure_is_missing_are_left_out():
    x, y = np.array([1.0, 2, 3, 4, np.nan, 6]), np.array([2.0, 1, 4, 3, 9, np.nan])
    assert association(x, y) == association(x[:4], y[:4])


def test_a_line_is_told_as_a_line():
    found = association([1, 2, 3, 4], [3, 5, 7, 9])
    assert (found.r, found.low, found.high, found.p) == (1.0, 1.0, 1.0, 0.0)
    assert (found.slope, found.intercept) == pytest.approx((2.0, 1.0))


def test_what_is_nearly_a_line_has_an_interval():
    x = np.arange(8.0)
    found = association(x, x + 0.02 * (-1) ** x)
    assert 0.9999 < found.r < 1
    assert found.low < found.r < found.high < 1
    assert found.p > 0


@pytest.mark.parametrize(
    ("x", "y", "error"),
    [
        ([1, 2, 3], [1, 2, 3], NotEnoughData),
        ([1, 2, 3, None, 5], [1, 2, None, 4, 5], NotEnoughData),
        ([1, 2, 3, 4], [1, 2, 3], BadShape),
        ([7, 7, 7, 7, 7], [1, 2, 3, 4, 5], Degenerate),
        ([1e9 + 1e-7] * 5, [1, 2, 3, 4, 5], Degenerate),
    ],
)
def test_what_cannot_be_told_is_refused(x, y, error):
    with pytest.raises(error):
        association(x, y)


def test_what_the_interval_does_not_tell_from_nothing_is_not_told():
    """With four units Student's t is past its bound at r = 0.950, Fisher's interval at 0.961."""
    x, y = [-1.0, 0.0, 0.0, 1.0], [-1.0, 0.32, -0.32, 1.0]
    found = association(x, y)
    assert found.p < 0.05
    assert found.low < 0 < found.high
    assert found.told is False
    assert associations({"one": (x, y)})["one"].told is False


@pytest.mark.parametrize("confidence", [0.5, 0.95])
def test_how_sure_one_wants_to_be_is_heeded(confidence):
    x = np.arange(12.0)
    y = x + 8 * np.sin(5 * x)
    one = associations({"one": (x, y)}, confidence=confidence)["one"]
    assert 0.05 < one.p < 0.5
    assert one.told is (confidence == 0.5)
    assert one.confidence == confidence


def test_of_many_pairs_fewer_differ_from_nothing():
    rng = np.random.default_rng(1)
    x = rng.normal(size=40)
    weak = 0.2 * x + rng.normal(size=40)
    alone = association(x, weak)
    assert alone.told
    pairs = {number: (x, rng.normal(size=40)) for number in range(40)} | {"weak": (x, weak), "none": (x[:2], x[:2])}
    many = associations(pairs)
    assert (many["weak"].told, many["weak"].r, many["none"]) == (False, alone.r, None)


def test_of_noise_hardly_anything_is_told():
    rng = np.random.default_rng(7)
    wrong = [
        any(one.told for one in associations({k: rng.normal(size=(2, 30)) for k in range(12)}).values())
        for _ in range(200)
    ]
    assert np.mean(wrong) <= 0.08
