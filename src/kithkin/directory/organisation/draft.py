"""What may be done to the organisation, tried on values before anything is written.

A draft starts from the history as it is, collects edits, and is checked on every day from its own on: `checked` returns
the new history or refuses with the sentence that says why. The edits are what a plan is taken back by.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from kithkin.directory.organisation.history import Field, History, Period, Periods, earlier
from kithkin.directory.organisation.refusals import (
    Below,
    ClosesLater,
    HasChildren,
    NothingChanges,
    NotOpen,
    Orphaned,
    Refused,
)
from kithkin.directory.organisation.tree import Fault

ONE_DAY = timedelta(days=1)


class Act(StrEnum):
    """The three things that edits do."""

    PUT = "put"
    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Edit:
    """One step: a value put from `since` up to `until`, a unit opened or closed.

    `follows` says whether the old value came from the day before, and not from another plan for that very day.
    `dropped` are the periods that a closing took away, `eve` is what the unit was on the day before.
    """

    act: Act
    unit: int
    since: date
    until: date | None = None
    field: Field | None = None
    old: Any = None
    new: Any = None
    follows: bool = True
    dropped: Periods = ()
    eve: Period | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A unit that a split makes: its id is given beforehand."""

    unit: int
    name: str
    kind: str


class Draft:
    """One change in the making, for a day and what comes after it."""

    def __init__(self, history: History, on: date) -> None:
        self.before = self.history = history
        self.on = on
        self.edits: list[Edit] = []

    def put(self, unit: int, field: Field, value: Any, on: date | None = None, until: date | None = None) -> None:
        """This value from the day on, until another was planned already."""
        since = on or self.on
        end = earlier(self.history.run_end(unit, since, field), until)
        here, eve = self.history.at(unit, since), self.history.at(unit, since - ONE_DAY)
        assert here is not None
        old = here.get(field)
        if old == value:
            return
        follows = eve is not None and eve.get(field) == old
        self.history = self.history.put(unit, since, field, value, end)
        self.edits.append(Edit(Act.PUT, unit, since, end, field, old, value, follows))

    def open(self, unit: int, name: str, kind: str, parent: int | None) -> None:
        """A new unit, for good."""
        self._open(unit, (Period(unit, name, kind, parent, self.on),))

    def close(self, unit: int) -> None:
        """The unit is no more, from the day on; what was planned for it later falls away."""
        if self.history.at(unit, self.on) is None:
            raise NotOpen(self.history.name(unit, self.on), self.on)
        kept, dropped = self.history.cut(unit, self.on)
        eve = self.history.at(unit, self.on - ONE_DAY)
        self.history = self.history.with_unit(unit, kept)
        self.edits.append(Edit(Act.CLOSE, unit, self.on, dropped=dropped, eve=eve))

    def close_empty(self, unit: int, children_to: int | None) -> None:
        """Close it; whatever stands below it from the day on goes to `children_to`, or forbids it."""
        if children_to is not None:
            self.hand_over({unit}, children_to)
        elif children := self.children_from(unit):
            raise HasChildren(self.history.name(unit, self.on), [self.history.name(one, self.on) for one in children])
        self.close(unit)

    def merge(self, sources: Collection[int], into: int) -> None:
        """Several go into one that is open: it takes over what stands below them, and they close."""
        for source in sources:
            if self.history.at(source, self.on) is None:
                raise NotOpen(self.history.name(source, self.on), self.on)
        self.check_stays(into)
        self.hand_over(frozenset(sources), into)
        for source in sources:
            self.close(source)

    def split(self, unit: int, parts: Iterable[Part], children: Mapping[int, int], *, keep: bool) -> None:
        """One goes into several that stand where it stands; `children` says which part takes whom over.

        With `keep` the unit itself stays, with all children that are not named; else they go to the first part.
        """
        self.check_stays(unit)
        _, after = self.history.cut(unit, self.on)
        made = list(parts)
        for part in made:
            self._open(part.unit, tuple(replace(one, unit=part.unit, name=part.name, kind=part.kind) for one in after))
        self.hand_over({unit}, unit if keep else made[0].unit, children)
        if not keep:
            self.close(unit)

    def check_stays(self, unit: int) -> None:
        """Refuse unless the unit is open on the day and on every day after it."""
        if self.history.at(unit, self.on) is None:
            raise NotOpen(self.history.name(unit, self.on), self.on)
        end = self.history.end(unit, self.on)
        if end is not None:
            raise ClosesLater(self.history.name(unit, self.on), end)

    def children_from(self, unit: int) -> list[int]:
        """Which units stand below it on the day or later."""
        return sorted({one.unit for one in self.history if one.parent == unit and _lasts_beyond(one, self.on)})

    def hand_over(self, sources: Collection[int], into: int, named: Mapping[int, int] | None = None) -> None:
        """Whatever stands below the sources, on the day or by a later plan, stands below `into`, or as `named`.

        Where `into` itself stands below a source it comes to stand where the sources stood.
        """
        named = named or {}
        days = self.history.days(self.on)
        for day, following in zip(days, [*days[1:], None], strict=True):
            tree = self.history.on(day)
            for unit, node in tree.nodes.items():
                if node.parent not in sources or unit in sources:
                    continue
                goes_to: int | None = named.get(unit, into)
                if unit == into:
                    above = [one.id for one in tree.path(unit)[:-1] if one.id not in sources]
                    goes_to = above[-1] if above else None
                self.put(unit, Field.PARENT, goes_to, day, following)

    def checked(self, unit: int) -> History:
        """The new history, if on every day from the draft's on it is a forest; `unit` is what the sentence is about."""
        if self.history.periods == self.before.periods:
            raise NothingChanges(self.history.name(unit, self.on), self.on)
        return check(self.history, min([self.on, *(edit.since for edit in self.edits)]), unit)

    def _open(self, unit: int, periods: Periods) -> None:
        self.history = self.history.with_unit(unit, periods)
        self.edits.append(Edit(Act.OPEN, unit, self.on))


def check(history: History, start: date, unit: int | None = None, before: History | None = None) -> History:
    """The history itself, if on `start` and every day after it the tree is a forest; else refused, naming both.

    `before` knows the names of units that are no longer there at all.
    """
    for day in history.days(start):
        tree = history.on(day)
        for problem in tree.problems():
            culprit = unit if unit in problem.unit_ids else problem.unit_ids[0]
            parent = tree.nodes[culprit].parent
            assert parent is not None
            name, above = (history.name(one, day) or (before or history).name(one, day) for one in (culprit, parent))
            refused: Refused = (Below if problem.fault is Fault.CYCLE else Orphaned)(name, above, day)
            refused.unit = culprit
            raise refused
    return history


def _lasts_beyond(period: Period, day: date) -> bool:
    return period.until is None or period.until > day
