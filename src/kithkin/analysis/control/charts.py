"""Control charts: is the process doing what it always did? XmR for figures, p and Laney p′ for shares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from kithkin.analysis.control.rules import ZONES, Rule, Signal, runs_rules
from kithkin.analysis.errors import BadParameter, BadShape, Degenerate, EmptyInput, NotEnoughData
from kithkin.analysis.inputs import Numbers, numbers
from kithkin.analysis.results import Result

SETTLED = 20
"""Limits from fewer points than this are provisional (Wheeler 1992 counts 17 to 20 as enough)."""

D2 = 1.128
"""Mean range of two normal values, in sigmas."""


@dataclass(frozen=True)
class XmRChart(Result):
    """Individual values with limits, and their moving ranges with theirs. `n` points; `provisional` below 20."""

    values: tuple[float, ...]
    centre: float
    lower: float
    upper: float
    moving_ranges: tuple[float, ...]
    mean_moving_range: float
    moving_range_limit: float
    signals: tuple[Signal, ...]
    n: int
    provisional: bool

    def __str__(self) -> str:
        head = f"XmR chart: centre {self.centre:.4g}, limits {self.lower:.4g} to {self.upper:.4g}, "
        return head + f"moving range up to {self.moving_range_limit:.4g}, " + _told(self.n, self.signals)


@dataclass(frozen=True)
class PChart(Result):
    """Shares with limits that follow their sizes. `sigma_z` is 1 for a p chart, Laney's factor for p′."""

    values: tuple[float, ...]
    sizes: tuple[int, ...]
    centre: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    sigma_z: float
    signals: tuple[Signal, ...]
    n: int
    provisional: bool

    def __str__(self) -> str:
        kind = "p chart" if self.sigma_z == 1 else f"Laney p′ chart (σz {self.sigma_z:.3g})"
        return f"{kind}: centre {self.centre:.1%} of {sum(self.sizes):,}, " + _told(self.n, self.signals)


def xmr(values: Any, rules: Iterable[Rule] = ZONES) -> XmRChart:
    """XmR chart of single values in order of time (Wheeler 1992): centre ± 2.66·mR̄, moving ranges up to 3.268·mR̄.

    mR̄ is the mean absolute difference of neighbours. Missing values are left out, and no range is taken across the
    gap. Assumes one process without trend or season, and little autocorrelation (which narrows the limits).

    Raises EmptyInput, NotEnoughData (no two neighbours), Degenerate (all ranges zero: limits of no width would call
    anything a signal), NotNumeric, NotFinite.

    >>> print(xmr([10, 50, 40, 30]))
    XmR chart: centre 32.5, limits -20.7 to 85.7, moving range up to 65.36, n = 4 (provisional), no signal
    """
    series = numbers(values, "values")
    points = series[~np.isnan(series)]
    if not points.size:
        raise EmptyInput("values: none is left; all are missing, or none was given.")
    ranges = np.abs(np.diff(series))
    ranges = ranges[~np.isnan(ranges)]
    if not ranges.size:
        raise NotEnoughData("values: no two neighbours, so there is no moving range. At least two are needed.")
    centre, mean_range = float(points.mean()), float(ranges.mean())
    if mean_range == 0:
        raise Degenerate("values: neighbours never differ, so no limits can be drawn.")
    reach = 2.66 * mean_range
    return XmRChart(
        values=tuple(points.tolist()),
        centre=centre,
        lower=centre - reach,
        upper=centre + reach,
        moving_ranges=tuple(ranges.tolist()),
        mean_moving_range=mean_range,
        moving_range_limit=3.268 * mean_range,
        signals=runs_rules(3 * (points - centre) / reach, rules),
        n=points.size,
        provisional=points.size < SETTLED,
    )


