"""Single responses: only of people outside who were promised nothing else, and only within the reader's reach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from kithkin.directory.models import Side
from kithkin.forms.asked import answer_of, text_of
from kithkin.forms.models import Field
from kithkin.platform.registries.timeline import Moment
from kithkin.surveys.models import Identity, Program, Response
from kithkin.surveys.rules import reading, run_within

if TYPE_CHECKING:
    from kithkin.platform.models import User

OPEN = Q(program__side=Side.KITH, program__identity=Identity.IDENTIFIED, program__floor__isnull=True)
"""Responses of programs of which `rules.lists_responses` is true."""


def responses_visible_to(user: User) -> QuerySet[Response]:
    """Those of identified programs outside; with a role over a part of the organisation, what is about that part."""
    within = reading(user)
    if not within:
        return Response.objects.none()
    return Response.objects.filter(OPEN, run_within(within, "program__unit"), within.limit("unit"))


def answers_of(response: Response, fields: Sequence[Field]) -> list[tuple[Field, str]]:
    """What was answered, in the words of the questionnaire."""
    found = []
    for field in fields:
        value = answer_of(response.answers, field.name)
        if value is not None:
            found.append((field, said(field, value)))
    return found


def said(field: Field, value: Any) -> str:
    """A value in words: the choice's label, with the code where it is a point of a scale."""
    labels = dict(field.choices)
    values = value if isinstance(value, list) else [value]
    words = []
    for one in values:
        code = text_of(one)
        label = labels.get(code, code)
        words.append(f"{code}: {label}" if field.kind == "score" and label != code else label)
    return ", ".join(words)


def moments(person_id: int, user: User, before: datetime, limit: int) -> Sequence[Moment]:
    """What a person outside answered under their name, as far as the reader may see it."""
    rows = responses_visible_to(user).filter(person=person_id, at__lt=before)
    found = rows.select_related("program", "program__headline", "unit").order_by("-at")[:limit]
    return [
        Moment(one.at, str(one.program), _line(one.program, one), reverse("program_response", args=[one.pk]))
        for one in found
    ]


def _line(program: Program, response: Response) -> str:
    parts = [response.unit.name] if response.unit else []
    if program.headline:
        value = answer_of(response.answers, program.headline.name)
        if value is not None:
            parts.append(f"{program.headline}: {said(program.headline, value)}")
    return " · ".join(parts)
