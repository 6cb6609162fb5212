"""From cells to plans: read the values, ask the kind what each line would do, refuse what cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from kithkin.platform.imports.kept import Cells, KeptLines, NotImportable, head
from kithkin.platform.imports.lines import Change, Line, Planned, Problem
from kithkin.platform.imports.values import BadValue, read_cell
from kithkin.platform.models import Import, ImportRow, RowAction
from kithkin.platform.registries.imports import Field, ImportKind, Planner, Setting, kind_of

CLEAR = "clear"


@dataclass(frozen=True)
class Plan:
    """One line with what is planned for it; `second` where that is what it says of other lines.

    `refused` is what is known of a line that the first reading refused: the second only adds its problems.
    """

    line: Line
    planned: Planned
    second: bool = False
    refused: ImportRow | None = None


class Plans:
    """Plans of one job. It remembers which lines spoke of the same thing, so ask for the chunks in their order."""

    def __init__(self, one: Import, lines: KeptLines, *, running: bool) -> None:
        self._one, self._lines, self._running = one, lines, running
        self.kind, self._fields = matched_fields(one)
        self._codes = {one.mapping.get(column, ""): said for column, said in head(one.path).codes.items()}
        found = [(one.columns.index(column), self._fields[key]) for column, key in one.mapping.items()]
        self._places = sorted(found, key=lambda pair: pair[0])
        self._done: set[tuple[type[models.Model], int]] = set()
        self._next = 0
        second = self.kind.second
        self._second = second if second and second.fields & self._fields.keys() else None
        self._planner, self._linker = self._fresh()
        while self._next < min(one.cursor, lines.chunks):
            self._read(self._next)

    @property
    def steps(self) -> int:
        """How many chunks are to be planned: those of the file, and all of them once more for a second reading."""
        return self._lines.chunks * (2 if self._second else 1)

    def chunk(self, index: int) -> list[Plan]:
        """Each line of the chunk with its plan; nothing is written."""
        if index >= self._lines.chunks:
            return self._linked(index - self._lines.chunks)
        read = self._known if index < self._next else self._read(index)
        asked = [line for line, problems in read if not problems or (line.texts and not self.kind.whole)]
        planned = dict(zip((line.number for line in asked), self._planner.plan(asked), strict=True))
        good = iter(self._once([planned[line.number] for line, problems in read if not problems]))
        return [
            Plan(line, _with_all(line, problems, planned.get(line.number)) if problems else next(good))
            for line, problems in read
        ]

    def again(self) -> None:
        """Forget what the planner knows of other tables: they changed under it."""
        self._planner, self._linker = self._fresh()
        for cells in (cells for index in range(self._next) for cells in self._lines.chunk(index)):
            line, problems = self._line(cells)
            self._earlier(line, claims=not problems)

    def _fresh(self) -> tuple[Planner, Planner | None]:
        one = self._one
        setting = Setting(one.pk, one.by, one.options, frozenset(one.mapping.values()), self._running, one.name)
        return self.kind.planner(setting), self._second.planner(setting) if self._second else None

    def _earlier(self, line: Line, *, claims: bool) -> int | None:
        if self._linker:
            self._linker.same(line, claims=claims)
        return self._planner.same(line, claims=claims)

    def _linked(self, index: int) -> list[Plan]:
        """The lines that say something of others; of those that were refused, only what is wrong with that."""
        assert self._linker
        assert self._second
        read = [self._line(cells)[0] for cells in self._lines.chunk(index)]
        lines = [line for line in read if line.values.keys() & self._second.fields]
        numbers = [line.number for line in lines]
        rows = ImportRow.objects.filter(of=self._one, action=RowAction.REFUSED, model="", number__in=numbers)
        refused = {row.number: row for row in rows}
        plans = self._linker.plan(lines) if lines else []
        found = []
        for line, planned in zip(lines, plans, strict=True):
            row = refused.get(line.number)
            if row:
                wrong = tuple(one for one in planned.problems if one.field and one.field not in line.unread)
                planned = Planned(problems=wrong)  # noqa: PLW2901
            if not row or planned.problems:
                found.append(Plan(line, planned, second=True, refused=row))
        return found

    def _read(self, index: int) -> list[tuple[Line, tuple[Problem, ...]]]:
        found = []
        for cells in self._lines.chunk(index):
            line, problems = self._line(cells)
            earlier = self._earlier(line, claims=not problems)
            if earlier is not None:
                said = _("Line %(number)s of the file is about the same.") % {"number": earlier}
                problems = (*problems, Problem("", said, _("Keep one of the two.")))
            found.append((line, problems))
        self._next, self._known = index + 1, found
        return found

    def _line(self, cells: Cells) -> tuple[Line, tuple[Problem, ...]]:
        if cells.fault:
            return Line(cells.number, {}), (_fault(cells),)
        texts = {field.key: cells.cells[place] for place, field in self._places}
        values, problems = {}, []
        clearing = self._one.options.get("empty") == CLEAR
        for _place, field in self._places:
            cell = texts[field.key]
            if not cell:
                continue
            try:
                values[field.key] = self._value(field, cell)
            except BadValue as bad:
                problems.append(Problem(field.key, bad.reason, bad.remedy, cell[:200]))
        cleared = (key for key, cell in texts.items() if clearing and not cell and self._fields[key].clears)
        unread = frozenset(problem.field for problem in problems)
        return Line(cells.number, values, frozenset(cleared), unread, texts), tuple(problems)

    def _value(self, field: Field, cell: str) -> Any:
        """What the field makes of the cell, or else of the code that the cell is the label of."""
        try:
            return read_cell(field.read, cell)
        except BadValue:
            code = self._codes.get(field.key, {}).get(cell)
            if code is None:
                raise
            return read_cell(field.read, code)

    def _once(self, plans: Sequence[Planned]) -> list[Planned]:
        """Refuse a line that would change what another line of this file changes."""
        wanted = [
            {(type(write.before), write.before.pk) for write in plan.writes if isinstance(write, Change)}
            for plan in plans
        ]
        done = self._done | (self._written(set().union(*wanted)) if self._running and wanted else set())
        found = []
        for plan, rows in zip(plans, wanted, strict=True):
            rows = rows | ({(type(plan.target), plan.target.pk)} if plan.target is not None else set())  # noqa: PLW2901
            if rows & done:
                said = _("Another line of the file is about the same.")
                found.append(Planned(problems=(Problem("", said, _("Keep one of the two.")),)))
                continue
            done |= rows
            found.append(plan)
        if not self._running:
            self._done = done
        return found

    def _written(self, rows: set[tuple[type[models.Model], int]]) -> set[tuple[type[models.Model], int]]:
        by_label = {model._meta.label_lower: model for model, _pk in rows}
        found: set[tuple[type[models.Model], int]] = set()
        for label, model in by_label.items():
            ids = [pk for kind, pk in rows if kind is model]
            known = ImportRow.objects.filter(of=self._one, model=label, target_id__in=ids)
            found |= {(model, pk) for pk in known.values_list("target_id", flat=True) if pk is not None}
        return found


def permitted_kind(one: Import) -> ImportKind:
    """The kind; `NotImportable` where there is none any more, or whoever began may no longer import it."""
    kind = kind_of(one.kind)
    if kind is None:
        raise NotImportable(_("This kind of file can no longer be imported here."))
    if one.by is None or not kind.allowed(one.by):
        raise NotImportable(_("Whoever began this import may no longer do so. Somebody who may can upload the file."))
    return kind


def matched_fields(one: Import) -> tuple[ImportKind, dict[str, Field]]:
    """The kind, and the fields that were matched; `NotImportable` where one of them is no more."""
    kind = permitted_kind(one)
    known = kind.fields_of(one) if kind.fields_of else kind.fields(one.by)
    fields = {field.key: field for field in known}
    for column, key in one.mapping.items():
        if key not in fields:
            said = _("Column “%(column)s” was matched to something that was removed since. Match the columns again.")
            raise NotImportable(said % {"column": column})
        if column not in one.columns:
            said = _("The file no longer has its column “%(column)s”. Match the columns again.")
            raise NotImportable(said % {"column": column})
    return kind, {key: fields[key] for key in one.mapping.values()}


def _fault(cells: Cells) -> Problem:
    if cells.fault.startswith("ragged"):
        said = _("It has %(found)s fields, the header has %(wanted)s.")
        found = {"found": cells.fault.partition(" ")[2], "wanted": len(cells.cells)}
        return Problem("", said % found, _("Put values that hold a separator in quotes, or complete the line."))
    return Problem("", _("The file ends in the middle of this line."), _("Export the file again, or complete it."))


def fault_of(cells: Cells) -> list[str]:
    """What is wrong with a line as a whole, as [column, value, reason, remedy]."""
    problem = _fault(cells)
    return ["", "", problem.reason, problem.remedy]


def _with_all(line: Line, problems: tuple[Problem, ...], planned: Planned | None) -> Planned:
    """What could not be read, and what else the kind finds wrong."""
    more = planned.problems if planned else ()
    return Planned(problems=(*problems, *(one for one in more if one.field not in line.unread)))


def with_problem(plan: Plan, problem: Problem) -> Plan:
    """The line refused after all."""
    return replace(plan, planned=Planned(problems=(problem,)))
