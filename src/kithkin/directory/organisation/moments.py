"""A unit through time: on which days it became what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from kithkin.directory.organisation.history import History, Period


class What(StrEnum):
    """What happened to a unit on a day."""

    OPENED = "opened"
    REOPENED = "reopened"
    RENAMED = "renamed"
    MOVED = "moved"
    KIND = "kind"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class UnitMoment:
    """One of it. `parent` is the name of the unit above from then on, "" at the top."""

    day: date
    what: What
    name: str
    earlier_name: str
    kind: str
    parent: str


def unit_moments(history: History, unit: int) -> list[UnitMoment]:
    """Everything that happened to the unit and is planned for it, the earliest first."""
    return list(_moments(history, history.of_unit(unit)))


def _moments(history: History, periods: tuple[Period, ...]) -> Iterator[UnitMoment]:
    if periods:
        yield _moment(history, What.OPENED, periods[0], periods[0])
    for one, other in pairwise(periods):
        if one.until is not None and one.until < other.since:
            yield _moment(history, What.CLOSED, one, one, one.until)
            yield _moment(history, What.REOPENED, other, one)
        for what, differs in (
            (What.RENAMED, one.name != other.name),
            (What.MOVED, one.parent != other.parent),
            (What.KIND, one.kind != other.kind),
        ):
            if differs:
                yield _moment(history, what, other, one)
    if periods and periods[-1].until is not None:
        yield _moment(history, What.CLOSED, periods[-1], periods[-1], periods[-1].until)


def _moment(history: History, what: What, now: Period, before: Period, day: date | None = None) -> UnitMoment:
    parent = history.name(now.parent, now.since) if now.parent is not None else ""
    return UnitMoment(day or now.since, what, now.name, before.name, now.kind, parent)
