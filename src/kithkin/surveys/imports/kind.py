"""Responses that come by file."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kithkin.platform.imports import values
from kithkin.platform.models import Import, User
from kithkin.platform.registries.imports import Field, ImportKind, InBulk
from kithkin.surveys.imports.loading import ResponseLoader, program_brought
from kithkin.surveys.models import Program, Response
from kithkin.surveys.rules import can_import_responses, can_run_program
from kithkin.surveys.services import remove_responses

SAMPLE = (
    Field("ref", _("Respondent"), values.text(60)),
    Field("at", _("Answered"), values.moment),
    Field("unit", _("Unit"), values.text(200)),
    Field("recommend", _("Would you recommend us (0–10)"), values.number),
    Field("satisfied", _("How satisfied are you (1–5)"), values.number),
    Field("words", _("In your own words"), values.text(20_000)),
)
"""The columns of an empty file to fill; a real one has whatever it has."""


def _brought(one: Import) -> Sequence[tuple[str, str | Promise]]:
    program = program_brought(one)
    return [(reverse("program", args=[program.pk]), _("Open the program"))] if program else []


def _covers(user: User, one: Import) -> bool:
    """Whether every program that has responses of it is the user's to run."""
    held = Program.objects.filter(pk__in=Response.objects.filter(brought=one).values("program"))
    return all(can_run_program(user, program) for program in held)


RESPONSES = ImportKind(
    "responses",
    _("Responses"),
    _("Each line is what one respondent answered; a column may be a score, a choice, words, a day or a weight."),
    allowed=can_import_responses,
    fields=lambda _user: SAMPLE,
    models=(Response,),
    brought=_brought,
    covers=_covers,
    bulk=InBulk("response_columns", ResponseLoader, lambda one, most: remove_responses(by_import=one, most=most)),
    position=60,
)
