import numpy as np
import pytest
from scipy import stats

from kithkin.analysis.linkage import panel as panels
from kithkin.analysis.linkage.effects import estimate, score_statistics, spread_and_reliability
from kithkin.analysis.linkage.within import sample, shifted, unit_moments
from tests.analysis.linkage.conftest import panel_frames


def _moments(**options):
    panel = panels.build(*panel_frames(**options))
    return unit_moments(sample(panel, shifted(panel.x, 1), shifted(panel.x_variance, 1), panel.reliability))


def _estimate(moments, draws=200):
    links = moments.xx.shape[1]
    return estimate(moments, np.ones((links, links), dtype=bool), draws=draws, rng=np.random.default_rng(0))


def test_without_measurement_error_one_effect_equals_regression_on_dummies():
    inside, outcomes = panel_frames(links=1)
    moments = _moments(links=1)
    x = inside.score.to_numpy().reshape(12, 14)[:, :-1]
    y = outcomes.score.to_numpy().reshape(12, 14)[:, 1:]
    dummies = np.hstack([np.kron(np.eye(12), np.ones((13, 1))), np.kron(np.ones((12, 1)), np.eye(13))])
    expected = np.linalg.lstsq(np.column_stack([x.ravel(), dummies]), y.ravel(), rcond=None)[0][0]
    assert _estimate(moments).beta[0] == pytest.approx(expected, rel=1e-8)


def test_the_within_reliability_gives_a_true_slope_back():
    """The published trial: a true slope of 1.0 that plain regression halves."""
    moments = _moments(units=400, periods=20, links=1, slope=1.0, error_sd=1.0, seed=3)
    found = _estimate(moments, draws=300)
    plain = moments.xy.sum() / moments.xx.sum()
    assert (plain.round(1), found.reliability[0].round(1)) == (0.5, 0.5)
    assert found.beta[0] == pytest.approx(1.0, abs=3 * found.draws[:, 0].std())
    assert found.draws[:, 0].std() < 0.03


def test_a_reliability_that_was_given_is_used():
    panel = panels.build(*panel_frames(links=1, error_sd=1.0))
    given = panel.__class__(**(vars(panel) | {"reliability": np.array([0.8])}))
    moments = unit_moments(sample(given, shifted(given.x, 1), shifted(given.x_variance, 1), given.reliability))
    assert _estimate(moments).beta[0] == pytest.approx(moments.xy.sum() / moments.xx.sum() / 0.8)


def test_draws_spread_as_leaving_units_out_says():
    moments = _moments(units=40, links=2, noise=1.0)
    found = _estimate(moments, draws=2000)
    jackknife = np.sqrt(39 / 40 * ((found.left_out - found.left_out.mean(axis=0)) ** 2).sum(axis=0))
    np.testing.assert_allclose(found.draws.std(axis=0), jackknife, rtol=0.15)


def test_the_wild_draws_of_few_units_spread_as_leaving_units_out_says():
    found = _estimate(_moments(units=8, links=2, noise=1.0), draws=4000)
    jackknife = np.sqrt(7 / 8 * ((found.left_out - found.left_out.mean(axis=0)) ** 2).sum(axis=0))
    np.testing.assert_allclose(found.draws.std(axis=0), jackknife, rtol=0.1)


@pytest.mark.parametrize("units", [10, 40])
def test_without_any_effect_z_is_a_standard_normal_or_narrower(units):
    z = np.concatenate(
        [
            score_statistics(
                _moments(units=units, links=4, slope=0.0, error_sd=1.0, seed=seed), np.ones((4, 4), dtype=bool)
            )
            for seed in range(150)
        ]
    )
    assert z.std() == pytest.approx(0.97, abs=0.08)
    assert stats.binomtest(int((z > 1.645).sum()), z.size, 0.05).proportion_ci(0.99).low < 0.05


def test_reliability_is_the_share_of_variance_that_is_no_sampling_noise():
    spread, reliability = spread_and_reliability(_moments(units=300, links=1, error_sd=0.5))
    lost_to_effects = (12 / 13) * (299 / 300)
    assert spread[0] == pytest.approx(np.sqrt(1.25 * lost_to_effects), rel=0.02)
    assert reliability[0] == pytest.approx(0.8, abs=0.01)
