"""Nelson's rules: patterns in a control chart that chance rarely draws."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis.errors import BadShape, EmptyInput
from kithkin.analysis.inputs import Numbers, numbers
from kithkin.analysis.results import Result

Flags = NDArray[np.bool_]


class Rule(Enum):
    """Nelson (1984), by number. Western Electric's (1956) four zone rules are 1, 5, 6 and 2 with eight for nine."""

    BEYOND_LIMITS = 1
    RUN_ON_ONE_SIDE = 2
    TREND = 3
    ALTERNATION = 4
    TWO_OF_THREE_BEYOND_2_SIGMA = 5
    FOUR_OF_FIVE_BEYOND_1_SIGMA = 6
    HUGGING_THE_CENTRE = 7
    AVOIDING_THE_CENTRE = 8

    @property
    def sentence(self) -> str:
        """What the pattern is, for a person to read."""
        return _SENTENCES[self]


_SENTENCES = {
    Rule.BEYOND_LIMITS: "One point lies beyond the three-sigma limits.",
    Rule.RUN_ON_ONE_SIDE: "Nine points in a row lie on the same side of the centre.",
    Rule.TREND: "Six points in a row all rise or all fall.",
    Rule.ALTERNATION: "Fourteen points in a row go up and down in turn.",
    Rule.TWO_OF_THREE_BEYOND_2_SIGMA: "Two of three points in a row lie beyond two sigma on the same side.",
    Rule.FOUR_OF_FIVE_BEYOND_1_SIGMA: "Four of five points in a row lie beyond one sigma on the same side.",
    Rule.HUGGING_THE_CENTRE: "Fifteen points in a row lie within one sigma of the centre.",
    Rule.AVOIDING_THE_CENTRE: "Eight points in a row lie beyond one sigma of the centre, on either side.",
}

ZONES = (Rule.BEYOND_LIMITS, Rule.RUN_ON_ONE_SIDE, Rule.TWO_OF_THREE_BEYOND_2_SIGMA, Rule.FOUR_OF_FIVE_BEYOND_1_SIGMA)


@dataclass(frozen=True)
class Signal(Result):
    """A rule broken: `position` is that of the point (from 0) which completes the pattern."""

    position: int
    rule: Rule
    sentence: str


def runs_rules(z: Any, rules: Iterable[Rule] = ZONES) -> tuple[Signal, ...]:
    """Every point at which a rule is broken, in order of position and then of rule.

    `z` holds the points in order, as distances from the centre in sigmas. A point exactly on a line is not beyond it,
    and one on the centre is on neither side. The default, Nelson's 1, 2, 5 and 6, signals at about 1 % of the points
    of a stable normal process; all eight at about 2 %.

    Raises EmptyInput, BadShape for a missing point, NotNumeric, NotFinite.

    >>> [(signal.position, signal.rule.value) for signal in runs_rules([0.1, 2.2, 2.4, -3.5])]
    [(2, 5), (3, 1)]
    """
    points = numbers(z, "z")
    if not points.size:
        raise EmptyInput("z: no point was given.")
    if np.isnan(points).any():
        raise BadShape("z: a point is missing. Leave it out, or fill it in.")
    broken = [
        Signal(int(position), rule, rule.sentence)
        for rule in rules
        for position in np.flatnonzero(_PATTERNS[rule](points))
    ]
    return tuple(sorted(broken, key=lambda signal: (signal.position, signal.rule.value)))


def _run(flags: Flags, length: int) -> Flags:
    """Where `length` flags in a row have just been up."""
    return _among(flags, length, length)


def _among(flags: Flags, wanted: int, window: int) -> Flags:
    """Where at least `wanted` of the last `window` flags were up, this one among them."""
    recent = np.convolve(flags.astype(np.int64), np.ones(window, dtype=np.int64))[: flags.size]
    return flags & (recent >= wanted)


def _either_side(z: Numbers, beyond: float, wanted: int, window: int) -> Flags:
    return _among(z > beyond, wanted, window) | _among(z < -beyond, wanted, window)


def _trend(z: Numbers) -> Flags:
    steps = np.diff(z, prepend=z[0])
    return _run(steps > 0, 5) | _run(steps < 0, 5)


def _alternation(z: Numbers) -> Flags:
    steps = np.sign(np.diff(z, prepend=z[0]))
    turns = np.concatenate([[False], steps[1:] * steps[:-1] < 0])
    return _run(turns, 12)


_PATTERNS: dict[Rule, Callable[[Numbers], Flags]] = {
    Rule.BEYOND_LIMITS: lambda z: np.abs(z) > 3,
    Rule.RUN_ON_ONE_SIDE: lambda z: _either_side(z, 0, 9, 9),
    Rule.TREND: _trend,
    Rule.ALTERNATION: _alternation,
    Rule.TWO_OF_THREE_BEYOND_2_SIGMA: lambda z: _either_side(z, 2, 2, 3),
    Rule.FOUR_OF_FIVE_BEYOND_1_SIGMA: lambda z: _either_side(z, 1, 4, 5),
    Rule.HUGGING_THE_CENTRE: lambda z: _run(np.abs(z) < 1, 15),
    Rule.AVOIDING_THE_CENTRE: lambda z: _run(np.abs(z) > 1, 8),
}
