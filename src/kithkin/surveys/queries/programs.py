"""Programs, with what came in, as far as a reader's role reaches."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Case, Count, Max, QuerySet, When
from django.urls import reverse

from kithkin.forms.models import Field, FieldKind
from kithkin.platform.models import Import
from kithkin.platform.registries.search import Hit
from kithkin.surveys.models import Program, Response, Wave
from kithkin.surveys.registries import ProgramScore, program_scores
from kithkin.surveys.rules import reading, run_within

if TYPE_CHECKING:
    from kithkin.platform.models import User


@dataclass(frozen=True)
class Heard:
    """How many responses a program has, and when the last of them came."""

    count: int = 0
    last: datetime | None = None


def programs_visible_to(user: User) -> QuerySet[Program]:
    """Those run by a unit that the user's role reaches, or by the whole company."""
    within = reading(user)
    if not within:
        return Program.objects.none()
    return Program.objects.filter(run_within(within))


def heard(program_ids: Collection[int]) -> Mapping[int, Heard]:
    """What came in, by program."""
    rows = Response.objects.filter(program__in=program_ids).order_by().values("program")
    found = rows.annotate(count=Count("pk"), last=Max("at")).values_list("program", "count", "last")
    return {program: Heard(count, last) for program, count, last in found}


def wave_counts(program_ids: Collection[int]) -> Mapping[int, int]:
    """How many waves each has."""
    rows = Wave.objects.filter(program__in=program_ids).order_by().values("program").annotate(count=Count("pk"))
    return dict(rows.values_list("program", "count"))


def waves_of(program: Program) -> QuerySet[Wave]:
    """Its waves with the number of their responses."""
    return Wave.objects.filter(program=program).annotate(count=Count("responses")).order_by("starts", "pk")


def fields_of(program: Program) -> QuerySet[Field]:
    """What it asks, in order."""
    return Field.objects.filter(questionnaire=program.questionnaire_id).order_by("position", "number")


def first_fields_of(program: Program) -> QuerySet[Field]:
    """What it asks, the main score first, then the other scores, then the rest."""
    rank = Case(
        When(pk=program.headline_id or 0, then=0),
        When(measures__gt="", then=1),
        When(kind=FieldKind.SCORE, then=2),
        default=3,
    )
    return fields_of(program).order_by(rank, "position", "number")


def imports_of(program: Program) -> Sequence[tuple[Import, int]]:
    """The files that its responses came from, the latest first, each with how many of them are there."""
    rows = Response.objects.filter(program=program, brought__isnull=False).order_by().values("brought")
    counts = dict(rows.annotate(count=Count("pk")).values_list("brought", "count"))
    found = Import.objects.filter(pk__in=counts).select_related("by").order_by("-pk")
    return [(one, counts[one.pk]) for one in found]


def scores_of(program_ids: Collection[int], user: User) -> Mapping[int, ProgramScore]:
    """Their main scores, as far as any room can tell them."""
    found: dict[int, ProgramScore] = {}
    for source in program_scores:
        for program, score in source.of_programs(program_ids, user).items():
            found.setdefault(program, score)
    return found


def find_programs(user: User, text: str, limit: int) -> list[Hit]:
    """By their names."""
    rows = programs_visible_to(user).filter(name__icontains=text).order_by("name")[:limit]
    return [Hit(one.name, one.get_identity_display(), reverse("program", args=[one.pk]), one.side) for one in rows]
