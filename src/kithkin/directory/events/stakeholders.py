"""What happens to stakeholders."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class StakeholderAdded(Fact):
    """Somebody with a stake was written down."""

    stakeholder_id: int


@dataclass(frozen=True)
class StakeholderChanged(Fact):
    """They are seen otherwise, or something else comes next."""

    stakeholder_id: int


@dataclass(frozen=True)
class StepDone(Fact):
    """What came next is done."""

    stakeholder_id: int


@dataclass(frozen=True)
class StakeholderRemoved(Fact):
    """They have no stake any more."""

    stakeholder_id: int
