"""What happens between those who serve and those who are served."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class RelationAdded(Fact):
    """Somebody began to serve somebody."""

    link_id: int


@dataclass(frozen=True)
class RelationChanged(Fact):
    """What it is about was put differently; its ends stay what they are."""

    link_id: int


@dataclass(frozen=True)
class RelationEnded(Fact):
    """It ends before this day (ISO)."""

    link_id: int
    until: str


@dataclass(frozen=True)
class RoleGiven(Fact):
    """Somebody is something in a relation."""

    link_id: int
    role_id: int


@dataclass(frozen=True)
class RoleTaken(Fact):
    """Somebody no longer is."""

    link_id: int
    role_id: int


@dataclass(frozen=True)
class CatalogueChanged(Fact):
    """A service, touchpoint, audience or partner was added, changed or retired."""

    what: str
    thing_id: int


@dataclass(frozen=True)
class RelationProposed(Fact):
    """Somebody said on whom they depend."""

    proposal_id: int


@dataclass(frozen=True)
class ProposalDecided(Fact):
    """The head of the unit accepted it (`link_id` is what it became) or declined it."""

    proposal_id: int
    link_id: int | None
