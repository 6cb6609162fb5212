"""What happens to journeys."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class JourneyAdded(Fact):
    """A way that people go was drawn."""

    journey_id: int


@dataclass(frozen=True)
class JourneyChanged(Fact):
    """Its name, its stages or what stands on them are others."""

    journey_id: int


@dataclass(frozen=True)
class JourneyRemoved(Fact):
    """It is drawn no longer."""

    journey_id: int
