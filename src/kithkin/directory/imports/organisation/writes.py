"""From places in the tree to rows: tried on the history of all days first, as all that is done to it."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from kithkin.directory.imports.organisation.places import NO_PLACE, Key, Placed
from kithkin.directory.models import Unit, UnitKind, UnitPeriod
from kithkin.directory.organisation.draft import Draft, check
from kithkin.directory.organisation.history import Field, History, Period
from kithkin.directory.organisation.refusals import Refused
from kithkin.platform.imports.lines import Change, Create, Write, changed

MOST_TRIES = 25


class Writes:
    """What placed units need written, by line; and why lines cannot be written although they have a place."""

    def __init__(self, history: History, placed: Sequence[Placed], days: Mapping[int, date], today: date) -> None:
        self.history, self.days, self.today = history, days, today
        self.refused: dict[int, str] = {}
        self.ids: dict[Key, int] = {
            one.key: one.key if isinstance(one.key, int) else -number for number, one in enumerate(placed, 1)
        }
        self.made: dict[int, Unit] = {}
        self.placed, self.after = self._tried(list(placed))

    def units(self) -> set[int]:
        """The units that are there already and may change."""
        return {one.key for one in self.placed if isinstance(one.key, int)}

    def unit(self, one: Placed) -> int | Unit:
        """The unit of this place: its id, or the row that `by_line` made."""
        return one.key if isinstance(one.key, int) else self.made[self.ids[one.key]]

    def by_line(self, units: Mapping[int, Unit], rows: Iterable[UnitPeriod]) -> dict[int, list[Write]]:
        """The rows to write for each line; `units` and `rows` are those of `units()`, locked."""
        of_unit: dict[int, list[UnitPeriod]] = {}
        for row in rows:
            of_unit.setdefault(row.unit_id, []).append(row)
        writes: dict[int, list[Write]] = {}
        for one in self.placed:
            some = writes.setdefault(one.line, [])
            if isinstance(one.key, int):
                some += self._changes(one, units[one.key], of_unit[one.key])
            else:
                some += self._creations(one)
        return {line: some for line, some in writes.items() if line not in self.refused}

    def _tried(self, placed: list[Placed]) -> tuple[list[Placed], History]:
        """Those that fit into every day, and the history with them; what does not fit goes, with all below it."""
        for _try in range(MOST_TRIES):
            try:
                history = self._put(placed)
                return placed, check(history, min([self.today, *self.days.values()]), before=history)
            except Refused as refused:
                culprit = next((one for one in placed if self.ids[one.key] == refused.unit), None)
                lost = [culprit] if culprit else placed
                for one in lost:
                    self.refused.setdefault(one.line, str(refused))
                placed = self._without_refused(placed)
        for one in placed:
            self.refused.setdefault(one.line, _("Too many lines do not fit to what is planned. Mend those first."))
        return [], self.history

    def _without_refused(self, placed: list[Placed]) -> list[Placed]:
        kept: list[Placed] = []
        lost: set[Key] = set()
        for one in placed:
            if one.line not in self.refused and one.parent not in lost:
                kept.append(one)
                continue
            self.refused.setdefault(one.line, str(NO_PLACE))
            if isinstance(one.key, str):
                lost.add(one.key)
        return kept

    def _put(self, placed: Iterable[Placed]) -> History:
        draft = Draft(self.history, self.today)
        for one in placed:
            day, unit = self.days.get(one.line, self.today), self.ids[one.key]
            parent = self.ids.get(one.parent, one.parent) if one.parent is not None else None
            assert parent is None or isinstance(parent, int)
            if isinstance(one.key, str):
                period = Period(unit, one.name, one.kind or UnitKind.DEPARTMENT.value, parent, day)
                draft.history = draft.history.with_unit(unit, [period])
                continue
            try:
                self._change(draft, unit, one, parent)
            except Refused as refused:
                refused.unit = unit
                raise
        return draft.history

    def _change(self, draft: Draft, unit: int, one: Placed, parent: int | None) -> None:
        day = self.days.get(one.line, self.today)
        draft.put(unit, Field.NAME, one.name, day)
        draft.put(unit, Field.PARENT, parent, day)
        if one.kind:
            draft.put(unit, Field.KIND, one.kind, day)

    def _creations(self, one: Placed) -> list[Write]:
        unit = self.made[self.ids[one.key]] = Unit(name=one.name, code=one.code)
        return [Create(unit), *(Create(self._row(period, unit)) for period in self.after.of_unit(self.ids[one.key]))]

    def _changes(self, one: Placed, unit: Unit, rows: Sequence[UnitPeriod]) -> list[Write]:
        periods = {period.since: period for period in self.after.of_unit(unit.pk)}
        known = {row.since: row for row in rows}
        if known.keys() - periods.keys():
            self.refused[one.line] = _("Just this is planned for it already. Change the plan on its page.")
            return []
        writes: list[Write] = []
        for since, period in periods.items():
            after = self._row(period, unit, copy.copy(known[since]) if since in known else None)
            if since not in known:
                writes.append(Create(after))
            elif fields := changed(known[since], after):
                writes.append(Change(known[since], after, fields))
        last = max(periods.values(), key=lambda period: period.since)
        renamed = copy.copy(unit)
        renamed.name, renamed.code = last.name, unit.code or one.code
        if fields := changed(unit, renamed):
            writes.append(Change(unit, renamed, fields))
        return writes

    def _row(self, period: Period, unit: Unit, row: UnitPeriod | None = None) -> UnitPeriod:
        row = row or UnitPeriod(unit=unit, since=period.since)
        row.name, row.kind, row.until = period.name, period.kind, period.until
        if period.parent is not None and period.parent < 0:
            row.parent = self.made[period.parent]
        else:
            row.parent_id = period.parent
        return row
