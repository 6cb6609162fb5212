"""What would it bring if a relation met a target, everywhere or in some units: effect × gap × exposure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kithkin.analysis.linkage.report import RankedLink


@dataclass(frozen=True)
class Place:
    """Where one unit stands: its score of the relation in the last months, and from how many answers."""

    unit: str
    name: str
    score: float
    n: int


@dataclass(frozen=True)
class Gain:
    """Points of the outside score, and their interval: that of the effect, the gap taken as measured."""

    value: float
    low: float
    high: float
    raised: int
    """How many of the units stand below the target."""


def places_of(recent: Mapping[str, Sequence[object]]) -> list[Place]:
    """The units of one relation, the lowest first."""
    found = [Place(unit, str(name), float(str(score)), int(str(n))) for unit, (name, score, n) in recent.items()]
    return sorted(found, key=lambda place: (place.score, place.name))


def gain_of(link: RankedLink, places: Sequence[Place], target: float, chosen: Collection[str] | None = None) -> Gain:
    """The gain outside if the chosen units (all, where None) came up to the target, averaged over all units.

    `effect` is not shrunk, so it is what the data say, not the cautious gain of the ranking.
    """
    raised = [place for place in places if place.score < target and (chosen is None or place.unit in chosen)]
    gap = sum(target - place.score for place in raised) / len(places) if places else 0.0
    worth = gap * link.exposure
    return Gain(link.effect * worth, link.effect_low * worth, link.effect_high * worth, len(raised))
