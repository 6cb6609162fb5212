"""Raking: a naive table-fitting twin, trimming that holds, and what cannot be raked."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithkin.analysis.errors import BadParameter, BadShape, BadWeights, EmptyInput, NotEnoughData
from kithkin.analysis.weighting import deff, rake


def survey(seed, n=300):
    rng = np.random.default_rng(seed)
    return {
        "sex": rng.choice(["f", "m"], n, p=[0.3, 0.7]),
        "age": rng.choice(["young", "middle", "old"], n, p=[0.2, 0.5, 0.3]),
    }


TARGETS = {"sex": {"f": 0.51, "m": 0.49}, "age": {"young": 30, "middle": 40, "old": 30}}


def naive_table(sample, start):
    """Iterative proportional fitting of the two-way table, cell by cell."""
    table = {}
    for sex, age, weight in zip(sample["sex"], sample["age"], start, strict=True):
        table[sex, age] = table.get((sex, age), 0) + weight
    before = dict(table)
    for _ in range(500):
        for axis, column in enumerate(TARGETS):
            whole = sum(TARGETS[column].values())
            for category, share in TARGETS[column].items():
                now = sum(v for k, v in table.items() if k[axis] == category)
                everybody = sum(start)
                for key in table:
                    if key[axis] == category:
                        table[key] *= share / whole * everybody / now
    return {key: table[key] / before[key] for key in table}


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.booleans())
def test_weights_equal_a_naive_fitting_of_the_table(seed, weighted):
    sample = survey(seed)
    start = np.random.default_rng(seed).uniform(0.5, 2, 300) if weighted else np.ones(300)
    raked = rake(sample, TARGETS, weights=start, tolerance=1e-10)
    factor = naive_table(sample, start)
    expected = np.array([w * factor[s, a] for w, s, a in zip(start, sample["sex"], sample["age"], strict=True)])
    assert raked.converged is True
    assert np.array(raked.weights) == pytest.approx(expected / expected.mean(), rel=1e-6)


def test_margins_are_met_and_reported_before_and_after():
    sample = survey(1)
    raked = rake(sample, TARGETS)
    young = next(margin for margin in raked.margins if margin.category == "young")
    assert (young.target, young.after, young.n) == (0.3, pytest.approx(0.3, abs=1e-6), (sample["age"] == "young").sum())
    assert young.before == young.n / 300
    assert np.mean(raked.weights) == pytest.approx(1)
    assert raked.worst_gap <= 1e-6


def test_precision_lost_is_kishs_design_effect():
    raked = rake(survey(1), TARGETS)
    w = np.array(raked.weights)
    assert raked.deff == pytest.approx(300 * (w**2).sum() / w.sum() ** 2)
    assert raked.n_effective == pytest.approx(w.sum() ** 2 / (w**2).sum())


def test_trimmed_weights_keep_their_bounds_and_still_meet_margins_they_can_meet():
    sample = survey(2)
    free = rake(sample, TARGETS)
    trim = 0.98 * max(free.weights)
    raked = rake(sample, TARGETS, trim=trim)
    assert raked.converged is True
    assert max(raked.weights) <= trim + 1e-9
    assert min(raked.weights) >= 1 / trim - 1e-9
    assert (free.at_bounds, raked.at_bounds) == (0, sum(weight > trim - 1e-6 for weight in raked.weights))
    assert raked.at_bounds > 0


def test_margins_out_of_reach_of_trimmed_weights_are_reported_not_hidden():
    raked = rake(survey(3), TARGETS, trim=1.2, rounds=50)
    assert (raked.converged, raked.rounds) == (False, 50)
    assert max(raked.weights) <= 1.2 + 1e-9
    assert raked.worst_gap == max(abs(margin.after - margin.target) for margin in raked.margins)
    assert f"NOT met, worst gap {raked.worst_gap:.2%}" in str(raked)


def test_margins_that_contradict_the_sample_do_not_converge():
    sample = {"a": ["x", "x", "y"], "b": ["1", "1", "2"]}
    raked = rake(sample, {"a": {"x": 0.5, "y": 0.5}, "b": {"1": 0.2, "2": 0.8}}, rounds=30)
    assert raked.converged is False
    assert raked.worst_gap == pytest.approx(0.3)


def test_a_respondent_of_weight_zero_stays_at_zero():
    raked = rake({"a": ["x", "x", "y", "y"]}, {"a": {"x": 3, "y": 1}}, weights=[1, 0, 1, 1], trim=9)
    assert raked.weights == pytest.approx((2.25, 0, 0.375, 0.375))
    assert raked.at_bounds == 0


def test_frames_arrow_tables_and_mappings_rake_alike():
    sample = survey(4)
    frame = pd.DataFrame(sample)
    assert rake(frame, TARGETS) == rake(pa.Table.from_pandas(frame), TARGETS) == rake(sample, TARGETS)


@pytest.mark.parametrize(
    ("error", "sample", "targets", "options"),
    [
        (EmptyInput, {"a": []}, {"a": {"x": 1}}, {}),
        (BadShape, {"a": ["x"]}, {"b": {"x": 1}}, {}),
        (BadShape, {"a": ["x", None]}, {"a": {"x": 1}}, {}),
        (BadParameter, {"a": ["x"]}, {}, {}),
        (BadParameter, {"a": ["x", "z"]}, {"a": {"x": 1}}, {}),
        (BadParameter, {"a": ["x", "y"]}, {"a": {"x": 1, "y": 0}}, {}),
        (BadParameter, {"a": ["x", "y"]}, {"a": {"x": 1, "y": None}}, {}),
        (BadParameter, {"a": ["1"]}, {"a": {"1": 1, 1: 1}}, {}),
        (NotEnoughData, {"a": ["x"]}, {"a": {"x": 1, "y": 1}}, {}),
        (NotEnoughData, {"a": ["x", "y"]}, {"a": {"x": 1, "y": 1}}, {"weights": [1, 0]}),
        (BadWeights, {"a": ["x", "y"]}, {"a": {"x": 1, "y": 1}}, {"weights": [0, 0]}),
        (BadWeights, {"a": ["x", "y"]}, {"a": {"x": 1, "y": 1}}, {"weights": [1]}),
        (BadParameter, {"a": ["x", "y"]}, {"a": {"x": 1, "y": 1}}, {"trim": 1}),
        (BadParameter, {"a": ["x", "y"]}, {"a": {"x": 1, "y": 1}}, {"rounds": 0}),
    ],
)
def test_samples_and_targets_that_do_not_fit_are_refused_by_their_cause(error, sample, targets, options):
    with pytest.raises(error):
        rake(sample, targets, **options)


def test_deff_of_equal_weights_is_one_and_ignores_their_size():
    assert deff([3, 3, 3]) == 1
    assert deff([1e200, 2e200]) == deff([1, 2]) == pytest.approx(10 / 9)


@pytest.mark.parametrize(
    ("error", "weights"),
    [(EmptyInput, []), (BadWeights, [0, 0]), (BadWeights, [1, -1]), (BadWeights, [1, None])],
)
def test_weights_without_a_deff_are_refused_by_their_cause(error, weights):
    with pytest.raises(error):
        deff(weights)


@pytest.mark.data
@pytest.mark.parametrize(("year", "published"), [(2017, 1.211), (2018, 1.241)])
def test_deff_of_the_airports_weights_is_the_published_one(data_folder, year, published):
    frame = pd.read_csv(data_folder / f"sfo_airport_{year}.csv", low_memory=False, encoding="latin-1")
    frame.columns = frame.columns.str.strip()
    assert round(deff(pd.to_numeric(frame["WEIGHT"], errors="coerce").dropna()), 3) == published
