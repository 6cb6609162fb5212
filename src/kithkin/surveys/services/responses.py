"""Responses in bulk: recorded once, however often they are sent, and taken out again."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kithkin.platform.events import publish
from kithkin.platform.models import Import
from kithkin.platform.services.facts import note_changed
from kithkin.surveys.events import ResponsesRecorded, ResponsesRemoved
from kithkin.surveys.models import Identity, Program, ProgramState, Response, Wave

CHUNK = 2_000
"""Written within a second, so that nobody else waits long to write."""


class NotListening(Exception):
    """The program takes no responses now; the message says what to do."""


@dataclass(frozen=True, slots=True)
class NewResponse:
    """One response as it comes in. Ids stand for records; answers go by the names of fields.

    `wave` None: the wave of the program in whose days it falls. `ref` is the source's own number, by which the response
    is known again; without one it is new each time.
    """

    at: datetime
    unit: int | None = None
    link: int | None = None
    touchpoint: int | None = None
    person: int | None = None
    account: int | None = None
    weight: float | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    wave: int | None = None
    ref: str = ""


@dataclass(frozen=True)
class Recorded:
    """How many were new, and how many were known by their number and left as they are."""

    new: int = 0
    known: int = 0

    def __add__(self, other: Recorded) -> Recorded:
        return Recorded(self.new + other.new, self.known + other.known)


def record_responses(*, program: Program, rows: Iterable[NewResponse], by_import: Import | None = None) -> Recorded:
    """Write responses, chunk by chunk, each in a transaction of its own unless the caller has one.

    What respondents were promised holds here, too: of an anonymous program neither person nor account, neither number
    nor hour is kept, and the order within a chunk is lost.
    """
    recorded, days = Recorded(), _Days(program)
    for chunk in _chunks(rows):
        try:
            recorded += _record_chunk(program, days, chunk, by_import)
        except IntegrityError:  # somebody else brought one of them this very moment: it is known now
            recorded += _record_chunk(program, days, chunk, by_import)
    return recorded


@transaction.atomic
def _record_chunk(program: Program, days: _Days, rows: Sequence[NewResponse], by_import: Import | None) -> Recorded:
    state = Program.objects.filter(pk=program.pk).values_list("state", flat=True).first()
    if state != ProgramState.RUNNING:
        raise NotListening(_("“%(program)s” takes no responses now. Launch it first.") % {"program": program})
    fresh = _unknown(program, rows)
    made = [_made(program, days, row, by_import) for row in fresh]
    if program.identity == Identity.ANONYMOUS:
        random.SystemRandom().shuffle(made)
    if made:
        Response.objects.bulk_create(made)
        note_changed(program.table, [one.pk for one in made])
        publish(ResponsesRecorded(program_id=program.pk, count=len(made)))
    return Recorded(len(made), len(rows) - len(made))


def remove_responses(*, by_import: Import, most: int | None = None) -> int:
    """Take out what an import brought, all of it or the last `most`; how many went."""
    gone = 0
    while most is None or gone < most:
        found = _remove_chunk(by_import, CHUNK if most is None else min(CHUNK, most - gone))
        if not found:
            break
        gone += found
    return gone


@transaction.atomic
def _remove_chunk(by_import: Import, most: int) -> int:
    rows = Response.objects.filter(brought=by_import).order_by("-pk").values_list("pk", "program_id")[:most]
    by_program: dict[int, list[int]] = {}
    for pk, program_id in rows:
        by_program.setdefault(program_id, []).append(pk)
    for program in Program.objects.filter(pk__in=by_program):
        keys = by_program[program.pk]
        Response.objects.filter(pk__in=keys).delete()
        note_changed(program.table, keys)
        publish(ResponsesRemoved(program_id=program.pk, count=len(keys)))
    return sum(map(len, by_program.values()))


class _Days:
    """On which day a moment falls, and in which wave."""

    def __init__(self, program: Program) -> None:
        self._zone = timezone.get_default_timezone()
        self._waves = list(Wave.objects.filter(program=program).values_list("pk", "starts", "ends"))
        self._of_day: dict[date, int | None] = {}
        self.own = {pk for pk, _starts, _ends in self._waves}

    def day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()

    def midday(self, at: datetime) -> datetime:
        return at.astimezone(self._zone).replace(hour=12, minute=0, second=0, microsecond=0)

    def wave(self, at: datetime) -> int | None:
        if not self._waves:
            return None
        day = self.day(at)
        if day not in self._of_day:
            self._of_day[day] = next((pk for pk, starts, ends in self._waves if starts <= day < ends), None)
        return self._of_day[day]


def _made(program: Program, days: _Days, row: NewResponse, by_import: Import | None) -> Response:
    anonymous = program.identity == Identity.ANONYMOUS
    if row.wave is not None and row.wave not in days.own:
        raise ValueError(f"wave {row.wave} is none of program {program.pk}")
    return Response(
        program_id=program.pk,
        wave_id=days.wave(row.at) if row.wave is None else row.wave,
        at=days.midday(row.at) if anonymous else row.at,
        unit_id=row.unit,
        link_id=row.link,
        touchpoint_id=row.touchpoint,
        person_id=None if anonymous else row.person,
        account_id=None if anonymous else row.account,
        weight=row.weight,
        answers=dict(row.answers),
        ref="" if anonymous else row.ref,
        brought_id=by_import.pk if by_import else None,
    )


def _unknown(program: Program, rows: Sequence[NewResponse]) -> list[NewResponse]:
    """Those whose number is not known, each number once."""
    refs = [row.ref for row in rows if row.ref]
    seen = set(Response.objects.filter(program=program, ref__in=refs).values_list("ref", flat=True)) if refs else set()
    fresh = []
    for row in rows:
        if not row.ref or row.ref not in seen:
            fresh.append(row)
            seen.add(row.ref)
    return fresh


def _chunks(rows: Iterable[NewResponse]) -> Iterator[list[NewResponse]]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk
