"""The kind: figures per unit and period, one a line or a column for each."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from kithkin.directory.imports.lookups import Unfit, first_with
from kithkin.directory.models import Unit, UnitPeriod
from kithkin.directory.rules.imports import may_import
from kithkin.insights.events import FiguresImported
from kithkin.insights.facts import TABLE
from kithkin.insights.imports.fields import SAMPLE, fields_of
from kithkin.insights.imports.measures import MeasuresOfFile
from kithkin.insights.imports.plans import FiguresPlan
from kithkin.insights.imports.reading import FigureReader, Read, Said, key_of
from kithkin.insights.imports.units import UnitsOfFile
from kithkin.insights.models import Outcome, OutcomeMeasure
from kithkin.platform.imports.lines import Change, Create, Line, Planned, Problem, Write
from kithkin.platform.models import Import
from kithkin.platform.registries.imports import ImportKind, Setting
from kithkin.platform.services.facts import note_changed

Known = dict[tuple[int, int, str], Outcome]


class FigurePlanner:
    """Each line brings the figures of one unit and period; a value that is there is replaced where it differs."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        one = Import.objects.get(pk=setting.import_id)
        plan = FiguresPlan.kept(one.options)
        self._reader = FigureReader(plan, one.columns)
        self._units = UnitsOfFile(plan, running=setting.running)
        self._measures = MeasuresOfFile(setting.import_id)
        self._seen: dict[tuple[object, ...], int] = {}
        self._first: dict[tuple[str, str], int] = {}
        """The line that first names each unit and figure: a trial that is taken up half-way counts none twice."""
        self._begun = False

    def same(self, line: Line, *, claims: bool = True) -> int | None:
        """An earlier line of the same unit and period (and figure, where a line holds one)."""
        read = self._reader.read(line)
        unit = line.values.get("unit")
        key = key_of(line, self._units.key(unit) if unit else None, read)
        if key is None:
            return None
        if claims and not read.problems:
            for named in (("unit", str(unit)), *(("figure", said.figure.name) for said in read.said)):
                self._first.setdefault(named, line.number)
        first = first_with(self._seen, key, line.number, claims=claims and not read.problems)
        return first if first != line.number else None

    def plan(self, lines: Sequence[Line]) -> Sequence[Planned]:
        """A chunk of lines, with three queries."""
        self._begin(lines)
        read = {line.number: self._reader.read(line) for line in lines}
        self._units.know(line.values["unit"] for line in lines if line.values.get("unit"))
        units: dict[int, int | Unit] = {}
        problems = {number: list(one.problems) for number, one in read.items()}
        for line in lines:
            if line.values.get("unit"):
                try:
                    units[line.number] = self._units.find(line)
                except Unfit as unfit:
                    problems[line.number].append(unfit.problem)
        good = {number: unit for number, unit in units.items() if not problems[number]}
        known = self._known(good.values(), [read[number] for number in good])
        return [self._planned(line, read[line.number], units.get(line.number), problems, known) for line in lines]

    def _begin(self, lines: Sequence[Line]) -> None:
        """What a trial counted before this job began is not counted anew."""
        if self._begun or not lines:
            return
        self._begun = True
        if not self._setting.running:
            for (what, name), number in self._first.items():
                if number < lines[0].number:
                    (self._units if what == "unit" else self._measures).settled(name)

    def _planned(
        self, line: Line, read: Read, unit: int | Unit | None, problems: dict[int, list[Problem]], known: Known
    ) -> Planned:
        if problems[line.number]:
            return Planned(problems=tuple(problems[line.number]))
        if unit is None or line.unread:
            return Planned()
        writes: list[Write] = []
        for said in read.said:
            writes += self._measures.makes(said.figure)
            found = self._value(said, unit, read.month, known)
            writes += [found] if found is not None else []
        return Planned((*(self._units.makes(unit, line.values["unit"]) if writes else ()), *writes))

    def _value(self, said: Said, unit: int | Unit, month: str, known: Known) -> Write | None:
        measure = self._measures.row(said.figure)
        before = None
        if isinstance(unit, int) and measure.pk:
            before = known.get((measure.pk, unit, month))
        if before is None:
            place = {"unit_id": unit} if isinstance(unit, int) else {"unit": unit}
            brought = self._setting.import_id
            return Create(
                Outcome(measure=measure, month=month, value=said.value, n=said.n, brought_id=brought, **place)
            )
        after = copy.copy(before)
        after.value, after.n = float(said.value), before.n if said.n is None else said.n
        if (after.value, after.n) == (before.value, before.n):
            return None
        after.brought_id = self._setting.import_id
        return Change(before, after, frozenset({"value", "n", "brought"}))

    def _known(self, units: Iterable[int | Unit], read: Sequence[Read]) -> Known:
        """The values that are there already of what the lines speak of."""
        measures = self._measures.keys(said.figure for one in read for said in one.said)
        ids = {unit for unit in units if isinstance(unit, int)}
        rows = Outcome.objects.filter(measure__in=measures, unit__in=ids, month__in={one.month for one in read})
        return {(one.measure_id, one.unit_id, one.month): one for one in self._setting.read(rows)}


def _touched(rows: Sequence[Any]) -> None:
    """The facts of whatever was written, or taken back."""
    keys = [row.pk for row in rows if isinstance(row, Outcome)]
    if keys:
        note_changed(TABLE, keys)


def _brought(_one: Import) -> Sequence[tuple[str, Any]]:
    return [(reverse("figures"), gettext_lazy("See the figures"))]


FIGURES = ImportKind(
    "figures",
    gettext_lazy("Figures"),
    gettext_lazy(
        "Each line is about a unit and a period: revenue, retention, calls or a published score, with its n; "
        "one figure a line, or a column for each."
    ),
    allowed=may_import,
    fields=lambda _user: SAMPLE,
    fields_of=fields_of,
    page="figure_columns",
    most_columns=2_500,
    planner=FigurePlanner,
    models=(Unit, UnitPeriod, OutcomeMeasure, Outcome),
    imported=lambda import_id, count: FiguresImported(import_id=import_id, count=count),
    touched=_touched,
    brought=_brought,
    makes=Outcome,
    position=70,
)
