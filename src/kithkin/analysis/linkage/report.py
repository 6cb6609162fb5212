"""What the search for the weak link returns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kithkin.analysis.results import Result

CERTAINTY = 0.9
"""P(worst) from which a link may be called the weakest."""
DECISIVE = frozenset({"lead placebo", "permuted labels", "collinear links"})
"""Checks without which nothing is called found; the others qualify it."""


class Verdict(Enum):
    """What can be said of all links together."""

    FOUND = "found"
    NOT_IDENTIFIABLE = "not identifiable"


class LinkVerdict(Enum):
    """What can be said of one link."""

    WEAKEST = "weakest link"
    LIKELY = "matters, but not told apart"
    OPEN = "cannot be told yet"
    NO_REACH = "does not reach the customer"
    AT_TARGET = "at its target"


@dataclass(frozen=True)
class RankedLink(Result):
    """One link. `gain`, `low` and `high` are points of the outside score that mending the gap would bring.

    `gain` is shrunk towards zero, the interval is not. `effect` is the change of the outside score, in its points, per
    point of the link, corrected for measurement error; `z` its one-sided normal statistic; `q` its false-discovery rate
    (Benjamini, Hochberg). `gap` is target (or best quartile) less now, in points of the link, `exposure` the share 0…1
    of the outside that the link reaches, `reliability` the share of the link's variance within units and periods that
    is no sampling noise (None where it is not known), `icc2` the reliability of a unit's own mean, `n` the pairs of
    unit and period behind it, `units` the units.
    """

    link: str
    gain: float
    low: float
    high: float
    probability_worst: float
    verdict: LinkVerdict
    effect: float
    effect_low: float
    effect_high: float
    z: float
    q: float
    now: float
    gap: float
    exposure: float
    reliability: float | None
    icc2: float | None
    n: int
    units: int


@dataclass(frozen=True)
class Check(Result):
    """One way in which the answer could have failed. `passed` is None where it could not be tried."""

    name: str
    passed: bool | None
    value: float | None
    sentence: str


@dataclass(frozen=True)
class Excluded(Result):
    """A link that was not judged, and why."""

    link: str
    reason: str


@dataclass(frozen=True)
class WeakLinkReport(Result):
    """The ranked links and what can be said.

    `needed` counts further unit-periods; 0 says that more of the same data would not help, None that nothing is needed.
    """

    verdict: Verdict
    ranked: tuple[RankedLink, ...]
    checks: tuple[Check, ...]
    needed: int | None
    sentences: tuple[str, ...]
    excluded: tuple[Excluded, ...]
    design: str
    n: int
    units: int
    periods: int
    first_period: str
    last_period: str
    lag: int
    bound: float
    confidence: float
    draws: int
    seed: int

    @property
    def weakest(self) -> RankedLink | None:
        """The link that was found, or None."""
        return next((link for link in self.ranked if link.verdict is LinkVerdict.WEAKEST), None)

    def __str__(self) -> str:
        width = max((len(link.link) for link in self.ranked), default=4)
        head = f"{'link':<{width}}    gain     low    high   P(worst)      z      n"
        rows = [
            f"{link.link:<{width}}  {link.gain:6.2f}  {link.low:6.2f}  {link.high:6.2f}  {link.probability_worst:9.2f}"
            f"  {link.z:5.2f}  {link.n:5d}"
            for link in self.ranked
        ]
        return "\n".join([*self.sentences, "", head, *rows])
