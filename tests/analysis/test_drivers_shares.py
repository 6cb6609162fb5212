import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithkin.analysis.drivers import Method, Missing, Moments, importance, lmg, relative_weights
from kithkin.analysis.drivers import subsets as tree
from kithkin.analysis.errors import BadParameter, Degenerate, EmptyInput, NotEnoughData
from tests.analysis.driver_cases import (
    ATTITUDE,
    ATTITUDE_NAMES,
    SWISS,
    SWISS_NAMES,
    naive_lmg,
    naive_relative_weights,
    r2,
)


def swiss():
    return Moments.from_data(SWISS[:, 1:], SWISS[:, 0], names=SWISS_NAMES[1:])


def rounded(found, digits):
    return {name: round(share, digits) for name, share in found.shares.items()}


def simulated(seed, n=60, p=5):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p)) @ rng.normal(size=(p, p)) + rng.normal(size=p)
    return X, X @ rng.normal(size=p) + rng.normal(size=n), rng.uniform(0.2, 3, n)


def test_lmg_equals_the_published_figures_of_swiss():
    found = lmg(swiss())

    assert round(found.r2, 6) == 0.706735
    assert rounded(found, 6) == {
        "Agriculture": 0.057091,
        "Examination": 0.171173,
        "Education": 0.260135,
        "Catholic": 0.105570,
        "Infant.Mortality": 0.112766,
    }


def test_lmg_equals_the_published_figures_of_attitude():
    found = lmg(Moments.from_data(ATTITUDE[:, 1:], ATTITUDE[:, 0], names=ATTITUDE_NAMES[1:]))

    assert round(found.r2, 4) == 0.7326
    assert rounded(found, 3) == {
        "complaints": 0.371,
        "privileges": 0.051,
        "learning": 0.156,
        "raises": 0.120,
        "critical": 0.007,
        "advance": 0.028,
    }


def test_relative_weights_equal_the_published_figures_of_swiss():
    assert rounded(relative_weights(swiss()), 6) == {
        "Agriculture": 0.048417,
        "Examination": 0.154708,
        "Education": 0.271964,
        "Catholic": 0.114680,
        "Infant.Mortality": 0.116966,
    }


@given(seed=st.integers(0, 10**6), p=st.integers(1, 6), weighted=st.booleans())
@settings(max_examples=40, deadline=None)
def test_lmg_equals_a_regression_for_every_subset_weighted_or_not(seed, p, weighted):
    X, y, weights = simulated(seed, p=p)
    weights = weights if weighted else None

    found = lmg(Moments.from_data(X, y, weights))

    np.testing.assert_allclose(list(found.shares.values()), naive_lmg(X, y, weights), atol=1e-9)


@given(seed=st.integers(0, 10**6), p=st.integers(1, 30))
@settings(max_examples=40, deadline=None)
def test_relative_weights_equal_johnsons_singular_value_form(seed, p):
    X, y, _ = simulated(seed, p=p)

    found = relative_weights(Moments.from_data(X, y))

    np.testing.assert_allclose(list(found.shares.values()), naive_relative_weights(X, y), atol=1e-7)


@pytest.mark.parametrize("levels_of_one_thread", [8, 9])
def test_the_walk_above_the_batches_gives_the_same_shares(monkeypatch, levels_of_one_thread):
    X, y, _ = simulated(4, p=9)
    whole = lmg(Moments.from_data(X, y))
    monkeypatch.setattr(tree, "BATCH_LEVELS", 3)
    monkeypatch.setattr(tree, "ONE_THREAD_LEVELS", levels_of_one_thread)

    np.testing.assert_allclose(list(lmg(Moments.from_data(X, y)).shares.values()), list(whole.shares.values()))


@pytest.mark.parametrize("method", [lmg, relative_weights])
@given(seed=st.integers(0, 10**6))
@settings(max_examples=20, deadline=None)
def test_shares_sum_to_the_r2_of_all_drivers(method, seed):
    X, y, weights = simulated(seed)

    found = method(Moments.from_data(X, y, weights))

    assert sum(found.shares.values()) == pytest.approx(r2(X, y, weights), abs=1e-9)
    assert found.r2 == pytest.approx(r2(X, y, weights), abs=1e-9)


