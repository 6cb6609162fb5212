"""Importance against performance: where to act first, and how sure the place of a driver is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import atan2, cos, degrees, pi, radians, sin, sqrt

import numpy as np
from scipy import special

from kithkin.analysis.inputs import Numbers
from kithkin.analysis.results import Result


class Quadrant(StrEnum):
    """The four fields of Martilla and James (1977): importance high or low, performance high or low."""

    CONCENTRATE = "concentrate here"
    KEEP_UP = "keep up the good work"
    LOW_PRIORITY = "low priority"
    OVERKILL = "possible overkill"


@dataclass(frozen=True)
class Ellipse(Result):
    """A confidence ellipse: centre and semi-axes in the units of the two axes, the angle in degrees from the first."""

    x: float
    y: float
    semi_major: float
    semi_minor: float
    angle: float

    def outline(self, points: int = 60) -> tuple[tuple[float, float], ...]:
        """Points around the ellipse, the first repeated at the end, to draw it."""
        turn = radians(self.angle)
        around = [2 * pi * i / points for i in range(points + 1)]
        return tuple(
            (
                self.x + self.semi_major * cos(a) * cos(turn) - self.semi_minor * sin(a) * sin(turn),
                self.y + self.semi_major * cos(a) * sin(turn) + self.semi_minor * sin(a) * cos(turn),
            )
            for a in around
        )


@dataclass(frozen=True)
class Placed(Result):
    """A driver on the map: performance (0–100 of its scale), importance (per cent of R²) and its quadrant.

    `certainty` is the share of bootstrap draws, in which it and the cuts all move, that put it there.
    """

    name: str
    performance: float
    importance: float
    quadrant: Quadrant
    certainty: float
    ellipse: Ellipse


@dataclass(frozen=True)
class Map(Result):
    """Importance against performance, cut at the mean of each over the drivers placed."""

    placed: tuple[Placed, ...]
    performance_cut: float
    importance_cut: float

    def __str__(self) -> str:
        width = max((len(point.name) for point in self.placed), default=0)
        lines = [
            f"{point.name:<{width}}  performance {point.performance:5.1f}  importance {point.importance:4.1f} %  "
            f"{point.quadrant} ({point.certainty:.0%} of draws)"
            for point in self.placed
        ]
        return "\n".join([f"cut at performance {self.performance_cut:.1f}, {self.importance_cut:.1f} %", *lines])


def quadrant(performance: float, importance: float, performance_cut: float, importance_cut: float) -> Quadrant:
    """A driver on a cut counts as above it."""
    if importance >= importance_cut:
        return Quadrant.KEEP_UP if performance >= performance_cut else Quadrant.CONCENTRATE
    return Quadrant.OVERKILL if performance >= performance_cut else Quadrant.LOW_PRIORITY


def placed_map(
    names: Iterable[str], at: tuple[Numbers, Numbers], draws: tuple[Numbers, Numbers], confidence: float
) -> Map:
    """Map of drivers at (performance (p), importance (p)) with bootstrap draws of both (D, p)."""
    performance, importance = at
    cuts = float(performance.mean()), float(importance.mean())
    cuts_drawn = draws[0].mean(axis=1, keepdims=True), draws[1].mean(axis=1, keepdims=True)
    same_side = ((draws[0] >= cuts_drawn[0]) == (performance >= cuts[0])) & (
        (draws[1] >= cuts_drawn[1]) == (importance >= cuts[1])
    )
    placed = tuple(
        Placed(
            name=name,
            performance=float(performance[j]),
            importance=float(importance[j]),
            quadrant=quadrant(performance[j], importance[j], *cuts),
            certainty=float(same_side[:, j].mean()),
            ellipse=ellipse(performance[j], importance[j], draws[0][:, j], draws[1][:, j], confidence),
        )
        for j, name in enumerate(names)
    )
    return Map(placed, *cuts)


def ellipse(x: float, y: float, xs: Numbers, ys: Numbers, confidence: float) -> Ellipse:
    """The normal ellipse around (x, y) from the covariance of the draws: semi-axes √(eigenvalue × χ²₂)."""
    (xx, xy), (_, yy) = np.cov(xs, ys)
    middle, reach = (xx + yy) / 2, sqrt(((xx - yy) / 2) ** 2 + xy**2)
    chi2 = float(special.chdtri(2, 1 - confidence))
    return Ellipse(
        x=float(x),
        y=float(y),
        semi_major=sqrt(chi2 * (middle + reach)),
        semi_minor=sqrt(chi2 * max(0.0, middle - reach)),
        angle=degrees(atan2(2 * xy, xx - yy)) / 2,
    )
