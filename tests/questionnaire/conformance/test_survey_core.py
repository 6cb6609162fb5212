"""What a respondent meets in survey-core, our replay finds: what is shown, needed, wrong, and what is stored."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kithkin.questionnaire import Questionnaire, Replay, replay
from kithkin.questionnaire.replaying import judging, options, repeating, settling
from kithkin.questionnaire.replaying.result import ShownPanel, ShownQuestion
from tests.questionnaire.conformance.drawn import Drawing
from tests.questionnaire.expressions.survey_core import installed

REPLAYING = Path(__file__).with_name("replaying.js")
NOW = datetime(2026, 1, 5, tzinfo=UTC)
SEED, MANY = 20261125, 1_000


def theirs(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    asked = json.dumps(cases) + "\n"
    words = ["node", str(REPLAYING), str(installed())]
    return json.loads(
        subprocess.run(words, input=asked, capture_output=True, text=True, check=True, timeout=300).stdout
    )


def ours(case: dict[str, Any]) -> dict[str, Any]:
    found = replay(Questionnaire.from_json(case["body"]), case["answers"], language="en", now=NOW, seed=1)
    return {
        "visible": sorted(found.visible),
        "required": sorted(question.path for question in shown(found) if question.required),
        "errors": sorted({each.question for each in found.errors}),
        "data": {name: value for name, value in found.values.items() if value is not None},
    }


def shown(found: Replay) -> list[ShownQuestion]:
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


def case(seed: int) -> dict[str, Any]:
    drawing = Drawing(seed)
    body = drawing.body()
    return {"body": body, "answers": drawing.answers()}


def plain(said: dict[str, Any]) -> dict[str, Any]:
    """What survey-core says, but for the answers of hidden questions: it keeps some, and ours are always empty."""
    listed = {name: sorted(set(said[name])) for name in ("visible", "required", "errors")}
    return listed | {"data": {name: value for name, value in said["data"].items() if name in said["visible"]}}


@pytest.fixture(scope="module")
def met() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Questionnaires with answers, and what respondents met."""
    cases = [case(SEED + place) for place in range(MANY)]
    return list(zip(cases, map(plain, theirs(cases)), strict=True))


def test_respondents_meet_the_same(met):
    different = [(one, said, found) for one, said in met if (found := ours(one)) != said]
    assert len(different) == 0, json.dumps(different[0])


BROKEN = {
    "shows what is hidden": (settling.Settling, "_shown", lambda _self, _node, element: element.visible),
    "needs nothing more than always": (judging.Judge, "is_required", lambda _self, element, _state: element.required),
    "shows every choice": (options, "_holds", lambda _text, _session, _scope: True),
    "computes nothing": (settling.Settling, "_compute", lambda _self, _question: None),
    "takes any text": (judging.Judge, "_by_rules", lambda _self, _validators, _value: iter(())),
    "forgets rows": (repeating, "_named_rows", lambda *_: None),
}


@pytest.mark.parametrize("how", BROKEN)
def test_broken_replay_is_caught(how, met, monkeypatch):
    monkeypatch.setattr(*BROKEN[how])
    assert any(ours(one) != said for one, said in met)
