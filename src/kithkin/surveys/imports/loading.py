"""A chunk of lines as responses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kithkin.directory.imports.lookups import Accounts, Persons, Units
from kithkin.directory.models import Touchpoint
from kithkin.directory.models.days import today
from kithkin.platform.imports.kept import Cells, KeptLines, NotImportable
from kithkin.platform.imports.values import BadValue
from kithkin.platform.models import Import, ImportState
from kithkin.platform.registries.imports import Loaded, RefusedLine
from kithkin.platform.text import fold
from kithkin.surveys.imports.plans import FilePlan, Holds
from kithkin.surveys.imports.reading import Bad, ColumnReader
from kithkin.surveys.imports.settling import program_of, settle
from kithkin.surveys.models import Identity, Program, Response, Wave
from kithkin.surveys.models.responses import REF_MARK
from kithkin.surveys.services import NewResponse, NotListening, record_responses

Problems = dict[int, list[Sequence[str]]]


class ResponseLoader:
    """Made once per job; the first chunk that is written makes the program."""

    def __init__(self, one: Import, lines: KeptLines, running: bool) -> None:
        self._one, self._lines, self._running = one, lines, running
        self._plan = FilePlan.kept(one.options)
        if not self._plan.columns:
            raise NotImportable(_("What the columns hold is not said yet. Match the columns."))
        self._program = program_of(one, self._plan)
        self._refuse_twice()
        self._settled = running and one.cursor > 0
        self._seen: dict[str, int] = {}
        self._places = {name: place for place, name in enumerate(one.columns)}
        self._readers = self._made_readers()
        self._remember_earlier()

    def load(self, lines: Sequence[Cells]) -> Loaded:
        """Read the chunk and, in the run, write it."""
        if self._running and not self._settled:
            self._program, self._plan = settle(self._one, self._plan, self._lines)
            self._settled = True
        rows, problems = self._read(lines)
        refused = [RefusedLine(number, found) for number, found in problems.items()]
        if not self._running:
            known = self._known_already(rows)
            return Loaded(len(rows) - known, known, refused)
        assert self._program
        try:
            recorded = record_responses(program=self._program, rows=rows, by_import=self._one)
        except NotListening as error:
            raise NotImportable(str(error)) from None
        return Loaded(recorded.new, recorded.known, refused)

    def _made_readers(self) -> list[ColumnReader]:
        units = Units("unit", today()) if self._plan.of(Holds.UNIT) else None
        finders: dict[Holds, Callable[[str], int]] = {Holds.TOUCHPOINT: _touchpoints()}
        if units:
            finders[Holds.UNIT] = units.find
        return [
            ColumnReader(plan, finders.get(plan.holds))
            for plan in self._plan.columns
            if plan.holds not in (Holds.NOTHING, Holds.PERSON, Holds.ACCOUNT)
        ]

    def _read(self, lines: Sequence[Cells]) -> tuple[list[NewResponse], Problems]:
        """The lines that can come in as responses, and what is wrong with the others."""
        problems: Problems = {}
        answers: list[dict[str, Any]] = [{} for _line in lines]
        about: dict[Holds, list[Any]] = {}
        for reader in [*self._readers, *self._of_chunk(lines)]:
            plan = reader.plan
            cells = [line.cells[self._places[plan.column]] for line in lines]
            values = reader.values(cells)
            for line, cell, value in zip(lines, cells, values, strict=True):
                if isinstance(value, Bad):
                    said = [plan.column, cell[:200], value.reason, value.remedy]
                    problems.setdefault(line.number, []).append(said)
            if plan.holds.is_answer:
                for said_so_far, value in zip(answers, values, strict=True):
                    if value is not None:
                        said_so_far[plan.asks] = value
            else:
                about[plan.holds] = values
        self._check_each(lines, about, problems)
        return [
            self._response(line, answers[place], {holds: values[place] for holds, values in about.items()})
            for place, line in enumerate(lines)
            if line.number not in problems
        ], problems

    def _of_chunk(self, lines: Sequence[Cells]) -> list[ColumnReader]:
        """Readers of people and accounts, of whom there may be too many to know all."""
        found = []
        for holds, lookup in ((Holds.PERSON, Persons), (Holds.ACCOUNT, Accounts)):
            plan = self._plan.of(holds)
            if plan is not None:
                texts = {line.cells[self._places[plan.column]] for line in lines}
                found.append(ColumnReader(plan, partial(_found, lookup(holds.value, texts))))
        return found

    def _check_each(self, lines: Sequence[Cells], about: dict[Holds, list[Any]], problems: Problems) -> None:
        """Twice the same number, and no day."""
        ref, at = self._plan.of(Holds.REF), self._plan.of(Holds.AT)
        for place, line in enumerate(lines):
            number = about[Holds.REF][place] if ref else None
            if ref and isinstance(number, str):
                earlier = self._seen.setdefault(number, line.number)
                if earlier != line.number:
                    said = _("Line %(number)s of the file has the same number.") % {"number": earlier}
                    problems.setdefault(line.number, []).append([ref.column, number, said, _("Keep one of the two.")])
            if at and about[Holds.AT][place] is None and self._plan.wave is None:
                said = _("When it was answered is not said.")
                problems.setdefault(line.number, []).append([at.column, "", said, _("Add the day.")])

    def _response(self, line: Cells, answers: dict[str, Any], about: dict[Holds, Any]) -> NewResponse:
        return NewResponse(
            at=about.get(Holds.AT) or self._wave_begins(),
            unit=about.get(Holds.UNIT),
            touchpoint=about.get(Holds.TOUCHPOINT),
            person=about.get(Holds.PERSON),
            account=about.get(Holds.ACCOUNT),
            weight=about.get(Holds.WEIGHT),
            answers=answers,
            wave=self._plan.wave.id if self._plan.wave else None,
            ref=self._ref(about.get(Holds.REF), line.number),
        )

    def _ref(self, number: str | None, line: int) -> str:
        """By which it is known again: its number within its wave, or else its line in a file of exactly these bytes."""
        if number is None:
            return f"{self._one.sha256[:16]}{REF_MARK}{line}"
        wave = self._plan.wave
        return f"{wave.id or ''}{REF_MARK}{number}" if wave else number

    def _wave_begins(self) -> datetime:
        wave = self._plan.wave
        if wave is None:
            raise NotImportable(_("When the responses were given is not said: name a wave, or a column with the day."))
        if wave.id is not None and not hasattr(self, "_begins"):
            self._begins = Wave.objects.get(pk=wave.id).starts
        day = self._begins if wave.id is not None else wave.first_day
        return timezone.make_aware(datetime.combine(day, time(12)), timezone.get_default_timezone())

    def _refuse_twice(self) -> None:
        """Of an anonymous program no number is kept by which responses would be known again: the file is."""
        program = self._program
        if program is None or program.identity != Identity.ANONYMOUS:
            return
        same = Import.objects.filter(sha256=self._one.sha256, kind=self._one.kind, state=ImportState.DONE)
        if same.filter(options__program=program.pk).exclude(pk=self._one.pk).exists():
            raise NotImportable(
                _("This very file came in already, and who answered “%(program)s” is not kept: it would count twice.")
                % {"program": program}
            )

    def _known_already(self, rows: Sequence[NewResponse]) -> int:
        if self._program is None or self._program.identity == Identity.ANONYMOUS:
            return 0
        refs = [row.ref for row in rows]
        return Response.objects.filter(program=self._program, ref__in=refs).count()

    def _remember_earlier(self) -> None:
        """The numbers of chunks that were done before this job."""
        ref = self._plan.of(Holds.REF)
        if ref is None:
            return
        place = self._places[ref.column]
        for index in range(min(self._one.cursor, self._lines.chunks)):
            for line in self._lines.chunk(index):
                self._seen.setdefault(line.cells[place], line.number)


def _found(among: Persons | Accounts, text: str) -> int:
    return among.find(text).pk


def _touchpoints() -> Callable[[str], int]:
    known = {fold(name): pk for pk, name in Touchpoint.objects.values_list("pk", "name")}

    def find(text: str) -> int:
        try:
            return known[fold(text)]
        except KeyError:
            from_here = _("There is no touchpoint of this name.")
            raise BadValue(from_here, _("Write one that there is, or leave the column aside.")) from None

    return find


def program_brought(one: Import) -> Program | None:
    """The program that an import belongs to, once it is made."""
    program = FilePlan.kept(one.options).program
    return None if program is None else Program.objects.filter(pk=program).first()
