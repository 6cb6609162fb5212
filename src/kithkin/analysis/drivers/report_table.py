"""What a driver report holds."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.analysis.drivers.correlation import Missing
from kithkin.analysis.drivers.quadrants import Map, Quadrant
from kithkin.analysis.drivers.shares import Method
from kithkin.analysis.drivers.units import Resampled
from kithkin.analysis.results import Estimate, Result


@dataclass(frozen=True)
class DriverShare(Result):
    """One driver: its share of variance (0…1) with interval, and the same as per cent of R².

    `correlation` with the outcome tells the direction, `mean` is in the driver's own unit, `performance` the mean on
    0–100 of the scale (None without a scale), `n` the rows that answered it. `weak`: the interval holds 0. `leads`: the
    share of bootstrap draws in which it was the first. `quadrant` is None without a scale, and for a driver whose
    correlation is negative beyond chance, as more of it is not better.
    """

    name: str
    share: float
    low: float
    high: float
    percent: float
    correlation: float
    mean: float
    performance: float | None
    n: int
    weak: bool
    leads: float
    quadrant: Quadrant | None


@dataclass(frozen=True)
class DriverReport(Result):
    """Drivers by falling share, with how the figures were made. Shares and R² are in 0…1.

    `rows` counts all rows, `n` the least behind any figure, `dropped` those left out for missing answers or zero
    weight; `draws` the bootstrap draws used, of respondents or of buckets of them. `map` is None without a scale.
    """

    outcome: str
    r2: Estimate
    drivers: tuple[DriverShare, ...]
    map: Map | None
    rows: int
    n: int
    dropped: int
    method: Method
    missing: Missing
    draws: int
    resampled: Resampled
    sentences: tuple[str, ...]

    def __str__(self) -> str:
        width = max(len(driver.name) for driver in self.drivers)
        table = [
            f"{driver.name:<{width}}  {driver.share:.3f} [{driver.low:.3f}, {driver.high:.3f}]  {driver.percent:5.1f} %"
            f"  r {driver.correlation:+.2f}  n = {driver.n:,}{'  weak evidence' if driver.weak else ''}"
            for driver in self.drivers
        ]
        return "\n".join([*table, "", *self.sentences])
