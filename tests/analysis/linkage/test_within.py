import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithkin.analysis.linkage.panel import build
from kithkin.analysis.linkage.within import cells_less_effects, demean, outcome_weights, shifted
from tests.analysis.linkage.conftest import panel_frames


def _residuals_of_dummies(values, weights):
    """The naive twin: weighted least squares on a column per unit and per period."""
    units, periods = np.nonzero(weights)
    design = np.hstack([np.eye(weights.shape[0])[units], np.eye(weights.shape[1])[periods]])
    root = np.sqrt(weights[units, periods])
    fitted = np.linalg.lstsq(design * root[:, None], values[units, periods] * root, rcond=None)[0]
    left = np.zeros_like(values)
    left[units, periods] = values[units, periods] - design @ fitted
    return left


@given(seed=st.integers(0, 10_000), holes=st.floats(0, 0.4))
def test_demeaning_equals_regression_on_dummies_with_holes_and_weights(seed, holes):
    rng = np.random.default_rng(seed)
    values = rng.normal(50, 10, size=(7, 6))
    weights = rng.uniform(0.2, 3, size=values.shape) * (rng.random(values.shape) >= holes)
    np.testing.assert_allclose(demean(values, weights), _residuals_of_dummies(values, weights), atol=1e-5)


def test_without_unit_effects_only_the_periods_go():
    values = np.array([[1.0, 5.0], [3.0, 7.0]])
    assert demean(values, np.ones((2, 2)), by_unit=False).tolist() == [[-1.0, -1.0], [1.0, 1.0]]


def test_freedom_is_cells_less_effects():
    seen = np.ones((4, 5), dtype=bool)
    assert (cells_less_effects(seen), cells_less_effects(seen, by_unit=False)) == (20 - 4 - 5 + 1, 20 - 5)


@pytest.mark.parametrize(("lag", "expected"), [(0, [1, 2, 3]), (1, [None, 1, 2]), (-1, [2, 3, None]), (3, [None] * 3)])
def test_shifting_moves_yesterday_under_today(lag, expected):
    moved = shifted(np.array([[1.0, 2.0, 3.0]]), lag)[0]
    assert [None if np.isnan(value) else value for value in moved] == expected


def test_without_sd_cells_weigh_by_their_n():
    inside, outcomes = panel_frames(units=6, periods=5)
    panel = build(inside, outcomes.assign(n=np.arange(1, 31)))
    weights = outcome_weights(panel)
    np.testing.assert_allclose(weights.ravel(), np.arange(1, 31) / 15.5)


def test_with_sd_cells_weigh_by_what_process_and_sampling_leave():
    inside, outcomes = panel_frames(units=6, periods=5, noise=1.0)
    panel = build(inside, outcomes.assign(n=np.tile([5, 500], 15), sd=2.0))
    weights = outcome_weights(panel).ravel()
    assert (weights[0] < weights[1], weights[0] > weights[1] / 100) == (True, True)


def test_without_n_and_sd_cells_weigh_alike():
    assert set(outcome_weights(build(*panel_frames(units=6, periods=5))).ravel()) == {1.0}
