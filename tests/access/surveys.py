"""Programs: heads, analysts and managers read within reach, managers run them; single responses only where promised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from kithkin.directory.models import Side, Unit
from kithkin.surveys.models import Response
from kithkin.surveys.services import add_wave, record_responses
from tests.access.table import ANALYSTS, MANAGERS, Row
from tests.cast import Cast
from tests.surveys.files import upload
from tests.surveys.programs import answered, make_program

READERS = ANALYSTS | {"dora", "donald"}
FOREIGN = {"donald": 404}
"""Logistics has nothing to do with a program of IT."""


def program(name: str = "Help desk", **draft: Any) -> Callable[[Cast], dict[str, Any]]:
    """A program that IT runs."""
    return lambda cast: {"pk": make_program(name, unit=cast.it, **draft).pk}


def listed(cast: Cast) -> dict[str, Any]:
    """One of IT, and one of the whole company."""
    make_program("Of the IT department", unit=cast.it, side=Side.KIN)
    make_program("Of the whole company")
    return {}


def wave(cast: Cast) -> dict[str, Any]:
    """A wave of a program of IT."""
    one = make_program(unit=cast.it)
    return {"pk": add_wave(program=one, name="2026", starts=date(2026, 1, 1), ends=date(2027, 1, 1)).pk}


def heard(cast: Cast) -> dict[str, Any]:
    """An identified program of the whole company, in which Support and Logistics were met."""
    one = make_program()
    rows = [
        answered("of-support", unit=cast.support.pk),
        answered("of-logistics", unit=cast.logistics.pk),
        answered("of-none"),
    ]
    record_responses(program=one, rows=rows)
    return {"pk": one.pk}


def response(unit: Callable[[Cast], Unit], **draft: Any) -> Callable[[Cast], dict[str, Any]]:
    """One response in which a unit was met."""

    def made(cast: Cast) -> dict[str, Any]:
        record_responses(program=make_program(**draft), rows=[answered("1", unit=unit(cast).pk, food=4)])
        return {"pk": Response.objects.get().pk}

    return made


def nobody(cast: Cast) -> dict[str, Any]:
    """A confidential program with responses."""
    one = make_program(side=Side.KIN)
    record_responses(program=one, rows=[answered("secret-number", unit=cast.it.pk)])
    return {"pk": one.pk}


def file(cast: Cast) -> dict[str, Any]:
    """Percy's file; administrators see everybody's."""
    return {"pk": upload(cast.percy, "number,food\n1,5\n2,4\n").pk}


STEP = Row(MANAGERS, program(), post=lambda _: {"version": "2"}, status=302, exceptions=FOREIGN)
ROWS = {
    "programs": Row(
        READERS,
        listed,
        sees=lambda _: {"Of the IT department": READERS - {"donald"}, "Of the whole company": READERS},
    ),
    "add_program": Row(MANAGERS),
    "program": Row(READERS - {"donald"}, program(), exceptions=FOREIGN),
    "program_questions": Row(READERS - {"donald"}, program(), exceptions=FOREIGN),
    "change_program": Row(MANAGERS, program(), exceptions=FOREIGN),
    "launch_program": STEP,
    "close_program": STEP,
    "reopen_program": STEP,
    "add_wave": Row(MANAGERS, program(), exceptions=FOREIGN),
    "change_wave": Row(MANAGERS, wave, exceptions=FOREIGN),
    "program_responses": Row(
        READERS,
        heard,
        sees=lambda _: {
            "of-support": ANALYSTS | {"dora"},
            "of-logistics": ANALYSTS | {"donald"},
            "of-none": ANALYSTS,
        },
    ),
    "response_columns": Row(MANAGERS, file),
    "response_column": Row(MANAGERS, lambda cast: {**file(cast), "place": 1}),
    "program_response": Row(ANALYSTS | {"dora"}, response(lambda cast: cast.support), exceptions=FOREIGN),
}
