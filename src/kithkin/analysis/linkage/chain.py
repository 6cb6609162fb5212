"""One arrow of the service-profit chain: what goes along with a change of one figure, one step further.

Heskett, Jones, Loveman, Sasser, Schlesinger (1994, Putting the service-profit chain to work, Harvard Business Review)
say which figures follow one another; Loveman (1998, Journal of Service Research 1) tried it on branches of a bank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from kithkin.analysis.errors import BadShape
from kithkin.analysis.linkage.effects import estimate, spread_and_reliability
from kithkin.analysis.linkage.panel import build, in_time_order
from kithkin.analysis.linkage.within import UnitMoments, sample, shifted, unit_moments
from kithkin.analysis.results import Result

DRAWS = 1_000
LEAST_UNITS, LEAST_PERIODS, LEAST_PAIRS = 8, 4, 40
LEAST_RELIABILITY = 0.2
LEVEL = 0.05
RARER = 2
"""A figure with more than so many times the periods of the other is averaged over the other's."""


class Scale(Enum):
    """How a figure moves: by so much, by so many per cent, or as a share between 0 and 1."""

    PLAIN = "plain"
    RELATIVE = "relative"
    SHARE = "share"


class Told(Enum):
    """What can be said of an arrow."""

    UP = "goes along with more"
    DOWN = "goes along with less"
    OPEN = "cannot be told"
    NOISY = "measured with too much noise"
    TOO_LITTLE = "too little was measured"


@dataclass(frozen=True)
class Series:
    """One figure per unit and period: `table` has unit, period, score and, where they are known, n and sd."""

    name: str
    table: pd.DataFrame
    scale: Scale = Scale.PLAIN


@dataclass(frozen=True)
class Arrow(Result):
    """What goes along with one more step of the first figure, `lag` periods later, in the second.

    A step is one of its own unit; of a relative one it is one per cent, of a share one point of a hundred.
    `effect`, `low`, `high` are in what the second moves by: its own unit; of a relative one per cent of it; of a share
    points of a hundred, at its mean. `standardised` with its interval is in standard deviations within units: of the
    second as measured per one of the first as it truly is. `reliability` is that of the first, within units.
    """

    told: Told
    lag: int
    units: int
    periods: int
    n: int
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    standardised: float | None = None
    standardised_low: float | None = None
    standardised_high: float | None = None
    z: float = 0.0
    p: float = 1.0
    reliability: float | None = None


def arrow(first: Series, second: Series, *, lag: int = 1, seed: int = 0, draws: int = DRAWS) -> Arrow:
    """The effect of the first figure on the second within units over time, an association.

        y_ut = a_u + c_t + β x_u,t−lag + e_ut,   β = (S_xx − Σ)⁻¹ S_xy of what is left without a_u and c_t

    Unit and period effects take out all that is constant in a unit, and all that moves every unit alike. Σ is the
    sampling variance of x (sd²/n): without it noise would pull the effect to zero (Fuller 1987, ch. 2). A relative y is
    taken in logarithms, a share in logits. The interval is that of a bootstrap over units (95 %; wild below 20 units:
    Cameron, Gelbach, Miller 2008). Where one figure is rarer in time, the other is averaged over its periods, and the
    lag counts those.

    Assumes that nothing else moved x and, a lag later, y in single units: so it is no proof of cause. Raises BadShape
    for two rows about one unit and period.

    >>> rng = np.random.default_rng(0)
    >>> x = rng.normal(20, 10, (30, 12))
    >>> y = np.exp(0.002 * np.roll(x, 1, axis=1) + 0.01 * rng.normal(size=x.shape))
    >>> unit, period = np.indices(x.shape).reshape(2, -1)
    >>> nps, revenue = (pd.DataFrame({"unit": unit, "period": period, "score": v.ravel()}) for v in (x, y))
    >>> found = arrow(Series("NPS", nps), Series("revenue", revenue, Scale.RELATIVE))
    >>> f"{found.effect:.2f} % more for each point"
    '0.20 % more for each point'
    """
    before, after = aligned(first.table, second.table)
    before, after = _stepped(before, first.scale), _moved(after, second.scale)
    if before.empty or after.empty:
        return Arrow(Told.TOO_LITTLE, lag, 0, 0, 0)
    panel = build(before.assign(link=first.name), after)
    taken = sample(panel, shifted(panel.x, lag), shifted(panel.x_variance, lag), panel.reliability)
    seen = taken.weights[0] > 0
    found = Arrow(Told.TOO_LITTLE, lag, int(seen.any(axis=1).sum()), int(seen.any(axis=0).sum()), int(seen.sum()))
    if found.units < LEAST_UNITS or found.periods < LEAST_PERIODS or found.n < LEAST_PAIRS:
        return found
    return _estimated(found, unit_moments(taken), second, draws=draws, seed=seed)


