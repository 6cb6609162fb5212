"""Programs to test with."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from kithkin.directory.models import Side
from kithkin.forms.services import publish_version
from kithkin.surveys.models import Program
from kithkin.surveys.services import NewResponse, ProgramDraft, create_program, launch_program

ASKED = {
    "format": "kithkin.questionnaire",
    "version": 1,
    "body": {
        "elements": [
            {"type": "rating", "name": "recommend", "rateMin": 0, "rateMax": 10},
            {"type": "rating", "name": "food", "rateMax": 5},
            {"type": "dropdown", "name": "by", "choices": ["car", "train"]},
            {"type": "comment", "name": "words"},
        ]
    },
    "kithkin": {"metrics": [{"question": "recommend", "measures": "nps"}]},
}


def make_program(name: str = "Guests", side: str = Side.KITH, *, launched: bool = True, **draft: Any) -> Program:
    """A program that asks the four questions above."""
    program = create_program(draft=ProgramDraft(name, side, **draft))
    publish_version(questionnaire=program.questionnaire, body=ASKED, by=None)
    headline = program.questionnaire.fields.get(name="recommend")
    return launch_program(program=program, headline=headline) if launched else program


def noon(day: date) -> datetime:
    """The middle of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def answered(ref: str = "", day: date = date(2026, 3, 14), **said: Any) -> NewResponse:
    """One response; what is not a part of it is an answer."""
    parts = {name: said.pop(name) for name in ("unit", "person", "account", "weight", "wave") if name in said}
    return NewResponse(at=noon(day), ref=ref, answers=said, **parts)