@pytest.mark.parametrize("method", [lmg, relative_weights])
def test_units_and_signs_of_drivers_change_no_share(method):
    X, y, _ = simulated(7)

    plain = method(Moments.from_data(X, y))
    scaled = method(Moments.from_data(X * [1000, -1, 0.01, 5, -7] + [1e6, 0, 3, -9, 1], 100 - 3 * y))

    np.testing.assert_allclose(list(scaled.shares.values()), list(plain.shares.values()), rtol=1e-7)


def test_a_share_follows_its_driver_when_columns_are_reordered():
    order = [3, 0, 4, 2, 1]
    names = [SWISS_NAMES[1 + i] for i in order]

    found = lmg(Moments.from_data(SWISS[:, 1:][:, order], SWISS[:, 0], names=names))

    assert found.shares == pytest.approx(lmg(swiss()).shares, abs=1e-12)


def test_weights_of_two_count_like_rows_given_twice():
    X, y, _ = simulated(1)
    weights = np.where(np.arange(len(y)) < 20, 2.0, 1.0)

    weighted = lmg(Moments.from_data(X, y, weights))
    doubled = lmg(Moments.from_data(np.vstack([X, X[:20]]), np.concatenate([y, y[:20]])))

    assert weighted.shares == pytest.approx(doubled.shares, abs=1e-12)
    assert (weighted.n, weighted.n_effective) == (60, pytest.approx(80**2 / 120))


def test_large_scores_with_small_differences_keep_their_digits():
    X, y, _ = simulated(2)

    found = lmg(Moments.from_data(1e9 + X, y - 1e9))

    assert found.shares == pytest.approx(lmg(Moments.from_data(X, y)).shares, abs=1e-6)


@pytest.mark.parametrize("seen", [pd.DataFrame, pa.table, dict])
def test_frames_tables_and_mappings_are_the_same_input(seen):
    columns = {name: SWISS[:, i + 1] for i, name in enumerate(SWISS_NAMES[1:])}

    assert lmg(Moments.from_data(seen(columns), SWISS[:, 0])).shares == lmg(swiss()).shares


def test_names_pick_columns_of_a_frame():
    frame = pd.DataFrame(SWISS, columns=SWISS_NAMES)

    found = lmg(Moments.from_data(frame, frame["Fertility"], names=SWISS_NAMES[1:]))

    assert found.shares == pytest.approx(lmg(swiss()).shares)


def test_names_that_are_numbers_become_text():
    frame = pd.DataFrame(SWISS)

    found = lmg(Moments.from_data(frame, frame[0], names=range(1, 6)))

    assert list(found.shares) == ["1", "2", "3", "4", "5"]


def test_twenty_six_drivers_are_refused_with_the_way_out():
    X = np.random.default_rng(0).normal(size=(60, 26))

    with pytest.raises(BadParameter, match=r"26 given, LMG goes up to 25\. Use relative_weights"):
        lmg(Moments.from_data(X, X[:, 0]))


def test_auto_takes_lmg_to_twenty_drivers_and_johnson_beyond():
    X = np.random.default_rng(0).normal(size=(60, 21))
    y = X.sum(axis=1)

    assert importance(Moments.from_data(X[:, :20], y)).method is Method.LMG
    assert importance(Moments.from_data(X, y)).method is Method.JOHNSON


def test_an_unknown_method_is_refused():
    with pytest.raises(BadParameter, match="'shapely' given; there are auto, lmg, johnson"):
        importance(swiss(), "shapely")


def test_constant_columns_are_named():
    X, y, _ = simulated(3)
    X[:, 1] = 0.1

    with pytest.raises(Degenerate, match=r"constant over 60 rows: care\."):
        lmg(Moments.from_data(X, y, names=["speed", "care", "price", "place", "people"]))


def test_a_constant_outcome_is_named():
    X, _, _ = simulated(3)

    with pytest.raises(Degenerate, match=r"constant over 60 rows: the outcome\."):
        lmg(Moments.from_data(X, np.full(60, 7.0)))


def test_collinear_columns_are_named_and_others_are_not():
    X, y, _ = simulated(3)
    X[:, 4] = X[:, 0] + 2 * X[:, 2]

    with pytest.raises(Degenerate, match=r"combination of the others: x1, x3, x5\."):
        relative_weights(Moments.from_data(X, y))


def test_too_few_rows_say_how_many_it_takes():
    X, y, _ = simulated(3)

    with pytest.raises(NotEnoughData, match="6 complete rows of 6 for 5 drivers; 7 are the least"):
        lmg(Moments.from_data(X[:6], y[:6]))


