"""Programs, their waves and their questions."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field as Said
from ninja import Query, Router, Schema

from kithkin.forms.models import Field
from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import InPath
from kithkin.platform.api.pages import Asked, Page, each, page_of
from kithkin.surveys.models import Program, Wave
from kithkin.surveys.queries.programs import fields_of, programs_visible_to, waves_of
from kithkin.surveys.rules import can_see_programs

router = Router()


class ProgramOut(Schema):
    """Asking the same people the same thing again and again."""

    id: int
    version: int
    name: str
    side: str = Said(description="kith (outside) or kin (inside).")
    identity: str = Said(description="What respondents are promised: identified, confidential or anonymous.")
    floor: int | None = Said(description="The smallest group that is shown; null: every group.")
    dimensions: list[str] = Said(description="By what results of a program with a floor are cut.")
    state: str = Said(description="draft, running or closed.")
    unit: int | None = Said(description="The unit that runs it; null: the whole company.")
    main_score: str | None = Said(description="The name of the question that is its main score.")


class WaveOut(Schema):
    """One round."""

    id: int
    name: str
    starts: date
    ends: date = Said(description="The first day that no longer belongs to it.")
    responses: int | None = Said(description="Null where the program shows no group as small.")


class FieldOut(Schema):
    """One question, by the name under which it is answered."""

    name: str
    title: str
    kind: str = Said(description="score, number, choice, choices, truth, day or text.")
    low: float | None
    high: float | None
    choices: list[list[str]] = Said(description="Pairs of a value and its words.")
    measures: str = Said(description="nps, csat, ces, inps, enps, engagement, service or nothing.")
    dimension: str


ProgramsPage = Page[ProgramOut]
WavesPage = Page[WaveOut]
FieldsPage = Page[FieldOut]


@router.get("/programs", response=ProgramsPage)
def list_programs(request: HttpRequest, asked: Query[Asked]) -> ProgramsPage:
    """The programs within the asker's reach."""
    return page_of(_visible(request), asked, each(_shown), ProgramsPage)


@router.get("/programs/{program_id}", response=ProgramOut)
def get_program(request: HttpRequest, program_id: InPath) -> ProgramOut:
    """One program."""
    return _shown(seen(request, program_id))


@router.get("/programs/{program_id}/waves", response=WavesPage)
def list_waves(request: HttpRequest, program_id: InPath, asked: Query[Asked]) -> WavesPage:
    """The waves of a program, with the number of their responses."""
    program = seen(request, program_id)
    return page_of(waves_of(program), asked, each(partial(_wave, program.floor)), WavesPage)


@router.get("/programs/{program_id}/fields", response=FieldsPage)
def list_fields(request: HttpRequest, program_id: InPath, asked: Query[Asked]) -> FieldsPage:
    """What a program asks, and what is an answer."""
    return page_of(fields_of(seen(request, program_id)), asked, each(_field), FieldsPage)


def seen(request: HttpRequest, program_id: int) -> Program:
    """The program where the asker sees it."""
    return get_object_or_404(_visible(request), pk=program_id)


def _visible(request: HttpRequest) -> QuerySet[Program]:
    user = asker(request)
    if not can_see_programs(user):
        raise PermissionDenied(_("Programs are seen by program managers, analysts and heads of departments."))
    return programs_visible_to(user).select_related("headline")


def _shown(one: Program) -> ProgramOut:
    return ProgramOut(
        id=one.pk,
        version=one.version,
        name=one.name,
        side=one.side,
        identity=one.identity,
        floor=one.floor,
        dimensions=one.dimensions,
        state=one.state,
        unit=one.unit_id,
        main_score=one.headline.name if one.headline else None,
    )


def _wave(floor: int | None, one: Wave) -> WaveOut:
    count: int = getattr(one, "count", 0)
    shown = count if floor is None or count >= floor else None
    return WaveOut(id=one.pk, name=one.name, starts=one.starts, ends=one.ends, responses=shown)


def _field(one: Field) -> FieldOut:
    return FieldOut(
        name=one.name,
        title=one.title,
        kind=one.kind,
        low=one.low,
        high=one.high,
        choices=one.choices,
        measures=one.measures,
        dimension=one.dimension,
    )
