"""SurveyJS's JSON: read as it is; written without what only Kithkin knows, which is told."""

from __future__ import annotations

import json
from typing import Any

from kithkin.questionnaire.formats.conditions import literal
from kithkin.questionnaire.formats.format import Format, rows
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.opening import Opened
from kithkin.questionnaire.formats.telling import ours_alone, tell_of_body
from kithkin.questionnaire.model.questionnaire import FORMAT, VERSION
from kithkin.questionnaire.model.text import Localised
from kithkin.questionnaire.questionnaire import Questionnaire

_OURS_ALONE = {"constantsum", "maxdiff"}
COMES_IN = rows("""
types and properties of the [vocabulary](../questionnaire.md) | themselves | kept | looks decide nothing
unknown types and properties | themselves | approximated | they stay in the file and decide nothing
`choicesByUrl` | any short text | approximated | no other server is asked
`clearInvisibleValues` other than on hiding | answers to hidden questions are always empty | approximated |
conditions that are no expressions | themselves | approximated | `check` says how to mend them
functions that are not [known](../expressions.md) | themselves | approximated | they give nothing
time limits, no way back, one answer a browser | themselves | approximated | they stay and decide nothing
""")
GOES_OUT = rows("""
the body | itself | kept |
`constantsum`, `maxdiff` | themselves | approximated | SurveyJS shows them where they were added to it
embedded values | `calculatedValues` with the default | approximated |
completion pages | `completedHtmlOnCondition`, `navigateToUrlOnCondition` | kept |
metrics, quotas, randomisation, scoring, identity | nothing | lost | SurveyJS has no word for them
""")
_SIGNS = ("pages", "elements", "questions")


def _recognises(opened: Opened) -> bool:
    if not opened.head.startswith(b"{"):
        return False
    found = opened.json
    return found.get("format") != FORMAT and any(isinstance(found.get(name), list) for name in _SIGNS)


def _read(opened: Opened, losses: Losses) -> dict[str, Any]:
    document = {"format": FORMAT, "version": VERSION, "body": opened.json, "kithkin": {}}
    tell_of_body(Questionnaire.from_json(document), losses)
    return document


def _write(questionnaire: Questionnaire, losses: Losses) -> bytes:
    body = questionnaire.to_json()["body"]
    for question in questionnaire.questions(inside=True):
        what = f"{question.type} {question.name}"
        losses.element(question.where, what)
        if question.type in _OURS_ALONE:
            losses.approximated(question.where, what, "SurveyJS shows this type only where it was added to it")
    _write_ours(questionnaire, body, losses)
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode()


def _write_ours(questionnaire: Questionnaire, body: dict[str, Any], losses: Losses) -> None:
    own = questionnaire.ours
    for value in own.embedded:
        calculated = {"name": value.name, "expression": literal(value.default), "includeIntoResult": value.stored}
        _list_of(body, "calculatedValues").append(calculated)
        reason = "a calculated value that holds the default; what the invitation brings must be set as a variable"
        losses.approximated(value.where, f"embedded value {value.name}", reason)
    for page in own.completion:
        if page.url:
            _condition(body, "navigateToUrlOnCondition", page.when, {"url": page.url})
        if page.html or page.title:
            _condition(body, "completedHtmlOnCondition", page.when, {"html": _plain(page.html or page.title)})
        losses.element(page.where, "a completion page")
    for where, what in ours_alone(questionnaire):
        losses.lost(where, what, "SurveyJS has no word for it")
    losses.lost("/kithkin/identity", f"identity {own.identity}", "SurveyJS has no word for it")


def _condition(body: dict[str, Any], name: str, when: str | None, said: dict[str, Any]) -> None:
    _list_of(body, name).append({"expression": when or "true", **said})


def _list_of(body: dict[str, Any], name: str) -> list[Any]:
    """A list in the body; null stands for none there."""
    if body.get(name) is None:
        body[name] = []
    found: list[Any] = body[name]
    return found


def _plain(text: Localised) -> Any:
    return dict(text.texts) if len(text.texts) > 1 else text.said_in("")


SURVEYJS = Format("surveyjs", "SurveyJS", _recognises, _read, _write, tables={"In": COMES_IN, "Out": GOES_OUT})
