"""Kithkin's own envelope: what goes in comes out."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.formats.format import Format, rows
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.opening import Opened
from kithkin.questionnaire.formats.telling import tell_of_body
from kithkin.questionnaire.model.questionnaire import FORMAT
from kithkin.questionnaire.questionnaire import Questionnaire

TABLE = rows("the whole document | itself | kept | what is not known stays in it and is told")


def _recognises(opened: Opened) -> bool:
    return opened.head.startswith(b"{") and FORMAT.encode() in opened.content and opened.json.get("format") == FORMAT


def _read(opened: Opened, losses: Losses) -> dict[str, Any]:
    tell_of_body(Questionnaire.from_json(opened.json), losses)
    return opened.json


def _write(questionnaire: Questionnaire, losses: Losses) -> bytes:
    for question in questionnaire.questions():
        losses.element(question.where, f"{question.type} {question.name}")
    return questionnaire.to_text().encode()


OWN = Format("kithkin", "Kithkin's own JSON", _recognises, _read, _write, tables={"Everything": TABLE})
