"""What a drawn map is made of: measures, boxes, routes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

Edge = tuple[str, str]
Slot = str | tuple[str, str, int]
Point = tuple[float, float]

STEPS = 16


@dataclass(frozen=True)
class Sizes:
    """Measures in pixels, and the share of the width that the boxes of all layers take together.

    `between` is the room between two lanes, where it is another than the `gap` around boxes; `port` the most between
    two lines at one box's side.
    """

    box: float = 46
    lane: float = 12
    gap: float = 16
    share: float = 0.56
    widest: float = 0.22
    between: float | None = None
    port: float = 9

    def of(self, slot: Slot) -> float:
        """The height of a box or of a lane."""
        return self.box if isinstance(slot, str) else self.lane

    def apart(self, upper: Slot, lower: Slot) -> float:
        """From the middle of one slot to the middle of the next."""
        lanes = not isinstance(upper, str) and not isinstance(lower, str)
        gap = self.between if lanes and self.between is not None else self.gap
        return (self.of(upper) + self.of(lower)) / 2 + gap


@dataclass(frozen=True)
class Box:
    """A node's rectangle; x runs from 0 to 1, y in pixels from the top."""

    node: str
    layer: int
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Route:
    """A line in the direction of its edge; one that is `back` runs from right to left.

    Its `stops` are joined by curves (in the space between two layers) and straight lanes (beside the boxes of a layer)
    in turn, beginning and ending with a curve. Where `bow` is more than 0 both ends are of one layer, and the line
    leaves and arrives at their right sides, bent out by at most that much.
    """

    edge: Edge
    stops: tuple[Point, ...]
    back: bool
    bow: float = 0.0

    @property
    def points(self) -> tuple[Point, ...]:
        """The line as many short straight ones."""
        if self.bow:
            return tuple(_bowed(self.stops[0], self.stops[-1], self.bow))
        found = [self.stops[0]]
        for number, (start, end) in enumerate(pairwise(self.stops)):
            found += _bend(start, end) if number % 2 == 0 else [end]
        return tuple(found)

    @property
    def middle(self) -> Point:
        """Where there is room for a word: the middle of its first lane, or of the space between two layers."""
        stops = self.stops[::-1] if self.back else self.stops
        if len(stops) > 2:
            return (stops[1][0] + stops[2][0]) / 2, stops[1][1]
        points = self.points[::-1] if self.back else self.points
        return points[STEPS // 2]


@dataclass(frozen=True)
class Drawing:
    """The whole map: boxes, routes and its height in pixels."""

    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]
    height: float


def _bend(start: Point, end: Point) -> list[Point]:
    """Points from `start` to `end`, level at both ends, never leaving the space between them.

    They lie on the cubic Bézier curve whose handles are level and a third of the way long.
    """
    steps = [step / STEPS for step in range(1, STEPS)]
    way = [(start[0] + t * (end[0] - start[0]), start[1] + (end[1] - start[1]) * t * t * (3 - 2 * t)) for t in steps]
    return [*way, end]


def _bowed(start: Point, end: Point, bow: float) -> list[Point]:
    """Points of the Bézier curve from one box's right side to another's, its handles 4/3 of the bow long."""
    steps = [step / STEPS for step in range(STEPS + 1)]
    return [(start[0] + 4 * bow * t * (1 - t), start[1] + (end[1] - start[1]) * t * t * (3 - 2 * t)) for t in steps]
