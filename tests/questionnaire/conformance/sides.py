"""What survey-core in Node says of questionnaires with answers, and what our replay says, in one form."""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kithkin.questionnaire import Questionnaire, Replay, replay
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.replaying.result import ShownPanel, ShownQuestion
from tests.questionnaire.expressions.survey_core import installed

REPLAYING = Path(__file__).with_name("replaying.js")
NOW = datetime(2026, 1, 5, tzinfo=UTC)
AT_ONCE = 500
_CHOOSING = model.Choose | model.Rating
Told = dict[str, Any]


def theirs(cases: list[dict[str, Any]]) -> list[Told]:
    """What survey-core finds: two processes, so many cases to a line."""
    half = (len(cases) + 1) // 2
    words = ["node", str(REPLAYING), str(installed())]
    with ThreadPoolExecutor(2) as pool:
        parts = pool.map(lambda some: _answered(words, some), (cases[:half], cases[half:]))
        told = [one for part in parts for one in part]
    return [_sorted(one, case) for one, case in zip(told, cases, strict=True)]


def _answered(words: list[str], cases: list[dict[str, Any]]) -> list[Told]:
    asked = "".join(json.dumps(cases[start : start + AT_ONCE]) + "\n" for start in range(0, len(cases), AT_ONCE))
    done = subprocess.run(words, input=asked, capture_output=True, text=True, check=True)
    return [one for line in done.stdout.splitlines() for one in json.loads(line)]


def ours(case: dict[str, Any]) -> Told:
    """What we find."""
    found = replay(Questionnaire.from_json(case["body"]), case["answers"], language="en", now=NOW, seed=1)
    questions = _shown(found)
    return _sorted(
        {
            "visible": found.visible,
            "required": [each.path for each in questions if each.required],
            "enabled": [each.path for each in questions if each.enabled and _is_asked(each)],
            "choices": {
                each.path: [choice.value for choice in each.choices]
                for each in questions
                if isinstance(each.question, _CHOOSING)
            },
            "errors": [each.question for each in found.errors],
            "data": dict(found.values),
        },
        case,
    )


def _is_asked(shown: ShownQuestion) -> bool:
    return not isinstance(shown.question, model.Computed | model.Shown)


def _sorted(said: Told, case: dict[str, Any]) -> Told:
    """In one order; rows and panels in which nothing was said are no answer; what is checked has no order."""
    if "data" in said:
        loose = {one.get("valueName", one["name"]) for one in _checked(case["body"])}
        there = _said(said["data"])
        said["data"] = {name: sorted(value) if name in loose else value for name, value in there.items()}
    return {name: value if isinstance(value, dict | str) else sorted(set(value)) for name, value in said.items()}


def _checked(element: dict[str, Any]) -> list[dict[str, Any]]:
    inside = [*element.get("pages", []), *element.get("elements", [])]
    found = [one for one in inside if one.get("type") in {"checkbox", "tagbox"}]
    return found + [one for each in inside for one in _checked(each)]


def _said(values: Told) -> Told:
    """Answers without those in which nothing was said, panels within panels included."""
    within = {name: _within(value) for name, value in values.items()}
    return {name: value for name, value in within.items() if not _is_blank(value)}


def _within(value: Any) -> Any:
    if isinstance(value, list):
        return [_said(each) if isinstance(each, dict) else each for each in value]
    return {name: each for name, each in value.items() if each != {}} if isinstance(value, dict) else value


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(each == {} for each in value))


def _shown(found: Replay) -> list[ShownQuestion]:
    listed: list[ShownQuestion] = []
    ahead = [element for page in found.pages for element in page.elements]
    while ahead:
        element = ahead.pop()
        if isinstance(element, ShownPanel):
            ahead += element.elements
            continue
        listed.append(element)
        ahead += [inner for item in element.items for inner in item.elements]
    return listed