def test_no_answered_row_is_empty_input():
    with pytest.raises(EmptyInput, match="none of 2 rows"):
        lmg(Moments.from_data([[1.0], [2.0]], [None, None]))


def test_weights_that_are_all_zero_are_empty_input():
    with pytest.raises(EmptyInput, match="positive weight"):
        lmg(Moments.from_data(SWISS[:, 1:], SWISS[:, 0], np.zeros(47)))


def test_rows_with_a_missing_answer_are_dropped_and_counted():
    X, y, _ = simulated(5)
    X[:7, 2] = np.nan

    found = lmg(Moments.from_data(X, y))

    assert found.shares == pytest.approx(lmg(Moments.from_data(X[7:], y[7:])).shares)
    assert (found.n, found.dropped, found.missing) == (53, 7, Missing.COMPLETE)


def test_pairwise_moments_use_the_rows_of_each_pair():
    rng = np.random.default_rng(5)
    X = rng.normal(size=(300, 5))
    y = X.sum(axis=1) + rng.normal(size=300)
    X[:40, 2] = np.nan
    X[20:90, 1] = np.nan
    y[250:] = np.nan

    found = lmg(Moments.from_data(X, y), missing="pairwise")

    frame = pd.DataFrame(np.column_stack([X, y])[:250])
    rows = frame.notna().to_numpy(float)
    seen = frame.cov().to_numpy() * (1 - 1 / (rows.T @ rows))
    expected = seen[-1, :-1] @ np.linalg.solve(seen[:-1, :-1], seen[-1, :-1]) / seen[-1, -1]
    assert found.r2 == pytest.approx(expected, rel=1e-9)
    assert (found.n, found.dropped, found.missing) == (160, 50, Missing.PAIRWISE)


def test_pairwise_moments_that_are_not_positive_definite_fall_back_to_complete_rows():
    rng = np.random.default_rng(0)
    a, b, c = (rng.normal(size=90) for _ in range(3))
    b[:30], c[30:60], c[60:] = a[:30], a[30:60], -b[60:]  # a~b, a~c and b~−c cannot all hold at once
    X = np.column_stack([a, b, c])
    X[:30, 2], X[30:60, 1], X[60:, 0] = np.nan, np.nan, np.nan
    whole, y = rng.normal(size=(20, 3)), rng.normal(size=110)

    found = lmg(Moments.from_data(np.vstack([X, whole]), y), missing="pairwise")

    assert (found.n, found.dropped, found.missing) == (20, 90, Missing.COMPLETE)


def test_pairwise_moments_that_would_explain_more_than_everything_fall_back_to_complete_rows():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(220, 2)), rng.normal(size=220)
    y[:100], y[100:200] = X[:100, 0], X[100:200, 1]  # each driver explains nearly all where the other is missing
    X[:100, 1], X[100:200, 0] = np.nan, np.nan

    found = lmg(Moments.from_data(X, y), missing="pairwise")

    assert (found.n, found.missing) == (20, Missing.COMPLETE)


def test_pairs_that_rest_on_too_few_rows_are_not_used():
    X, y, _ = simulated(6, n=100, p=3)
    X[:48, 0], X[52:, 1] = np.nan, np.nan

    with pytest.raises(
        NotEnoughData, match=r"4 complete rows of 100 for 3 drivers; 5 are the least\. Leave out what few answered\.$"
    ):
        lmg(Moments.from_data(X, y), missing="pairwise")


def test_auto_takes_pairs_only_where_fewer_than_half_of_the_rows_are_complete():
    X, y, _ = simulated(6, n=200)
    few, many = X.copy(), X.copy()
    few[:100, 0], many[:101, 0] = np.nan, np.nan

    assert lmg(Moments.from_data(few, y), missing="auto").missing is Missing.COMPLETE
    assert lmg(Moments.from_data(many, y), missing="auto").missing is Missing.PAIRWISE


def test_too_few_complete_rows_point_to_pairwise():
    X, y, _ = simulated(6)
    X[:55, 0] = np.nan

    with pytest.raises(NotEnoughData, match="missing='pairwise'"):
        lmg(Moments.from_data(X, y))


def test_a_result_reads_as_a_ranked_table():
    assert str(lmg(swiss())).splitlines()[:2] == [
        "R² 0.706735 (lmg, n = 47, 0 rows left out)",
        "Education         0.260135   36.8 %",
    ]
