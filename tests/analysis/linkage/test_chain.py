"""The chain on companies whose truth is known, and against a regression on dummies."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kithkin.analysis.errors import BadShape
from kithkin.analysis.linkage.chain import Arrow, Scale, Series, Told, aligned, arrow, judged
from kithkin.demo.company import simulate


def frame(values, first=1, **more):
    unit, period = np.indices(values.shape).reshape(2, -1)
    return pd.DataFrame({"unit": unit, "period": period + first, "score": values.ravel(), **more})


def company(seed):
    made = simulate(seed=seed, periods=24)
    table = made.revenue.to_pandas()
    cells = table[["unit", "period"]]
    return (
        Series("NPS", made.outcomes.to_pandas()),
        Series("Revenue", cells.assign(score=table["revenue"]), Scale.RELATIVE),
        Series("Retention", cells.assign(score=table["retention"]), Scale.SHARE),
    )


def test_the_effect_is_that_of_a_regression_on_dummies():
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(12, 9)), rng.normal(size=(12, 9))
    dummies = np.hstack([np.kron(np.eye(12), np.ones((8, 1))), np.kron(np.ones((12, 1)), np.eye(8))])
    design = np.column_stack([x[:, :-1].ravel(), dummies])
    expected = np.linalg.lstsq(design, y[:, 1:].ravel(), rcond=None)[0][0]
    found = arrow(Series("a", frame(x)), Series("b", frame(y)))
    assert found.effect == pytest.approx(expected, rel=1e-6)
    assert (found.n, found.units, found.periods) == (96, 12, 8)


def test_revenue_follows_nps_by_two_tenths_of_a_per_cent_a_point():
    found = [arrow(*company(seed)[:2]) for seed in range(8)]
    assert np.mean([one.effect for one in found]) == pytest.approx(100 * np.expm1(0.002), rel=0.08)
    assert sum(one.low <= 0.2002 <= one.high for one in found) >= 6
    assert {one.told for one in judged(found)} == {Told.UP}


def test_retention_follows_nps_by_its_logit():
    nps, _revenue, retention = company(3)
    mean = retention.table["score"].mean()
    found = arrow(nps, retention)
    assert found.low <= 1.2 * mean * (1 - mean) <= found.high


def test_without_the_noise_of_the_score_taken_out_the_effect_would_be_too_small():
    nps, revenue, _retention = company(3)
    plain = arrow(Series("NPS", nps.table.drop(columns=["sd"])), revenue)
    assert plain.effect < 0.8 * arrow(nps, revenue).effect


def test_figures_that_have_nothing_to_do_with_one_another_stay_open():
    told = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        pair = (frame(rng.normal(size=(12, 12))), frame(rng.normal(size=(12, 12))))
        told += judged([arrow(Series("a", pair[0]), Series("b", pair[1]), draws=300)])
    assert sum(one.told is not Told.OPEN for one in told) <= 5


def test_what_is_constant_in_a_unit_or_moves_all_units_is_no_effect():
    rng = np.random.default_rng(2)
    noise = rng.normal(size=(15, 10))
    place, season = 50 * rng.normal(size=(15, 1)), 50 * rng.normal(size=(1, 10))
    bare = arrow(Series("a", frame(noise)), Series("b", frame(noise * 2)), lag=0)
    moved = arrow(Series("a", frame(noise + place + season)), Series("b", frame(noise * 2 - place + season)), lag=0)
    assert (bare.effect, moved.effect) == (pytest.approx(2.0), pytest.approx(2.0))


def test_few_units_say_too_little():
    values = np.random.default_rng(0).normal(size=(5, 20))
    found = arrow(Series("a", frame(values)), Series("b", frame(values)))
    assert (found.told, found.units, found.effect) == (Told.TOO_LITTLE, 5, None)


def test_a_score_that_is_all_noise_says_nothing():
    values = np.random.default_rng(0).normal(size=(12, 12))
    noisy = frame(values, n=4, sd=2.0)
    assert arrow(Series("a", noisy), Series("b", frame(values))).told is Told.NOISY


@pytest.mark.parametrize("still", [0, 1])
def test_a_figure_that_never_moves_is_not_called_too_few_units(still):
    values = [np.random.default_rng(0).normal(size=(12, 12)) for _end in range(2)]
    values[still] = np.full((12, 12), 3.0)
    found = arrow(*(Series(name, frame(one)) for name, one in zip("ab", values, strict=True)))
    assert (found.told, found.units, found.n, found.effect) == (Told.NOISY, 12, 132, None)


def test_nothing_at_all_says_too_little():
    empty = frame(np.empty((0, 0)))
    assert arrow(Series("a", empty), Series("b", empty)) == Arrow(Told.TOO_LITTLE, 1, 0, 0, 0)


def test_the_rarer_figure_gives_the_periods():
    months = pd.DataFrame(
        {"unit": "u", "period": [f"2026-{m:02d}" for m in range(1, 13)], "score": range(12), "n": 1.0}
    )
    quarters = pd.DataFrame({"unit": "u", "period": ["2026-06", "2026-09", "2026-12"], "score": [1.0, 2.0, 3.0]})
    first, second = aligned(months, quarters)
    assert first[["period", "score"]].to_numpy().tolist() == [["2026-06", 4.0], ["2026-09", 7.0], ["2026-12", 10.0]]
    assert first["n"].tolist() == [3.0, 3.0, 3.0]
    assert second is quarters
    assert aligned(quarters, months)[1].equals(first)


def test_averaging_over_periods_keeps_the_noise_of_the_average():
    months = pd.DataFrame(
        {"unit": "u", "period": ["1", "2", "3", "4"], "score": [1.0, 3.0, 5.0, 7.0], "n": 10.0, "sd": 2.0}
    )
    rare = pd.DataFrame({"unit": "u", "period": ["4"], "score": [0.0]})
    gathered = aligned(months, rare)[0].iloc[0]
    assert (gathered["score"], gathered["n"], gathered["sd"]) == (4.0, 40.0, 2.0)


@pytest.mark.parametrize(("scale", "value"), [(Scale.RELATIVE, 0.0), (Scale.SHARE, 1.5)])
def test_a_figure_that_does_not_fit_its_scale_is_refused(scale, value):
    values = np.random.default_rng(0).normal(size=(10, 10))
    with pytest.raises(BadShape):
        arrow(Series("a", frame(values)), Series("b", frame(np.full((10, 10), value)), scale))


def test_of_several_arrows_those_that_hold_together_are_told():
    strong = Arrow(Told.OPEN, 1, 9, 9, 81, effect=1.0, low=0.5, high=1.5, p=0.01)
    weak = Arrow(Told.OPEN, 1, 9, 9, 81, effect=-1.0, low=-1.5, high=-0.5, p=0.03)
    assert [one.told for one in judged([weak, strong, weak])] == [Told.OPEN, Told.UP, Told.OPEN]
    assert [one.told for one in judged([weak])] == [Told.DOWN]


def test_a_step_of_a_relative_figure_is_a_per_cent_and_of_a_share_a_point():
    rng = np.random.default_rng(4)
    change = rng.normal(size=(12, 10))
    grown = arrow(Series("a", frame(np.exp(change / 100)), Scale.RELATIVE), Series("b", frame(change)), lag=0)
    shared = arrow(Series("a", frame(0.5 + change / 100), Scale.SHARE), Series("b", frame(change)), lag=0)
    assert (grown.effect, shared.effect) == (pytest.approx(1.0), pytest.approx(1.0))
