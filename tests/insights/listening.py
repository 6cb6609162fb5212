"""A company that listens, small enough to be counted by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime

from kithkin.directory.models import Side
from kithkin.forms.services import publish_version
from kithkin.insights.services.releases import release_program
from kithkin.insights.warehouse import load_pending
from kithkin.surveys.models import Program
from kithkin.surveys.services import NewResponse, ProgramDraft, create_program, launch_program, record_responses

TODAY = date(2026, 11, 26)
Answers = Iterable[NewResponse]


def program(
    name: str, side: str, *, measures: str, high: int = 10, dimensions: Iterable[str] = (), **draft: object
) -> Program:
    """A running program that asks for one score, "score", and a choice, "kind"."""
    made = create_program(draft=ProgramDraft(name, side, **draft))
    body = {
        "format": "kithkin.questionnaire",
        "version": 1,
        "body": {
            "elements": [
                {"type": "rating", "name": "score", "rateMin": 0 if high == 10 else 1, "rateMax": high},
                {"type": "rating", "name": "speed", "rateMin": 1, "rateMax": 5},
                {"type": "dropdown", "name": "kind", "choices": ["new", "old"]},
            ]
        },
        "kithkin": {"metrics": [{"question": "score", "measures": measures}] if measures else []},
    }
    publish_version(questionnaire=made.questionnaire, body=body, by=None)
    return launch_program(
        program=made, headline=made.questionnaire.fields.get(name="score"), dimensions=list(dimensions)
    )


def outside(**draft: object) -> Program:
    """Customers, identified."""
    return program("Customers", Side.KITH, measures="nps", **draft)


def inside(**draft: object) -> Program:
    """Employees, under a promise, cut by unit and month."""
    return program("Colleagues", Side.KIN, measures="engagement", high=5, dimensions=("unit", "month"), **draft)


def said(month: str, score: int, unit: int | None, **more: object) -> NewResponse:
    """One answer in the middle of a month."""
    extra = {name: more.pop(name) for name in ("touchpoint", "link", "weight", "person", "wave", "ref") if name in more}
    at = datetime(int(month[:4]), int(month[5:]), 15, 12, tzinfo=UTC)
    return NewResponse(at=at, unit=unit, answers={"score": score, **more}, **extra)


def heard(into: Program, rows: Answers, *, released: bool = True) -> None:
    """Recorded, loaded, and released where there is a floor."""
    record_responses(program=into, rows=list(rows))
    while load_pending():
        pass
    if released and into.floor is not None:
        release_program(into, today=TODAY)


Listener = Callable[[], Program]
