"""What happens to segments."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class SegmentAdded(Fact):
    """A group of people has a name and a rule."""

    segment_id: int


@dataclass(frozen=True)
class SegmentChanged(Fact):
    """Its rule, its name, or how it is kept is another."""

    segment_id: int


@dataclass(frozen=True)
class SegmentFrozen(Fact):
    """Its members were written down as they are, this many."""

    segment_id: int
    size: int


@dataclass(frozen=True)
class SegmentRetired(Fact):
    """It is offered no longer."""

    segment_id: int
