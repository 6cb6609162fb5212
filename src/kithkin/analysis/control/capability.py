"""Is the process good enough? Defects per million, sigma levels, Cp and Cpk."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import chdtri, ndtr, ndtri

from kithkin.analysis.errors import BadParameter, Degenerate, EmptyInput, NotEnoughData, NotFinite
from kithkin.analysis.inputs import Numbers, numbers
from kithkin.analysis.metrics.intervals import check_confidence, normal_quantile, wilson
from kithkin.analysis.results import Estimate

SHIFT = 1.5
"""By how many sigmas a process is held to drift in the long run (Six Sigma's convention)."""


@dataclass(frozen=True, kw_only=True)
class DefectRate(Estimate):
    """Defects per million opportunities; `n` counts opportunities.

    `sigma` is the level with the 1.5 shift and `sigma_low` that of the upper end of the interval; None where no finite
    level exists (no defect, or nothing but defects).
    """

    defects: int
    sigma: float | None
    sigma_low: float | None

    def __str__(self) -> str:
        level = f"{self.sigma:.2f}" if self.sigma is not None else "cannot be told"
        return f"DPMO {self.value:,.1f} [{self.low:,.1f}, {self.high:,.1f}], n = {self.n:,}, sigma level {level}"


@dataclass(frozen=True, kw_only=True)
class Capability(Estimate):
    """Cp or Cpk of `n` values against their specification limits."""

    index: str
    lower: float | None
    upper: float | None

    def __str__(self) -> str:
        return f"{self.index} {self.value:.2f} [{self.low:.2f}, {self.high:.2f}], n = {self.n:,}"


def dpmo(defects: int, units: int, opportunities: int = 1, confidence: float = 0.95) -> DefectRate:
    """Defects per million opportunities, 10⁶·d/(units·opportunities), with Wilson's (1927) interval.

    Assumes at most one defect per opportunity, and independent ones. Raises EmptyInput (no units) and BadParameter.

    >>> print(dpmo(12, 400, 5))
    DPMO 6,000.0 [3,435.6, 10,458.4], n = 2,000, sigma level 4.01
    """
    check_confidence(confidence)
    chances = units * opportunities
    if chances == 0:
        raise EmptyInput("units: none, so no defect could happen.")
    if any(number != int(number) or number < 0 for number in (defects, units, opportunities)) or defects > chances:
        raise BadParameter(f"defects: must be a whole number from 0 to units × opportunities, got {defects}.")
    low, high = wilson(defects / chances, chances, confidence)
    return DefectRate(
        1e6 * defects / chances,
        1e6 * low,
        1e6 * high,
        int(chances),
        float(chances),
        confidence,
        defects=int(defects),
        sigma=_level(defects / chances),
        sigma_low=_level(high),
    )


def dpmo_from_sigma(sigma: float, shift: float = SHIFT) -> float:
    """Defects per million of a process at a sigma level: 10⁶·Φ(shift − sigma), the nearer limit only.

    Raises BadParameter unless both are finite.

    >>> round(dpmo_from_sigma(3)), round(dpmo_from_sigma(6), 1)
    (66807, 3.4)
    """
    if not math.isfinite(sigma + shift):
        raise BadParameter("sigma and shift must be finite.")
    return 1e6 * float(ndtr(shift - sigma))


def sigma_from_dpmo(rate: float, shift: float = SHIFT) -> float:
    """The sigma level of a number of defects per million: shift − Φ⁻¹(rate/10⁶). Raises BadParameter outside 0…10⁶.

    >>> round(sigma_from_dpmo(66_807), 3)
    3.0
    """
    if not 0 < rate < 1e6:
        raise BadParameter(f"rate: must lie between 0 and 1,000,000, got {rate}: no finite level exists there.")
    return shift - float(ndtri(rate / 1e6))


def cp(values: Any, lower: float, upper: float, confidence: float = 0.95) -> Capability:
    """Cp = (U − L)/6s: how often the spread fits between the limits; χ² interval of s (Kane 1986).

    Assumes a process in control (see `xmr`) with normal values; s is the standard deviation of all values. Where the
    process is not in control, read it as Pp. Raises EmptyInput, NotEnoughData (one value), Degenerate (no spread),
    BadParameter (limits), NotNumeric, NotFinite.

    >>> print(cp([9.8, 10.1, 10.0, 9.9, 10.2], 9.4, 10.6))
    Cp 1.26 [0.44, 2.11], n = 5
    """
    check_confidence(confidence)
    if not (math.isfinite(lower) and math.isfinite(upper) and lower < upper):
        raise BadParameter(f"lower and upper: expected two finite limits, lower first, got {lower} and {upper}.")
    points, _, deviation = _process(values)
    df = points.size - 1
    value = (upper - lower) / (6 * deviation)
    _check_index(value)
    low, high = (value * math.sqrt(float(chdtri(df, 0.5 + side * confidence / 2)) / df) for side in (1, -1))
    return Capability(value, low, high, df + 1, df + 1.0, confidence, index="Cp", lower=lower, upper=upper)


def cpk(values: Any, lower: float | None = None, upper: float | None = None, confidence: float = 0.95) -> Capability:
    """Cpk = min(U − m, m − L)/3s, how far the mean is from the nearer limit; interval of Bissell (1990).

    One limit may be None. Assumptions and errors as `cp`; negative where the mean lies beyond a limit.

    >>> print(cpk([9.8, 10.1, 10.0, 9.9, 10.2], 9.4, 10.5))
    Cpk 1.05 [0.27, 1.84], n = 5
    """
    z = normal_quantile(confidence)
    limits = [limit for limit in (lower, upper) if limit is not None]
    if not limits or not all(map(math.isfinite, limits)) or (len(limits) == 2 and limits[0] >= limits[1]):
        raise BadParameter(f"lower and upper: give one finite limit or two, lower first, got {lower} and {upper}.")
    points, average, deviation = _process(values)
    room = min(
        average - lower if lower is not None else math.inf,
        upper - average if upper is not None else math.inf,
    )
    n, value = points.size, room / (3 * deviation)
    _check_index(value)
    half = z * math.sqrt(1 / (9 * n) + value**2 / (2 * (n - 1)))
    return Capability(value, value - half, value + half, n, float(n), confidence, index="Cpk", lower=lower, upper=upper)


def _process(values: Any) -> tuple[Numbers, float, float]:
    series = numbers(values, "values")
    points = series[~np.isnan(series)]
    if not points.size:
        raise EmptyInput("values: none is left; all are missing, or none was given.")
    if points.size < 2:
        raise NotEnoughData("values: one value has no spread. At least two are needed.")
    if points.min() == points.max():
        raise Degenerate(f"values: all equal {points[0]:g}, so their spread cannot be told.")
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        average, deviation = float(points.mean()), float(points.std(ddof=1))
    if not (math.isfinite(average) and math.isfinite(deviation)):
        raise NotFinite(f"values: up to {np.abs(points).max():g}, too large to square. Give them in a larger unit.")
    if deviation == 0:
        raise Degenerate(f"values: all within {np.ptp(points):g}, so their spread cannot be told. Use a smaller unit.")
    return points, average, deviation


def _check_index(value: float) -> None:
    if not math.isfinite(value):
        raise Degenerate("values: their spread is too small beside the limits for a finite index. Check the units.")


def _level(share: float) -> float | None:
    return SHIFT - float(ndtri(share)) if 0 < share < 1 else None
