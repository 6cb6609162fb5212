"""α and ω: published figures, a naive second implementation, and what cannot be told."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats
from statsmodels.multivariate.factor import Factor

from kithkin.analysis.errors import BadParameter, BadShape, Degenerate, EmptyInput, NotEnoughData, NotNumeric
from kithkin.analysis.reliability import cronbach_alpha, omega


def test_alpha_of_attitude_is_the_published_one(attitude):
    assert round(cronbach_alpha(attitude).value, 3) == 0.843
    assert round(cronbach_alpha(attitude[:, 1:]).value, 3) == 0.810


def test_alpha_has_feldts_interval(attitude):
    alpha = cronbach_alpha(attitude, confidence=0.9)
    f = stats.f(29, 29 * 6)
    assert alpha.low == pytest.approx(1 - (1 - alpha.value) * f.ppf(0.95))
    assert alpha.high == pytest.approx(1 - (1 - alpha.value) * f.ppf(0.05))
    assert (alpha.n, alpha.items, alpha.dropped) == (30, 7, 0)


@given(arrays(np.int64, st.tuples(st.integers(3, 12), st.integers(2, 5)), elements=st.integers(1, 5)))
def test_alpha_equals_the_mean_covariance_over_the_mean_of_the_matrix(answers):
    covariance = np.cov(answers, rowvar=False)
    k = answers.shape[1]
    off = covariance[~np.eye(k, dtype=bool)].mean()
    if covariance.sum() < 1e-9 or abs(off - covariance.mean()) < 1e-9:
        with pytest.raises(Degenerate):
            cronbach_alpha(answers)
    else:
        assert cronbach_alpha(answers).value == pytest.approx(off / covariance.mean())


def test_alpha_interval_covers_the_truth_in_nineteen_of_twenty():
    rng = np.random.default_rng(1)
    truth = 4 * 0.5 / (1 + 3 * 0.5)
    held = 0
    for _ in range(1000):
        answers = rng.normal(size=(20, 1)) + rng.normal(size=(20, 4))
        alpha = cronbach_alpha(answers)
        held += alpha.low <= truth <= alpha.high
    assert 0.935 <= held / 1000 <= 0.965


def test_respondents_who_left_an_item_out_are_dropped_and_counted(attitude):
    holes = attitude.astype(float)
    holes[[0, 3], [1, 2]] = np.nan
    kept = np.delete(attitude, [0, 3], axis=0)
    alpha = cronbach_alpha(holes)
    assert (alpha.value, alpha.n, alpha.dropped) == (pytest.approx(cronbach_alpha(kept).value), 28, 2)
    assert str(alpha).endswith("7 items, n = 28, 2 with missing answers left out")


def test_frames_arrow_tables_and_mappings_of_items_are_read_alike(attitude):
    frame = pd.DataFrame(attitude, columns=list("abcdefg"))
    tables = [frame, pa.Table.from_pandas(frame), frame.to_dict("list"), attitude.tolist()]
    assert [cronbach_alpha(table) for table in tables] == [cronbach_alpha(attitude)] * 4


@pytest.mark.parametrize(
    ("error", "items"),
    [
        (EmptyInput, np.full((3, 2), np.nan)),
        (EmptyInput, np.empty((0, 3))),
        (BadShape, [1, 2, 3]),
        (BadShape, pd.DataFrame()),
        (NotNumeric, [["a", "b"], ["c", "d"]]),
        (NotEnoughData, [[1], [2], [3]]),
        (NotEnoughData, [[1, 2, 3]]),
        (Degenerate, [[2, 3], [2, 3], [2, 3]]),
        (Degenerate, [[1, 5], [2, 4], [3, 3]]),
        (Degenerate, [[1, 1], [2, 2], [3, 3]]),
        (Degenerate, [[0.1, 1.1], [0.2, 1.2], [0.3, 1.3]]),
    ],
)
def test_scales_without_a_reliability_are_refused_by_their_cause(error, items):
    with pytest.raises(error):
        cronbach_alpha(items)


def test_omega_equals_that_of_the_reference_factor_analysis(attitude):
    correlation = np.corrcoef(attitude, rowvar=False)
    fitted = Factor(corr=correlation, n_factor=1, method="pa").fit(maxiter=5000, tol=1e-12)
    loadings = np.abs(fitted.loadings[:, 0])
    sd = attitude.std(axis=0, ddof=1)
    common = (loadings * sd).sum() ** 2
    result = omega(attitude)
    assert list(result.loadings.values()) == pytest.approx(loadings, abs=1e-5)
    assert result.value == pytest.approx(common / (common + (sd**2 * (1 - loadings**2)).sum()), abs=1e-6)
    assert result.low < result.value < result.high


def test_omega_finds_the_reliability_it_was_given():
    rng = np.random.default_rng(4)
    loadings = np.array([0.9, 0.7, 0.5, 0.3])
    answers = rng.normal(size=(200_000, 1)) * loadings + rng.normal(size=(200_000, 4)) * np.sqrt(1 - loadings**2)
    truth = loadings.sum() ** 2 / (loadings.sum() ** 2 + (1 - loadings**2).sum())
    result = omega(answers)
    assert result.value == pytest.approx(truth, abs=0.003)
    assert result.high - result.low < 0.01
    assert cronbach_alpha(answers).value < truth


def test_omega_interval_covers_the_truth_about_as_often_as_it_says():
    rng = np.random.default_rng(5)
    truth = 4 * 0.5 / (1 + 3 * 0.5)
    held = 0
    for seed in range(150):
        answers = rng.normal(size=(100, 1)) + rng.normal(size=(100, 4))
        result = omega(answers, draws=200, seed=seed)
        held += result.low <= truth <= result.high
    assert 0.89 <= held / 150 <= 0.99


def test_omega_bootstrap_has_the_spread_of_resampled_respondents(attitude):
    rng = np.random.default_rng(0)
    values = [omega(attitude[rng.integers(0, 30, 30)], draws=100).value for _ in range(200)]
    result = omega(attitude, draws=2000)
    assert (result.low, result.high) == pytest.approx(tuple(np.quantile(values, [0.025, 0.975])), abs=0.03)


def test_omega_is_the_same_for_the_same_seed(attitude):
    assert omega(attitude, draws=100, seed=3) == omega(attitude, draws=100, seed=3)
    assert omega(attitude, draws=100, seed=3).low != omega(attitude, draws=100, seed=4).low


@settings(max_examples=25)
@given(arrays(np.int64, st.tuples(st.integers(5, 12), st.just(3)), elements=st.integers(1, 3)))
def test_omega_is_a_number_between_zero_and_one_or_a_clear_error(answers):
    if (np.ptp(answers, axis=0) == 0).any():
        with pytest.raises(Degenerate, match="item"):
            omega(answers, draws=100)
    elif abs(np.corrcoef(answers, rowvar=False)).min() > 1 - 1e-9:
        with pytest.raises(Degenerate, match="copies"):
            omega(answers, draws=100)
    else:
        result = omega(answers, draws=100)
        assert 0 <= result.low <= result.value <= result.high <= 1 + 1e-12


def test_omega_names_the_items_that_nobody_answered_differently(attitude):
    frame = pd.DataFrame(attitude, columns=list("abcdefg")).assign(c=3)
    with pytest.raises(Degenerate, match="items: c got the same answer from everybody"):
        omega(frame)


def test_omega_needs_three_items_more_respondents_than_items_and_enough_draws(attitude):
    with pytest.raises(NotEnoughData, match="at least 3"):
        omega(attitude[:, :2])
    with pytest.raises(NotEnoughData, match="at least 8"):
        omega(attitude[:7])
    with pytest.raises(BadParameter, match="draws"):
        omega(attitude, draws=1)


def test_omega_counts_a_resample_in_which_all_answered_alike_as_no_reliability():
    assert omega([[3, 3, 3], [3, 3, 3], [3, 3, 3], [5, 4, 4], [1, 2, 1]]).low == 0
