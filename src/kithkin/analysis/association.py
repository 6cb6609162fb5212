"""How far two figures of the same units go together in one period: a correlation, which says nothing of cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import stats

from kithkin.analysis.errors import BadShape, Degenerate, NotEnoughData
from kithkin.analysis.inputs import Numbers, numbers
from kithkin.analysis.metrics.intervals import normal_quantile
from kithkin.analysis.metrics.several import holm
from kithkin.analysis.results import Result

LEAST = 4
"""Units below which Fisher's interval has no width."""
LEAST_SPREAD, ROUNDING = 1e-12, 1e-14


@dataclass(frozen=True)
class Association(Result):
    """Pearson's r with its interval, over `n` units in which both figures are known.

    `slope` and `intercept` are those of the line of least squares, `p` is two-sided against r = 0. `told` holds where
    r differs from nothing, corrected for how many were looked at, and the interval leaves out nothing as well.
    """

    r: float
    low: float
    high: float
    n: int
    p: float
    slope: float
    intercept: float
    told: bool
    confidence: float = 0.95


def association(x: Any, y: Any, *, confidence: float = 0.95) -> Association:
    """Pearson's correlation of two figures of the same units, with Fisher's interval.

        r = Σ(x − x̄)(y − ȳ) / √(Σ(x − x̄)² Σ(y − ȳ)²),   interval: tanh(artanh r ± z / √(n − 3))

    (Fisher 1921, Metron 1). A unit in which either is missing is left out. Assumes that units are independent of one
    another and that both figures are roughly normal; noise in either pulls r towards nothing. Units are compared with
    one another, so whatever they differ in is in it: it is no effect of one on the other.

    Raises BadShape for columns of other lengths, NotEnoughData below four units, Degenerate where one never varies.

    >>> found = association([1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5])
    >>> f"r = {found.r:.2f} ({found.low:.2f} to {found.high:.2f}), n = {found.n}"
    'r = 0.83 (0.06 to 0.98), n = 6'
    """
    first, second = _both(x, y)
    n = first.size
    if n < LEAST:
        raise NotEnoughData(f"correlation: {n} units have both figures; {LEAST} are the least. Give more units.")
    dx, dy = first - first.mean(), second - second.mean()
    xx, yy = float(dx @ dx), float(dy @ dy)
    for name, spread, values in (("first", xx, first), ("second", yy, second)):
        if spread <= LEAST_SPREAD * n * max(1.0, float(np.abs(values).max()) ** 2):
            raise Degenerate(f"correlation: the {name} figure is the same in all {n:,} units. Choose another.")
    xy = float(dx @ dy)
    r = _within_one(xy / float(np.sqrt(xx) * np.sqrt(yy)))
    low, high = _interval(r, n, confidence)
    p = _p(r, n)
    slope = xy / xx
    return Association(
        r,
        low,
        high,
        n,
        p,
        slope,
        float(second.mean() - slope * first.mean()),
        _told(p, low, high, confidence),
        confidence,
    )


def associations(pairs: Mapping[Any, tuple[Any, Any]], *, confidence: float = 0.95) -> dict[Any, Association | None]:
    """Of each pair its association; None where too little is known. `told` holds after Holm's correction over all."""
    found: dict[Any, Association | None] = {}
    for key, (x, y) in pairs.items():
        try:
            found[key] = association(x, y, confidence=confidence)
        except (NotEnoughData, Degenerate):
            found[key] = None
    known = [key for key, one in found.items() if one is not None]
    corrected = holm(np.array([one.p for one in found.values() if one is not None]))
    for key, p in zip(known, corrected, strict=True):
        one = found[key]
        assert one is not None
        found[key] = replace(one, told=_told(float(p), one.low, one.high, confidence))
    return found


def _both(x: Any, y: Any) -> tuple[Numbers, Numbers]:
    first, second = numbers(x, "first"), numbers(y, "second")
    if first.size != second.size:
        raise BadShape(f"correlation: {first.size:,} and {second.size:,} units. Give both figures of the same units.")
    known = np.isfinite(first) & np.isfinite(second)
    return first[known], second[known]


def _told(p: float, low: float, high: float, confidence: float) -> bool:
    """By both: with four or five units Student's t and Fisher's interval can disagree."""
    return p <= 1 - confidence and low * high > 0


def _within_one(r: float) -> float:
    """What rounding leaves beside a perfect line is one."""
    return float(np.sign(r)) if abs(r) > 1 - ROUNDING else r


def _interval(r: float, n: int, confidence: float) -> tuple[float, float]:
    if abs(r) >= 1:
        return r, r
    reach = normal_quantile(confidence) / np.sqrt(n - 3)
    return float(np.tanh(np.arctanh(r) - reach)), float(np.tanh(np.arctanh(r) + reach))


def _p(r: float, n: int) -> float:
    if abs(r) >= 1:
        return 0.0
    t = r * np.sqrt((n - 2) / (1 - r * r))
    return float(2 * stats.t.sf(abs(t), n - 2))
