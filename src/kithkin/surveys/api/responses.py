"""Responses, by the hundred."""

from __future__ import annotations

from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status
from pydantic import StrictBool

from kithkin.directory.models import Account, Person, Touchpoint, Unit
from kithkin.forms.answers import NoAnswer, checked
from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import KEPT, Id, InPath, Moment, Sent, text
from kithkin.platform.api.once import once
from kithkin.platform.api.problems import Refused, fault
from kithkin.surveys.api.programs import seen
from kithkin.surveys.models import Program, Wave
from kithkin.surveys.queries.programs import fields_of
from kithkin.surveys.rules import can_run_program
from kithkin.surveys.services import NewResponse, record_responses

router = Router()
MOST = 1_000
Words = Annotated[str, Field(max_length=20_000, pattern=KEPT)]
Answer = Annotated[float, Field(strict=True, allow_inf_nan=False)] | StrictBool | Words | list[Words]


class ResponseIn(Sent):
    """What one respondent answered."""

    at: Moment
    number: Annotated[str, text(60, says="By which it is known again: sent twice, it is kept once.")] = ""
    answers: dict[str, Answer] = Field(description="By the names of the program's questions.")
    unit: Id | None = Field(None, description="The unit that was met, or works.")
    touchpoint: Id | None = None
    person: Id | None = Field(None, description="Who answered; of an anonymous program it is not kept.")
    account: Id | None = None
    wave: Id | None = Field(None, description="Where it is not said: the wave in whose days it falls.")
    weight: Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)] | None = None


class ResponsesIn(Sent):
    """A batch."""

    responses: list[ResponseIn] = Field(min_length=1, max_length=MOST)


class RecordedOut(Schema):
    """What became of a batch."""

    new: int
    known: int = Field(description="Known by their numbers, and left as they are.")


@router.post("/programs/{program_id}/responses", response={201: RecordedOut})
@once
def record_responses_of_program(request: HttpRequest, program_id: InPath, sent: ResponsesIn) -> Status[RecordedOut]:
    """Bring responses in, all of them or none; what is known by its number is left as it is."""
    program = seen(request, program_id)
    if not can_run_program(asker(request), program):
        raise PermissionDenied(_("Responses are brought in by those who run the program."))
    rows = _checked(program, sent.responses)
    recorded = record_responses(program=program, rows=rows)
    return Status(201, RecordedOut(new=recorded.new, known=recorded.known))


def _checked(program: Program, sent: list[ResponseIn]) -> list[NewResponse]:
    faults: list[Any] = []
    fields = {field.name: field for field in fields_of(program)}
    rows = []
    for place, one in enumerate(sent):
        answers = {}
        for name, value in one.answers.items():
            where = f"responses.{place}.answers.{name}"
            try:
                answers[name] = checked(fields[name], value)
            except KeyError:
                faults.append(fault(where, _("The program asks nothing of this name.")))
            except NoAnswer as error:
                faults.append(fault(where, str(error)))
        rows.append(
            NewResponse(
                one.at,
                one.unit,
                None,
                one.touchpoint,
                one.person,
                one.account,
                one.weight,
                answers,
                one.wave,
                one.number,
            )
        )
    for key, model in (("unit", Unit), ("touchpoint", Touchpoint), ("person", Person), ("account", Account)):
        faults += _unknown(sent, key, model.objects.all())
    faults += _unknown(sent, "wave", Wave.objects.filter(program=program))
    if faults:
        raise Refused(422, "not-valid", _("Some of what was sent is not valid."), faults=faults[:100])
    return rows


def _unknown(sent: list[ResponseIn], key: str, rows: models.QuerySet[Any]) -> list[Any]:
    wanted = {getattr(one, key) for one in sent} - {None}
    gone = wanted - set(rows.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    return [
        fault(f"responses.{place}.{key}", _("There is none with this id."))
        for place, one in enumerate(sent)
        if getattr(one, key) in gone
    ]
