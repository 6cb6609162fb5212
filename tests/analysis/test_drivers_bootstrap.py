import numpy as np
import pandas as pd
import pytest
from scipy import stats

from kithkin.analysis.drivers import (
    Method,
    Missing,
    Moments,
    Resampled,
    bootstrap,
    bootstrap_buckets,
    bucket_moments,
    lmg,
    relative_weights,
)
from kithkin.analysis.drivers.correlation import correlation
from kithkin.analysis.drivers.moments import Rows
from kithkin.analysis.drivers.resampling import draws_of_rows
from kithkin.analysis.drivers.units import Units
from kithkin.analysis.errors import BadParameter, Degenerate, NotEnoughData


def company(seed, n=200, slopes=(1.0, 0.7, 0.0, 0.0), noise=1.5):
    """Drivers that share a common part, except where the slope is 0: those are noise of their own."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, len(slopes)))
    X[:, np.array(slopes) != 0] += 0.7 * rng.normal(size=(n, 1))
    return X, X @ slopes + noise * rng.normal(size=n)


def correlations(frame):
    return frame.corr().to_numpy()


@pytest.mark.parametrize("weighted", [False, True])
def test_a_draw_of_respondents_is_the_correlation_of_the_drawn_rows(weighted):
    X, y = company(0, n=80)
    weights = np.random.default_rng(1).uniform(0.5, 2, 80) if weighted else None
    rows = Rows.of(X, y, weights, None)
    times = np.random.default_rng(2).multinomial(80, np.full(80, 1 / 80), size=3).astype(float)

    matrices, means = Units.of_rows(rows, correlation(rows.moments(), Missing.COMPLETE)).drawn(times)

    whole = np.column_stack([X, y])
    for taken, matrix, mean in zip(times, matrices, means, strict=True):
        counted = taken * (1 if weights is None else weights)
        covariance = np.cov(whole.T, aweights=counted)
        spread = np.sqrt(np.diag(covariance))
        np.testing.assert_allclose(matrix, covariance / np.outer(spread, spread), atol=1e-10)
        np.testing.assert_allclose(mean, np.average(whole, axis=0, weights=counted), atol=1e-10)


@pytest.mark.parametrize("missing", list(Missing)[1:])
def test_a_draw_of_buckets_is_the_analysis_of_the_rows_in_the_drawn_buckets(missing):
    X, y = company(0, n=300)
    X = X + 100
    X[np.random.default_rng(3).random(X.shape) < 0.1] = np.nan
    buckets = bucket_moments(X, y, buckets=20)
    times = np.random.default_rng(2).multinomial(20, np.full(20, 1 / 20), size=3).astype(float)
    source = correlation(sum(buckets), missing)

    matrices, means = Units.of_buckets(buckets, source).drawn(times)

    for taken, matrix, mean in zip(times, matrices, means, strict=True):
        drawn = sum(bucket for bucket, often in zip(buckets, taken, strict=True) for _ in range(int(often)))
        np.testing.assert_allclose(matrix, correlation(drawn, missing).matrix, atol=1e-10)
        np.testing.assert_allclose(mean, np.diagonal(correlation(drawn, missing).pairs.mean), rtol=1e-10)


def test_a_pairwise_draw_of_respondents_equals_one_of_buckets_that_hold_one_row_each():
    X, y = company(0, n=150)
    X[np.random.default_rng(3).random(X.shape) < 0.2] = np.nan
    rows = Rows.of(X, y, np.random.default_rng(4).uniform(1, 2, 150), None)
    single = [rows.taken(np.array([i])).moments() for i in range(150)]
    source = correlation(rows.moments(), Missing.PAIRWISE)
    times = np.random.default_rng(2).multinomial(150, np.full(150, 1 / 150), size=3).astype(float)

    by_row, by_bucket = Units.of_rows(rows, source), Units.of_buckets(single, source)

    for a, b in zip(by_row.drawn(times), by_bucket.drawn(times), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-10)


@pytest.mark.parametrize(("method", "shares"), [("lmg", lmg), ("johnson", relative_weights)])
def test_the_interval_belongs_to_the_quantity_that_is_shown(method, shares):
    X, y = company(1)

    found = bootstrap(X, y, method=method)

    point = shares(Moments.from_data(X, y))
    assert found.method == method
    assert {name: share.value for name, share in found.shares.items()} == pytest.approx(point.shares)
    assert found.r2.value == pytest.approx(point.r2)
    assert all(share.low <= share.value <= share.high for share in [found.r2, *found.shares.values()])


def test_the_interval_is_as_wide_as_new_samples_scatter():
    drawn = [lmg(Moments.from_data(*company(seed))).shares["x1"] for seed in range(200)]

    found = bootstrap(*company(1000), method="lmg").shares["x1"]

    assert (found.high - found.low) / (4 * np.std(drawn)) == pytest.approx(1, abs=0.25)


@pytest.mark.parametrize("method", ["lmg", "johnson"])
def test_drivers_that_are_only_noise_are_weak_evidence_in_95_of_100_runs(method):
    weak = np.array(
        [[f"x{j}" in bootstrap(*company(s), draws=300, method=method).weak for j in (3, 4)] for s in range(100)]
    )

    assert weak.mean() >= 0.95


@pytest.mark.parametrize("method", ["lmg", "johnson"])
def test_drivers_that_matter_are_not_called_weak(method):
    weak = [set(bootstrap(*company(s), draws=300, method=method).weak) & {"x1", "x2"} for s in range(100)]

    assert sum(map(bool, weak)) <= 5


def test_true_shares_and_r2_lie_in_their_intervals():
    X, y = company(99, n=400_000)
    truth = lmg(Moments.from_data(X, y))

    inside = []
    for seed in range(100):
        found = bootstrap(*company(seed), draws=300)
        inside.append(
            [found.shares[name].low <= truth.shares[name] <= found.shares[name].high for name in ("x1", "x2")]
        )
        inside[-1].append(found.r2.low <= truth.r2 <= found.r2.high)

    assert np.mean(inside, axis=0).min() >= 0.88


def test_where_nothing_explains_the_outcome_r2_may_be_zero():
    lows = [bootstrap(*company(seed, slopes=(0.0,) * 6), draws=200).r2.low for seed in range(60)]

    assert sum(low == 0 for low in lows) >= 55


def test_buckets_of_respondents_give_the_intervals_that_respondents_give():
    X, y = company(5, n=4000)

    by_row, by_bucket = bootstrap(X, y), bootstrap_buckets(bucket_moments(X, y))

    assert (by_row.resampled, by_bucket.resampled) == (Resampled.RESPONDENTS, Resampled.BUCKETS)
    for name, share in by_row.shares.items():
        assert by_bucket.shares[name].value == pytest.approx(share.value)
        if name in {"x1", "x2"}:
            assert by_bucket.shares[name].high - by_bucket.shares[name].low == pytest.approx(
                share.high - share.low, rel=0.2
            )


def test_many_rows_are_resampled_in_buckets():
    assert bootstrap(*company(0, n=5001), draws=100).resampled is Resampled.BUCKETS
    assert bootstrap(*company(0, n=5000), draws=100).resampled is Resampled.RESPONDENTS


def test_people_of_zero_weight_are_not_drawn():
    X, y = company(3)
    weights = np.where(np.arange(200) < 40, 0.0, 1.0)

    assert bootstrap(X, y, weights).shares == bootstrap(X[40:], y[40:], np.ones(160)).shares


def test_very_many_drivers_are_resampled_in_buckets_so_that_memory_stays_small():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(1000, 130))

    found = bootstrap(X, X[:, 0] + rng.normal(size=1000), draws=100)

    assert (found.resampled, found.method) == (Resampled.BUCKETS, Method.JOHNSON)
    assert "x1" not in found.weak


def test_answers_of_one_person_kept_in_one_bucket_widen_the_interval():
    X, y = company(6, n=300)
    fivefold = np.tile(X, (5, 1)), np.tile(y, 5)

    kept = bootstrap_buckets(bucket_moments(*fivefold, keys=np.tile(np.arange(300), 5)), seed=1)
    spread = bootstrap_buckets(bucket_moments(*fivefold), seed=1)

    width = [found.shares["x1"].high - found.shares["x1"].low for found in (kept, spread)]
    assert width[0] / width[1] == pytest.approx(5**0.5, rel=0.25)


def test_the_same_seed_gives_the_same_interval_and_another_seed_another():
    X, y = company(7)

    assert bootstrap(X, y, draws=200) == bootstrap(X, y, draws=200)
    assert bootstrap(X, y, draws=200, seed=1).r2 != bootstrap(X, y, draws=200).r2


def test_intervals_are_percentiles_less_the_bias_of_the_draws():
    drawn = draws_of_rows(Rows.of(*company(7), None, None), draws=300, seed=0, method="lmg", missing="complete")
    share, r2 = drawn.share_estimate(0, 0.9), drawn.r2_estimate(0.9)

    low, high = np.quantile(drawn.shares[:, 0], [0.05, 0.95])
    bias = drawn.shares[:, 0].mean() - share.value
    assert (share.low, share.high) == pytest.approx((low - bias, high - bias))
    low, high = np.quantile(drawn.r2, [0.05, 0.95])
    bias = drawn.r2.mean() - r2.value
    assert (r2.low, r2.high) == pytest.approx((low - 2 * bias, high - bias))


def test_less_confidence_is_a_narrower_interval():
    X, y = company(7)

    wide, narrow = (bootstrap(X, y, confidence=level).shares["x1"] for level in (0.95, 0.5))

    assert wide.low < narrow.low < narrow.high < wide.high
    assert narrow.confidence == 0.5


def test_auto_draws_lmg_up_to_fifteen_drivers_and_johnson_beyond():
    X = np.random.default_rng(0).normal(size=(100, 16))
    y = X.sum(axis=1) + np.random.default_rng(1).normal(size=100)

    assert bootstrap(X[:, :15], y, draws=100).method is Method.LMG
    assert bootstrap(X, y, draws=100).method is Method.JOHNSON


@pytest.mark.parametrize(
    ("p", "asked", "message"),
    [
        (2, {"draws": 99}, "draws: 99 given; an interval needs 100 or more"),
        (22, {"method": "lmg"}, "takes too long. Use at most 512 draws or method 'johnson'"),
        (26, {"method": "lmg"}, "LMG goes up to 25. Use method 'johnson'"),
        (2, {"confidence": 1.5}, "confidence: 1.5 given"),
        (2, {"method": "magic"}, "'magic' given"),
    ],
)
def test_options_that_cannot_be_are_refused(p, asked, message):
    X = np.random.default_rng(0).normal(size=(100, p))

    with pytest.raises(BadParameter, match=message):
        bootstrap(X, X @ np.arange(p) + np.random.default_rng(1).normal(size=100), **asked)


def test_a_driver_that_hardly_varies_is_named_when_resamples_fail():
    X, y = company(8)
    X[:, 2] = 0
    X[5, 2] = 1

    with pytest.raises(NotEnoughData, match="leave out what hardly varies: x3"):
        bootstrap(X, y)


def test_too_few_rows_to_resample_are_refused():
    X, y = company(8, n=7)

    with pytest.raises(NotEnoughData, match="of the resamples of 7 rows the shares cannot be told"):
        bootstrap(X, y)


def test_resamples_in_which_a_driver_did_not_vary_are_left_out():
    X, y = company(8)
    X[:, 2] = 0
    X[:3, 2] = 1

    found = bootstrap(X, y)

    assert found.draws == pytest.approx(950, abs=20)  # P(none of three rows drawn) ≈ e⁻³


def test_collinear_drivers_are_named_before_any_draw():
    X, y = company(8)
    X[:, 3] = X[:, 0] - X[:, 1]

    with pytest.raises(Degenerate, match="x1, x2, x4"):
        bootstrap(X, y)


def test_few_buckets_are_refused():
    X, y = company(8)

    with pytest.raises(NotEnoughData, match="9 hold answers; a bootstrap needs 10 or more"):
        bootstrap_buckets(bucket_moments(X, y, buckets=9))


def test_missing_answers_are_resampled_as_they_are_used():
    X, y = company(9, n=600)
    X[np.random.default_rng(0).random(X.shape) < 0.3] = np.nan

    complete, pairwise = (bootstrap(X, y, missing=missing) for missing in ("complete", "pairwise"))

    assert (complete.missing, pairwise.missing) == (Missing.COMPLETE, Missing.PAIRWISE)
    assert complete.r2.n < pairwise.r2.n
    width = [found.shares["x1"].high - found.shares["x1"].low for found in (pairwise, complete)]
    assert width[0] < width[1]


def test_a_bootstrap_reads_as_a_ranked_table_with_weak_evidence_marked():
    lines = str(bootstrap(pd.DataFrame(company(1)[0], columns=list("abcd")), company(1)[1])).splitlines()

    assert lines[0].endswith("(lmg, 1,000 draws of respondents)")
    assert [line[0] for line in lines[1:3]] == ["a", "b"]
    assert [line.endswith("weak evidence") for line in lines[1:]] == [False, False, True, True]


@pytest.mark.parametrize(("rows", "drivers"), [(8, 3), (10, 3), (30, 10)])
def test_noise_with_few_rows_for_each_driver_is_not_taken_for_an_effect(rows, drivers):
    """By the resamples alone a fifth to a third of these would be said to explain something."""
    said = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        try:
            found = bootstrap(rng.normal(size=(rows, drivers)), rng.normal(size=rows), draws=100, seed=seed)
        except NotEnoughData:
            continue
        said += found.r2.low > 0 or len(found.weak) < drivers
    assert said <= 6


def test_an_interval_above_zero_is_one_that_the_f_test_agrees_to():
    """`stats.linregress` is the second implementation: with one driver its p is that of the F test."""
    for seed in range(40):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=12)
        y = 0.7 * x + rng.normal(size=12)
        assert bootstrap(x[:, None], y, draws=100).r2.low == 0 or stats.linregress(x, y).pvalue < 0.05


def test_a_clear_effect_in_few_rows_is_still_told():
    rng = np.random.default_rng(3)
    x = rng.normal(size=12)
    assert bootstrap(x[:, None], 3 * x + rng.normal(size=12), draws=200).weak == ()
