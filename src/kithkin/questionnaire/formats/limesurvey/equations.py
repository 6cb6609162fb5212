"""Equations: a text with expressions in it, whose value is computed and kept."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.formats.conditions import literal
from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.formats.limesurvey.questions import Making
from kithkin.questionnaire.formats.limesurvey.wording import BRACES
from kithkin.questionnaire.formats.wording import plainly


def equation(making: Making, shown: str | None) -> dict[str, Any] | None:
    """A computed element; None where it cannot be computed here, which is told."""
    asked, own = making.asked, making.wording.language
    text = asked.attribute("equation") or asked.texts.get(own) or next(iter(asked.texts.values()), "")
    try:
        expression = _joined(plainly(text), making)
    except Untranslatable as error:
        what = f"the equation {asked.code} {text.strip()[:120]!r}"
        making.losses.lost(making.where, what, f"it is not computed, and empty where it is used: {error}")
        return None
    for note in sorted(making.manager.notes):
        making.near("equation", "the equation", note)
    if shown and asked.has("hidden"):
        expression = f"iif({shown}, {expression}, '')"
    element: dict[str, Any] = {"type": "expression", "name": making.name, "expression": expression}
    helped = making.wording.plain(asked.helps, making.where, "the help")
    if helped:
        element["title"] = helped
    return element | ({"visibleIf": shown} if shown else {})


def _joined(text: str, making: Making) -> str:
    """One expression alone, or pieces of text with expressions between them."""
    pieces: list[str] = []
    place = 0
    for found in BRACES.finditer(text):
        if between := text[place : found.start()].strip("\n"):
            pieces.append(literal(between))
        pieces.append(making.manager.value(found[1]))
        place = found.end()
    if rest := text[place:].strip("\n"):
        pieces.append(literal(rest))
    if not pieces:
        return "''"
    if len(pieces) == 1:
        return pieces[0]
    return making.manager.checked(" + ".join(["''", *(f"({piece})" for piece in pieces)]))
