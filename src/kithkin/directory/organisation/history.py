"""The organisation through all time: every unit's periods, as values. A change makes a new history.

Name, kind and place run along independently: a new name from March on stands until the next day on which another name
was planned, whatever happens to the place in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from kithkin.directory.organisation.refusals import NotOpen
from kithkin.directory.organisation.tree import Node, Tree


class Field(StrEnum):
    """What runs along."""

    NAME = "name"
    KIND = "kind"
    PARENT = "parent"


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` up to but not including `until` (None: for good) the unit is called and stands so."""

    unit: int
    name: str
    kind: str
    parent: int | None
    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.since <= day and (self.until is None or day < self.until)

    def get(self, field: Field) -> Any:
        """The value of this field."""
        return getattr(self, field.value)

    def continues(self, earlier: Period) -> bool:
        """Whether it follows the other without a gap or a difference."""
        return earlier.until == self.since and replace(earlier, since=self.since, until=self.until) == self


Periods = tuple[Period, ...]


@dataclass(frozen=True)
class History:
    """All periods, by unit, in their order."""

    periods: Mapping[int, Periods]

    @classmethod
    def of(cls, periods: Iterable[Period]) -> History:
        """The history of these periods, in whatever order they come."""
        found: dict[int, list[Period]] = {}
        for period in sorted(periods, key=lambda one: one.since):
            found.setdefault(period.unit, []).append(period)
        return cls({unit: tuple(some) for unit, some in found.items()})

    def __iter__(self) -> Iterator[Period]:
        for some in self.periods.values():
            yield from some

    def on(self, day: date) -> Tree:
        """The tree of that day."""
        return Tree.build(day, (_node(period) for period in self if period.covers(day)))

    def of_unit(self, unit: int) -> Periods:
        """The unit's periods; none where it never was open."""
        return self.periods.get(unit, ())

    def at(self, unit: int, day: date) -> Period | None:
        """What the unit is that day, None where it is not open."""
        return next((period for period in self.of_unit(unit) if period.covers(day)), None)

    def name(self, unit: int, day: date) -> str:
        """What the unit is called that day, or was last before it, or will be first."""
        some = self.of_unit(unit)
        before = [period for period in some if period.since <= day]
        return (before[-1] if before else some[0]).name if some else ""

    def days(self, start: date) -> list[date]:
        """`start` and each later day on which anything changes: between two of them no tree differs."""
        later = {day for period in self for day in (period.since, period.until) if day is not None and day > start}
        return [start, *sorted(later)]

    def end(self, unit: int, start: date) -> date | None:
        """The first day from `start` on, on which the unit is not open; None where it stays."""
        here: date | None = start
        for period in self.of_unit(unit):
            if here is not None and period.covers(here):
                here = period.until
        return here

    def with_unit(self, unit: int, periods: Iterable[Period]) -> History:
        """With these periods of the unit instead of its own; neighbours without a difference become one."""
        joined: list[Period] = []
        for period in sorted(periods, key=lambda one: one.since):
            if joined and period.continues(joined[-1]):
                joined[-1] = replace(joined[-1], until=period.until)
            else:
                joined.append(period)
        return History({**self.periods, unit: tuple(joined)})

    def cut(self, unit: int, day: date) -> tuple[Periods, Periods]:
        """The unit's periods before the day and those from it on; one that runs through it is cut in two."""
        before, after = [], []
        for period in self.of_unit(unit):
            if period.until is not None and period.until <= day:
                before.append(period)
            elif period.since >= day:
                after.append(period)
            else:
                before.append(replace(period, until=day))
                after.append(replace(period, since=day))
        return tuple(before), tuple(after)

    def run_end(self, unit: int, day: date, field: Field) -> date | None:
        """The first day after `day` on which the unit has another value there, or is not open; None if never."""
        here = self.at(unit, day)
        if here is None:
            raise NotOpen(self.name(unit, day), day)
        end = here.until
        for period in self.of_unit(unit):
            if end is not None and period.since == end and period.get(field) == here.get(field):
                end = period.until
        return end

    def put(self, unit: int, day: date, field: Field, value: Any, end: date | None) -> History:
        """With this value from the day up to `end`, on every day on which the unit is open."""
        before, rest = self.cut(unit, day)
        near, far = self.with_unit(unit, rest).cut(unit, end) if end is not None else (rest, ())
        return self.with_unit(unit, (*before, *(replace(one, **{field.value: value}) for one in near), *far))


def earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two days, None being never."""
    return min((day for day in (one, other) if day is not None), default=None)


def _node(period: Period) -> Node:
    return Node(period.unit, period.name, period.kind, period.parent)
