"""What happens to needs."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class NeedWritten(Fact):
    """A need was written down."""

    need_id: int


@dataclass(frozen=True)
class NeedChanged(Fact):
    """It was put otherwise."""

    need_id: int


@dataclass(frozen=True)
class NeedHandedOver(Fact):
    """It has an owner who can meet it, another one than before."""

    need_id: int
    owner_id: int


@dataclass(frozen=True)
class NeedAnswered(Fact):
    """The owner says what comes of it."""

    need_id: int
    state: str


@dataclass(frozen=True)
class EvidenceAdded(Fact):
    """Something shows a need."""

    need_id: int
    evidence_id: int
