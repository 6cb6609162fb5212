"""When did the level change? Changepoints of the mean, and the season that must not be taken for one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import ruptures
from scipy.special import stdtrit
from statsmodels.tsa.seasonal import STL

from kithkin.analysis.control.charts import D2
from kithkin.analysis.errors import BadParameter, BadShape, Degenerate, EmptyInput, NotEnoughData
from kithkin.analysis.inputs import Numbers, numbers
from kithkin.analysis.metrics.intervals import check_confidence
from kithkin.analysis.results import Estimate, Result


@dataclass(frozen=True, kw_only=True)
class Segment(Estimate):
    """The mean of a stretch of one level, from the point labelled `first` to the one labelled `last`."""

    first: Any
    last: Any

    def __str__(self) -> str:
        return f"{self.first} to {self.last}: mean {self.value:.6g} [{self.low:.6g}, {self.high:.6g}], n = {self.n:,}"


@dataclass(frozen=True)
class Changepoints(Result):
    """The stretches, and the changes between them: `changes` holds the label of the last point before each.

    `positions` counts from 0 and gives the first point after each change. `penalty` is what a change had to save.
    """

    segments: tuple[Segment, ...]
    changes: tuple[Any, ...]
    positions: tuple[int, ...]
    penalty: float
    n: int

    def __str__(self) -> str:
        found = ", ".join(str(change) for change in self.changes)
        head = f"Level changed after {found}" if self.changes else "No change of level"
        return "\n".join([f"{head} (n = {self.n:,})", *map(str, self.segments)])


@dataclass(frozen=True)
class Deseasonalised(Result):
    """The series without its season, and the season and trend taken apart. `n` points."""

    adjusted: tuple[float, ...]
    season: tuple[float, ...]
    trend: tuple[float, ...]
    period: int
    n: int

    def __str__(self) -> str:
        reach = max(self.season) - min(self.season)
        return f"Season of period {self.period} over n = {self.n:,} points: highest − lowest {reach:.4g}"


def changepoints(
    values: Any,
    labels: Sequence[Any] | None = None,
    *,
    penalty: float | None = None,
    min_size: int = 2,
    confidence: float = 0.95,
) -> Changepoints:
    """Changes of the mean of a series in order of time: PELT (Killick, Fearnhead, Eckley 2012), squared error.

    Every position is a candidate (`jump=1`). A change must save more than `penalty` squared error; by default
    σ²·max(3·ln n, 10.5): the modified BIC of Zhang and Siegmund (2007), with a floor for series below 33 points, so
    that of 100 stable series fewer than 5 seem to change. σ = mR̄/1.128, from the differences of neighbours, which
    hardly see a change of level. Intervals of the means are Student's, with the spread pooled over stretches; they are
    too narrow by the freedom to choose where to cut.

    Assumes independent points of equal spread: a trend, a season (see `deseasonalised`) or autocorrelation is taken for
    changes. Raises EmptyInput, NotEnoughData (fewer than 2·min_size points), Degenerate (all equal), BadShape (missing
    points, labels of another length), BadParameter, NotNumeric, NotFinite.

    >>> print(changepoints([5, 6, 5, 6, 5, 9, 10, 9, 10, 9], range(2001, 2011)))
    Level changed after 2005 (n = 10)
    2001 to 2005: mean 5.4 [4.83514, 5.96486], n = 5
    2006 to 2010: mean 9.4 [8.83514, 9.96486], n = 5
    """
    check_confidence(confidence)
    series = _unbroken(values, 2 * min_size)
    names = list(range(series.size)) if labels is None else list(labels)
    if len(names) != series.size:
        raise BadShape(f"labels: {len(names)} for {series.size} values. Give one label per value.")
    if min_size < 1 or (penalty is not None and not 0 < penalty < math.inf):
        raise BadParameter("min_size must be at least 1 and penalty above 0.")
    noise = _noise(series)
    cost = noise**2 * max(3 * math.log(series.size), 10.5) if penalty is None else penalty
    centred = series - series.mean()
    search = ruptures.KernelCPD(kernel="linear", min_size=min_size, jump=1).fit(centred)
    ends = [int(end) for end in search.predict(pen=cost)]
    starts = [0, *ends[:-1]]
    return Changepoints(
        segments=_segments(series, names, list(zip(starts, ends, strict=True)), noise, confidence),
        changes=tuple(names[start - 1] for start in starts[1:]),
        positions=tuple(starts[1:]),
        penalty=cost,
        n=series.size,
    )


def deseasonalised(values: Any, period: int) -> Deseasonalised:
    """The series minus its season, by robust STL (Cleveland and others 1990). Season in the unit of the values.

    Raises NotEnoughData for fewer than two full periods, BadParameter for a period below 2, BadShape for missing
    points, EmptyInput, NotNumeric, NotFinite.

    >>> print(deseasonalised([1, 5, 3, 1, 5, 3, 1, 5, 3], period=3))
    Season of period 3 over n = 9 points: highest − lowest 4
    """
    if period != int(period) or period < 2:
        raise BadParameter(f"period: must be a whole number, 2 or more, got {period}.")
    series = _unbroken(values, 2 * int(period))
    parts = STL(series, period=int(period), robust=True).fit()
    return Deseasonalised(
        adjusted=tuple((series - parts.seasonal).tolist()),
        season=tuple(parts.seasonal.tolist()),
        trend=tuple(parts.trend.tolist()),
        period=int(period),
        n=series.size,
    )


def _unbroken(values: Any, least: int) -> Numbers:
    series = numbers(values, "values")
    if not series.size or np.isnan(series).all():
        raise EmptyInput("values: none is left; all are missing, or none was given.")
    if np.isnan(series).any():
        raise BadShape(f"values: {int(np.isnan(series).sum())} missing. Give an unbroken series, or a shorter one.")
    if series.size < least:
        raise NotEnoughData(f"values: {series.size} given, at least {least} are needed.")
    return series


def _noise(series: Numbers) -> float:
    steps = np.abs(np.diff(series))
    if not steps.any():
        raise Degenerate("values: all are equal, so there is nothing to tell a change from.")
    return float(steps.mean()) / D2


def _segments(
    series: Numbers, names: list[Any], spans: list[tuple[int, int]], noise: float, confidence: float
) -> tuple[Segment, ...]:
    means = [float(series[start:end].mean()) for start, end in spans]
    residual = sum(float(((series[a:b] - mean) ** 2).sum()) for (a, b), mean in zip(spans, means, strict=True))
    df = max(series.size - len(spans), 1)
    spread = math.sqrt(residual / df) or noise
    t = float(stdtrit(df, 0.5 + confidence / 2))
    return tuple(
        Segment(
            mean,
            mean - t * spread / math.sqrt(end - start),
            mean + t * spread / math.sqrt(end - start),
            end - start,
            float(end - start),
            confidence,
            first=names[start],
            last=names[end - 1],
        )
        for (start, end), mean in zip(spans, means, strict=True)
    )
