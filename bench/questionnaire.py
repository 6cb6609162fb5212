"""How fast a questionnaire is replayed: 100 questions with 60 expressions, beside survey-core in Node.

survey-core takes the answers and runs its conditions, no more; ours also judges each answer and draws up the pages.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kithkin.questionnaire import Questionnaire, replay

CACHE = Path.home() / ".cache" / "kithkin"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
QUESTIONS = 100
TURNS = 60
MILLISECONDS = 20.0
THEIRS = """
const survey = require(process.argv[1]);
const { body, answers, turns } = JSON.parse(require("fs").readFileSync(0));
const model = new survey.Model(body);
let least = Infinity;
for (let turn = 0; turn < turns; turn++) {
  model.clear(true, true);
  const start = process.hrtime.bigint();
  model.data = answers;
  least = Math.min(least, Number(process.hrtime.bigint() - start) / 1e6);
}
console.log(least);
"""
KINDS: list[tuple[dict[str, Any], Any]] = [
    ({"type": "radiogroup", "choices": ["a", "b", "c", "d"]}, "a"),
    ({"type": "rating", "rateMin": 0, "rateMax": 10}, 7),
    ({"type": "checkbox", "choices": ["a", "b", "c", "d", "e"]}, ["a", "c"]),
    ({"type": "text"}, "hello"),
    ({"type": "comment"}, "something longer"),
]


def run() -> list[tuple[str, float, float]]:
    """(name, measured, budget): milliseconds, and the ratio to survey-core with its model reused."""
    body, answers = _questionnaire()
    ours = _ours(body, answers)
    found = [("milliseconds to replay 100 questions with 60 expressions", ours, MILLISECONDS)]
    package = next(iter(sorted(CACHE.glob("survey-core-*/node_modules/survey-core"))), None)
    if package is None or shutil.which("node") is None:
        print("  survey-core is not here (its conformance tests install it): not compared")
        return found
    return [
        *found,
        ("a replay over survey-core in Node with its model reused", ours / _theirs(package, body, answers), 1.0),
    ]


def _questionnaire() -> tuple[dict[str, Any], dict[str, Any]]:
    elements, answers = [], {}
    for place in range(QUESTIONS):
        kind, answer = KINDS[place % len(KINDS)]
        question = {**kind, "name": f"q{place}", "title": f"Question {place}?"}
        if place % 5 == 3:
            question["visibleIf"] = f"{{q{place - 2}}} > 3 and {{q{place - 3}}} anyof ['a', 'b']"
        elif place % 5 == 4:
            question["requiredIf"] = f"{{q{place - 3}}} < 7 or {{q{place - 2}}} contains 'b'"
        elif place % 5 == 0 and place:
            question["visibleIf"] = f"{{q{place - 1}}} notempty"
        elements.append(question)
        answers[f"q{place}"] = answer
    pages = [{"name": f"p{start}", "elements": elements[start : start + 10]} for start in range(0, QUESTIONS, 10)]
    total = {"name": "total", "expression": "{q1} + {q6} + {q11}"}
    return {"pages": pages, "calculatedValues": [total]}, answers


def _ours(body: dict[str, Any], answers: dict[str, Any]) -> float:
    questionnaire, least = Questionnaire.from_json(body), float("inf")
    for _ in range(TURNS):
        start = time.perf_counter()
        replay(questionnaire, answers, language="en", now=NOW, seed=1)
        least = min(least, (time.perf_counter() - start) * 1e3)
    return least


def _theirs(package: Path, body: dict[str, Any], answers: dict[str, Any]) -> float:
    told = json.dumps({"body": body, "answers": answers, "turns": TURNS})
    words = ["node", "-e", THEIRS, str(package)]
    return float(subprocess.run(words, input=told, capture_output=True, text=True, check=True).stdout)
