import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from kithkin.analysis.drivers import Moments, bucket_moments, lmg
from kithkin.analysis.errors import BadShape, BadWeights, NotFinite, NotNumeric


def same(found, expected):
    assert (found.names, found.rows, found.n) == (expected.names, expected.rows, expected.n)
    for a, b in ((found.complete, expected.complete), (found.pairwise, expected.pairwise)):
        np.testing.assert_array_equal(a.n, b.n)
        for name in ("weight", "weight2", "mean", "scatter"):
            np.testing.assert_allclose(getattr(a, name), getattr(b, name), rtol=1e-9, atol=1e-9)


@drawn(seed=st.integers(0, 10**6), cut=st.integers(0, 80), missing=st.floats(0, 0.6), weighted=st.booleans())
@settings(max_examples=80, deadline=None)
def test_moments_of_parts_sum_to_the_moments_of_the_whole(seed, cut, missing, weighted):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(5, 2, (80, 3)), rng.normal(size=80)
    X[rng.random(X.shape) < missing] = np.nan
    y[rng.random(80) < missing / 2] = np.nan
    weights = np.where(rng.random(80) < 0.1, 0.0, rng.uniform(0.1, 4, 80)) if weighted else np.ones(80)

    parts = [Moments.from_data(X[s], y[s], weights[s]) for s in (slice(0, cut), slice(cut, None))]

    same(sum(parts), Moments.from_data(X, y, weights))


def test_moments_equal_their_definition():
    rng = np.random.default_rng(0)
    X, y, w = rng.normal(3, 1, (20_000, 2)), rng.normal(size=20_000), rng.uniform(size=20_000)
    whole = np.column_stack([X, y])

    found = Moments.from_data(X, y, w)

    assert (found.n, found.sum_w, found.sum_w2) == (20_000, pytest.approx(w.sum()), pytest.approx((w * w).sum()))
    np.testing.assert_allclose(found.sums, w @ whole)
    np.testing.assert_allclose(found.products, (whole * w[:, None]).T @ whole)
    np.testing.assert_allclose(found.complete.scatter / w.sum(), np.cov(whole.T, aweights=w, ddof=0))


@drawn(seed=st.integers(0, 10**6), weighted=st.booleans())
@settings(max_examples=30, deadline=None)
def test_pairwise_moments_equal_a_loop_over_pairs(seed, weighted):
    rng = np.random.default_rng(seed)
    whole = rng.normal(100, 1, (50, 4))
    whole[rng.random(whole.shape) < 0.3] = np.nan
    w = rng.uniform(0.5, 2, 50) if weighted else np.ones(50)
    counted = ~np.isnan(whole[:, 3]) & ~np.isnan(whole[:, :3]).all(axis=1)

    found = Moments.from_data(whole[:, :3], whole[:, 3], w if weighted else None).pairwise

    for i in range(4):
        for j in range(4):
            rows = counted & ~np.isnan(whole[:, i]) & ~np.isnan(whole[:, j])
            a, b, v = whole[rows, i], whole[rows, j], w[rows]
            assert found.n[i, j] == rows.sum()
            assert found.weight2[i, j] == pytest.approx((v * v).sum())
            assert found.mean[i, j] == pytest.approx(np.average(a, weights=v))
            centred = v * (a - np.average(a, weights=v)) * (b - np.average(b, weights=v))
            assert found.scatter[i, j] == pytest.approx(centred.sum(), abs=1e-8)


def test_a_billion_with_small_differences_keeps_its_variance():
    small = np.random.default_rng(0).normal(0, 0.01, 30_000)

    found = Moments.from_data((1e9 + small)[:, None], small).complete

    seen = (1e9 + small) - 1e9
    assert found.scatter[0, 0] == pytest.approx(((seen - seen.mean()) ** 2).sum(), rel=1e-6)


def test_what_rounding_leaves_in_a_mean_is_mended():
    huge = 1e15 + np.arange(10_000) % 2

    found = Moments.from_data(huge[:, None], np.zeros(10_000)).complete

    assert found.scatter[0, 0] == pytest.approx(2500, rel=1e-9)
    assert found.mean[0, 0] == pytest.approx(1e15 + 0.5, abs=0.13)  # one step of a double there is 0.125


