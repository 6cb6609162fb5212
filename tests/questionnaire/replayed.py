"""How the tests replay."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from kithkin.questionnaire import Questionnaire, Replay, check, replay

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def asked(*elements: dict[str, Any], kithkin: dict[str, Any] | None = None, **body: Any) -> Questionnaire:
    """A questionnaire of one page, or of the pages given."""
    whole = body if "pages" in body else {"elements": list(elements), **body}
    return Questionnaire.from_json(
        {"format": "kithkin.questionnaire", "version": 1, "body": whole, "kithkin": kithkin or {}}
    )


def run(questionnaire: Questionnaire, answers: dict[str, Any] | None = None, **how: Any) -> Replay:
    """A replay in English, by respondent 1."""
    return replay(questionnaire, answers or {}, **{"language": "en", "now": NOW, "seed": 1} | how)


def errors(found: Replay) -> list[tuple[str, str]]:
    """What is wrong, by question."""
    return [(each.question, str(each.reason)) for each in found.errors]


def refused(found: Replay) -> list[tuple[str, str]]:
    """What was refused, by question."""
    return [(each.question, str(each.reason)) for each in found.refused]


def text(name, **more):
    """A text question."""
    return {"type": "text", "name": name, **more}


def radio(name, *choices, **more):
    """A question with one choice."""
    return {"type": "radiogroup", "name": name, "choices": list(choices), **more}


def found(*elements, **how):
    """What a check finds: how grave, of which kind, where."""
    return [
        (str(each.severity), str(each.kind), each.where.removeprefix("/body"))
        for each in check(asked(*elements, **how))
    ]


def values(questionnaire, answers, **how):
    """What a replay keeps."""
    return dict(run(questionnaire, answers, **how).values)