def p_chart(counts: Any, sizes: Any, rules: Iterable[Rule] = ZONES) -> PChart:
    """p chart (Shewhart 1931) of counts out of sizes: p̄ ± 3·√(p̄(1 − p̄)/nᵢ), cut at 0 and 1.

    Assumes that one share holds throughout and that cases are independent; large sizes break this and make every
    point a signal: then use `laney_p`. Entries with a missing count or size are left out.

    Raises EmptyInput, BadShape (lengths), BadParameter (counts that are no part of their sizes), NotEnoughData (one
    point), Degenerate (all shares 0 or all 1), NotNumeric, NotFinite.

    >>> print(p_chart([3, 5, 4, 12], [100, 100, 100, 100]))
    p chart: centre 6.0% of 400, n = 4 (provisional), no signal
    """
    return _shares(*_counted(counts, sizes), 1.0, rules)


def laney_p(counts: Any, sizes: Any, rules: Iterable[Rule] = ZONES) -> PChart:
    """Laney's (2002) p′ chart: p̄ ± 3·σᵢ·σz, σᵢ = √(p̄(1 − p̄)/nᵢ), σz = mean|Δz|/1.128 of z = (pᵢ − p̄)/σᵢ.

    For large sizes, where shares vary more (or less) from point to point than the binomial allows. Input and errors as
    `p_chart`; also Degenerate where no z differs from its neighbour.

    >>> round(laney_p([300, 520, 410, 480], [9000, 10000, 9500, 9900]).sigma_z, 2)
    4.61
    """
    held, of = _counted(counts, sizes)
    centre = held.sum() / of.sum()
    z = (held / of - centre) / np.sqrt(centre * (1 - centre) / of)
    sigma_z = float(np.abs(np.diff(z)).mean() / D2)
    if sigma_z < 1e-12:
        raise Degenerate("counts: the shares never differ from one point to the next, so no limits can be drawn.")
    return _shares(held, of, sigma_z, rules)


def _shares(held: Numbers, of: Numbers, sigma_z: float, rules: Iterable[Rule]) -> PChart:
    centre = float(held.sum() / of.sum())
    sigma = sigma_z * np.sqrt(centre * (1 - centre) / of)
    values = held / of
    return PChart(
        values=tuple(values.tolist()),
        sizes=tuple(int(size) for size in of),
        centre=centre,
        lower=tuple(np.maximum(centre - 3 * sigma, 0).tolist()),
        upper=tuple(np.minimum(centre + 3 * sigma, 1).tolist()),
        sigma_z=sigma_z,
        signals=runs_rules((values - centre) / sigma, rules),
        n=values.size,
        provisional=values.size < SETTLED,
    )


def _counted(counts: Any, sizes: Any) -> tuple[Numbers, Numbers]:
    held, of = numbers(counts, "counts"), numbers(sizes, "sizes")
    if held.size != of.size:
        raise BadShape(f"sizes: {of.size} for {held.size} counts. Give one size per count.")
    given = ~np.isnan(held) & ~np.isnan(of)
    held, of = held[given], of[given]
    if not held.size:
        raise EmptyInput("counts: none is left; all are missing, or none was given.")
    whole = (held == np.floor(held)) & (of == np.floor(of))
    wrong = ~whole | (held < 0) | (of < 1) | (held > of)
    if wrong.any():
        raise BadParameter(f"counts: {int(wrong.sum())} are no whole number from 0 to their size.")
    if held.size < 2:
        raise NotEnoughData("counts: one point draws no chart. At least two are needed.")
    if held.sum() in (0, of.sum()):
        raise Degenerate("counts: every share is the same 0 or 1, so no limits can be drawn.")
    return held, of


def _told(n: int, signals: tuple[Signal, ...]) -> str:
    provisional = " (provisional)" if n < SETTLED else ""
    if not signals:
        return f"n = {n:,}{provisional}, no signal"
    lines = [f"- point {signal.position + 1}: {signal.sentence}" for signal in signals]
    return "\n".join([f"n = {n:,}{provisional}, {len(signals)} signal(s)", *lines])