def test_moments_of_other_drivers_do_not_add():
    a, b = (Moments.from_data([[1.0], [2.0]], [1, 2], names=[name]) for name in ("speed", "price"))

    with pytest.raises(BadShape, match="speed and price"):
        _ = a + b


def test_moments_cannot_be_written_to():
    moments = sum(Moments.from_data([[1.0], [2.0]], [1, 2]) for _ in range(2))

    with pytest.raises(ValueError, match="read-only"):
        moments.complete.scatter[0, 0] = 1


def test_moments_of_no_rows_add_nothing():
    some = Moments.from_data([[1.0], [2.0], [4.0]], [1, 2, 2])

    same(some + Moments.from_data(np.empty((0, 1)), []), some)


def test_buckets_sum_to_the_whole_and_stay_the_same_from_batch_to_batch():
    rng = np.random.default_rng(1)
    X, y, keys = rng.normal(size=(500, 2)), rng.normal(size=500), rng.integers(0, 90, 500)

    whole = bucket_moments(X, y, keys=keys, buckets=10)
    batches = [bucket_moments(X[s], y[s], keys=keys[s], buckets=10) for s in (slice(0, 123), slice(123, None))]

    same(sum(whole), Moments.from_data(X, y))
    for a, b, both in zip(*batches, whole, strict=True):
        same(a + b, both)


def test_rows_without_keys_are_spread_by_their_number_in_the_file():
    X, y = np.arange(500.0)[:, None], np.arange(500.0)

    whole = bucket_moments(X, y, buckets=10)
    batches = [bucket_moments(X[:99], y[:99], buckets=10), bucket_moments(X[99:], y[99:], buckets=10, first_row=99)]

    assert [a.n + b.n for a, b in zip(*batches, strict=True)] == [bucket.n for bucket in whole]
    assert min(bucket.n for bucket in whole) > 30


def test_one_respondents_answers_stay_in_one_bucket():
    found = bucket_moments(np.arange(60.0)[:, None], np.arange(60.0), keys=["Ann"] * 60, buckets=5)

    assert sorted(bucket.n for bucket in found) == [0, 0, 0, 0, 60]


def test_a_missing_key_is_refused():
    with pytest.raises(BadShape, match="keys: 1 of 2 missing"):
        bucket_moments([[1.0], [2.0]], [1, 2], keys=["Ann", None])


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        (([[1.0], [2.0]], [1], None, None), BadShape, "2 rows of drivers for 1 outcomes"),
        (([1.0, 2.0], [1, 2], None, None), BadShape, "rows × drivers"),
        (([[1.0], [2.0]], [1, 2], None, ["a", "b"]), BadShape, "2 names for 1 drivers"),
        (([[1.0, 2.0]], [1], None, ["a", "a"]), BadShape, "more than once: a"),
        ((np.empty((3, 0)), [1, 2, 3], None, None), BadShape, "at least one driver"),
        (([[np.inf], [2.0]], [1, 2], None, None), NotFinite, "1 infinite"),
        (([["good"], ["bad"]], [1, 2], None, None), NotNumeric, "driver 1: 2 of 2 values"),
        (([[1.0], [2.0]], [1, np.inf], None, None), NotFinite, "outcome: 1 infinite"),
        (([[1.0], [2.0]], [1, 2], [1, -1], None), BadWeights, "below zero"),
        (([[1.0], [2.0]], [1, 2], [1], None), BadWeights, "1 weights for 2"),
        (([[1e200], [-1e200]], [1, 2], None, None), NotFinite, "overflow"),
    ],
)
def test_unfit_input_is_refused_by_name(given, error, message):
    with pytest.raises(error, match=message):
        Moments.from_data(*given)


def test_lmg_of_a_sum_is_the_lmg_of_the_concatenation():
    rng = np.random.default_rng(3)
    X = rng.normal(size=(90, 4))
    y = X @ [1, 2, 0, 1] + rng.normal(size=90)

    parts = sum(Moments.from_data(X[i::3], y[i::3]) for i in range(3))

    assert lmg(parts).shares == pytest.approx(lmg(Moments.from_data(X, y)).shares, abs=1e-12)
