"""What happened to the organisation; days are ISO texts ("2027-01-01") and may lie behind or ahead."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class UnitOpened(Fact):
    """A unit is there from the day on."""

    unit_id: int
    parent_id: int | None
    on: str


@dataclass(frozen=True)
class UnitRenamed(Fact):
    """A unit has another name from the day on."""

    unit_id: int
    on: str


@dataclass(frozen=True)
class UnitKindChanged(Fact):
    """A unit is of another kind from the day on."""

    unit_id: int
    on: str


@dataclass(frozen=True)
class UnitMoved(Fact):
    """A unit stands elsewhere from the day on."""

    unit_id: int
    parent_id: int | None
    on: str


@dataclass(frozen=True)
class UnitsMerged(Fact):
    """Several went into one."""

    unit_ids: list[int]
    into_id: int
    on: str


@dataclass(frozen=True)
class UnitSplit(Fact):
    """One went into several; `kept` says whether it stays beside them."""

    unit_id: int
    into_ids: list[int]
    kept: bool
    on: str


@dataclass(frozen=True)
class UnitClosed(Fact):
    """A unit is no more from the day on."""

    unit_id: int
    on: str


@dataclass(frozen=True)
class UnitChangeTakenBack(Fact):
    """What was planned does not happen."""

    change_id: int
    on: str


@dataclass(frozen=True)
class OrganisationImported(Fact):
    """Units were opened or changed by a file, in `count` of its lines."""

    import_id: int
    count: int