def _estimated(found: Arrow, moments: UnitMoments, second: Series, *, draws: int, seed: int) -> Arrow:
    spread, reliability = spread_and_reliability(moments)
    outside = float(np.sqrt(moments.yy.sum() / max(moments.yy_weight.sum(), np.finfo(float).tiny)))
    if not (spread[0] > 0 and outside > 0):
        return replace(found, told=Told.NOISY)
    if reliability[0] < LEAST_RELIABILITY:
        return replace(found, told=Told.NOISY, reliability=max(float(reliability[0]), 0.0))
    effects = estimate(moments, np.ones((1, 1), dtype=bool), draws=draws, rng=np.random.default_rng(seed))
    beta = float(effects.beta[0])
    low, high = (float(end) for end in np.quantile(effects.draws[:, 0], [LEVEL / 2, 1 - LEVEL / 2]))
    units = max(found.units - 1, 1)
    per = float(spread[0] * np.sqrt(reliability[0]) / outside)
    into = _units_of(second)
    return replace(
        found,
        told=Told.OPEN,
        effect=into(beta), low=into(low), high=into(high),
        standardised=beta * per, standardised_low=low * per, standardised_high=high * per,
        z=float(effects.z[0]),
        p=float(2 * stats.t.sf(abs(effects.z[0]), units)),
        reliability=float(reliability[0]),
    )  # fmt: skip


def _units_of(second: Series) -> Any:
    """From a coefficient to what people read it in."""
    if second.scale is Scale.RELATIVE:
        return lambda value: float(100 * np.expm1(value))
    if second.scale is Scale.SHARE:
        mean = float(second.table["score"].mean())
        return lambda value: float(100 * value * mean * (1 - mean))
    return float


def judged(arrows: Sequence[Arrow]) -> list[Arrow]:
    """Which of several arrows can be told: Holm over all that were estimated, and an interval without zero."""
    order = sorted((place for place, one in enumerate(arrows) if one.effect is not None), key=lambda p: arrows[p].p)
    said, holding = list(arrows), True
    for rank, place in enumerate(order):
        one = arrows[place]
        holding = holding and one.p * (len(order) - rank) <= LEVEL
        apart = one.low is not None and one.high is not None and one.low * one.high > 0
        if holding and apart:
            said[place] = replace(one, told=Told.UP if (one.effect or 0.0) > 0 else Told.DOWN)
    return said


def aligned(first: pd.DataFrame, second: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both with the periods of the rarer one: a period is that of the first rarer one that has not ended before it.

    Scores are averaged by n where it is known; what lies farther before the first rare period than two of them lie
    apart is left out.
    """
    mine, theirs = _periods(first), _periods(second)
    if len(mine) > RARER * len(theirs) > 0:
        return _gathered(first, theirs), second
    if len(theirs) > RARER * len(mine) > 0:
        return first, _gathered(second, mine)
    return first, second


def _periods(table: pd.DataFrame) -> tuple[str, ...]:
    return in_time_order(set(table["period"].astype(str))) if len(table) else ()


def _gathered(table: pd.DataFrame, rare: Sequence[str]) -> pd.DataFrame:
    every = in_time_order(set(table["period"].astype(str)) | set(rare))
    places = {period: place for place, period in enumerate(every)}
    ends = [places[period] for period in rare]
    apart = int(np.median(np.diff(ends))) if len(ends) > 1 else len(every)
    into = {}
    for period, place in places.items():
        following = next((end for end in ends if end >= place), None)
        if following is not None and following - place < apart:
            into[period] = every[following]
    rows = table.assign(period=table["period"].astype(str).map(into)).dropna(subset=["period"])
    weight = rows["n"].astype(float).where(rows["n"] > 0, 1.0) if "n" in rows else pd.Series(1.0, rows.index)
    variance = rows["sd"].astype(float) ** 2 if "sd" in rows else pd.Series(np.nan, rows.index)
    rows = rows.assign(w=weight, wx=weight * rows["score"], wv=weight * variance)
    groups = rows.groupby(["unit", "period"], as_index=False, sort=True)
    summed = groups[["w", "wx"]].sum().assign(wv=groups["wv"].sum(min_count=1)["wv"])
    gathered = summed.assign(score=summed["wx"] / summed["w"], n=summed["w"], sd=np.sqrt(summed["wv"] / summed["w"]))
    return gathered[["unit", "period", "score", *(["n"] if "n" in table else []), *(["sd"] if "sd" in table else [])]]


def _stepped(table: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """The first figure in its steps."""
    if scale is Scale.PLAIN or table.empty:
        return table
    if scale is Scale.RELATIVE:
        moved = _moved(table, scale)
        return moved.assign(score=100 * moved["score"])
    kept = table.assign(score=100 * table["score"].astype(float))
    return kept.assign(sd=100 * kept["sd"].astype(float)) if "sd" in kept else kept


def _moved(table: pd.DataFrame, scale: Scale) -> pd.DataFrame:
    """The figure in what it moves by. Raises BadShape where it does not fit its scale."""
    if scale is Scale.PLAIN or table.empty:
        return table
    score = table["score"].astype(float)
    if (score <= 0).any() and scale is Scale.RELATIVE:
        raise BadShape("score: a figure that moves by per cent has to be above zero everywhere. Take it plain.")
    if ((score < 0) | (score > 1)).any() and scale is Scale.SHARE:
        raise BadShape("score: a share has to lie between 0 and 1. Take it plain.")
    if scale is Scale.RELATIVE:
        return table.assign(score=np.log(score)).drop(columns=["sd"], errors="ignore")
    n = table["n"].astype(float).fillna(200.0) if "n" in table else 200.0
    inside = (score * n + 0.5) / (n + 1.0)  # so that 0 and 1 have a logit, too
    return table.assign(score=np.log(inside / (1 - inside))).drop(columns=["sd"], errors="ignore")
