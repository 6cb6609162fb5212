"""Where a replay differs from survey-core, as docs/reference/questionnaire.md lists it.

Both are asked, and nothing is evened out.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kithkin.questionnaire import Questionnaire, replay
from tests.questionnaire.conformance.sides import NOW
from tests.questionnaire.expressions.survey_core import installed

PLAINLY = Path(__file__).with_name("answering_plainly.js")
NEXT = "next"
Drawn = dict[str, Any]


def text(name: str, **more: Any) -> Drawn:
    return {"type": "text", "name": name} | more


@dataclass
class Difference:
    """What is asked, what a person does, what survey-core hands in at the end, and what our replay of the same answers
    stores.
    """

    asked: list[Drawn] | list[list[Drawn]]
    steps: list[Any]
    theirs: Drawn
    ours: Drawn
    more: Drawn = field(default_factory=dict)

    @property
    def body(self) -> Drawn:
        return {"pages": [{"elements": page if isinstance(page, list) else [page]} for page in self.asked]} | self.more

    @property
    def answers(self) -> Drawn:
        """What was answered last."""
        return {step[0]: step[1] for step in self.steps if step != NEXT}


CHOICES = ["a", "b", "c"]
PAGES = [[text("a")], [text("b", defaultValue="x")], [text("c")]]


def to_the_end(kind: str, when: str) -> Drawn:
    return {"triggers": [{"type": kind, "expression": when, "gotoName": "c"}]}


DIFFERENCES = {
    "what is hidden is empty for all that depends on it": Difference(
        [[text("a"), text("b", visibleIf="{a} = 1"), text("c", visibleIf="{b} notempty")]],
        [("a", "1"), ("b", "x"), ("c", "y"), ("a", "2")], {"a": "2", "c": "y"}, {"a": "2"},
    ),
    "what is computed and hidden is empty": Difference(
        [[text("a"), {"type": "expression", "name": "b", "expression": "1", "visibleIf": "{a} = 1"},
          text("c", visibleIf="{b} = 1")]],
        [("a", "2"), ("c", "y")], {"a": "2", "c": "y"}, {"a": "2"},
    ),
    "an answer to what is disabled is refused": Difference(
        [[text("a"), text("b", enableIf="{a} = 1")]],
        [("a", "1"), ("b", "x"), ("a", "2")], {"a": "2", "b": "x"}, {"a": "2"},
    ),
    "a disabled choice does not count": Difference(
        [[text("a"), {"type": "radiogroup", "name": "b", "choices": ["x", {"value": "y", "enableIf": "{a} = 1"}]}]],
        [("a", "1"), ("b", "y"), ("a", "2")], {"a": "2", "b": "y"}, {"a": "2"},
    ),
    "a choice that was taken over is disabled like any": Difference(
        [[{"type": "checkbox", "name": "a", "choices": CHOICES},
          {"type": "radiogroup", "name": "b", "choicesFromQuestion": "a", "choicesEnableIf": "{item} <> 'a'"}]],
        [("a", ["a", "b"]), ("b", "a")], {"a": ["a", "b"], "b": "a"}, {"a": ["a", "b"]},
    ),
    "choices of its own stand beside those that were taken over": Difference(
        [[{"type": "checkbox", "name": "a", "choices": CHOICES},
          {"type": "radiogroup", "name": "b", "choicesFromQuestion": "a", "choices": ["e"]}]],
        [("a", ["a"]), ("b", "e")], {"a": ["a"]}, {"a": ["a"], "b": "e"},
    ),
    "what is computed is so though it is disabled": Difference(
        [[text("a"), {"type": "expression", "name": "b", "expression": "{a}", "enableIf": "{a} <> 'y'"}]],
        [("a", "x"), ("a", "y")], {"a": "y", "b": "x"}, {"a": "y", "b": "y"},
    ),
    "a trigger acts by the answers as they are in the end": Difference(
        [[text("a"), text("b")]], [("a", "1"), ("a", "2")], {"a": "2", "b": "x"}, {"a": "2"},
        {"triggers": [{"type": "setvalue", "expression": "{a} = 1", "setToName": "b", "setValue": "x"}]},
    ),
    "a computed default that was taken back stays so": Difference(
        [[text("a"), text("b", defaultValueExpression="{a}")]],
        [("a", "x"), ("b", None), ("a", "y")], {"a": "y", "b": "y"}, {"a": "y", "b": None},
    ),
    "a default that was taken back is said to be": Difference(
        [[text("a", defaultValue="x")]], [("a", None)], {}, {"a": None},
    ),
    "a question is reset as long as its condition holds": Difference(
        [[text("a"), text("b", resetValueIf="{a} = 1")]],
        [("b", "x"), ("a", "1"), ("b", "y")], {"a": "1", "b": "y"}, {"a": "1"},
    ),
    "a default that is none of the choices is none": Difference(
        [[{"type": "radiogroup", "name": "a", "choices": CHOICES, "showOtherItem": True, "defaultValue": "z"}]],
        [], {"a": "other", "a-Comment": "z"}, {},
    ),
    "a default that is too long is none": Difference(
        [[text("a", maxLength=2, defaultValue="long")]], [], {"a": "long"}, {},
    ),
    "what shares a key and is shown keeps its answer": Difference(
        [[text("a"), text("k"),
          {"type": "panel", "name": "p", "visibleIf": "{a} = 1", "elements": [text("l", valueName="k")]}]],
        [("a", "1"), ("k", "x"), ("a", "2")], {"a": "2"}, {"a": "2", "k": "x"},
        {"clearInvisibleValues": "onHiddenContainer"},
    ),
    "a page that is skipped is hidden, and its default with it": Difference(
        PAGES, [("a", "1"), NEXT], {"a": "1", "b": "x"}, {"a": "1"}, to_the_end("skip", "{a} = 1"),
    ),
    "a page behind the end is hidden, and its default with it": Difference(
        PAGES, [("a", "1"), NEXT], {"a": "1", "b": "x"}, {"a": "1"}, to_the_end("complete", "{a} = 1"),
    ),
    "a question that stays unanswered skips too": Difference(
        [[text("a")], [text("b")], [text("c")]],
        [NEXT, ("b", "x")], {"b": "x"}, {}, to_the_end("skip", "{a} <> 1"),
    ),
    "a number out of bounds stays": Difference(
        [[text("a", inputType="number", min=5)]], [("a", 3)], {}, {"a": 3},
    ),
    "a slider stays where it cannot be drawn to": Difference(
        [[{"type": "slider", "name": "a", "max": 10}]], [("a", 12)], {"a": 10}, {"a": 12},
    ),
    "there are as many points as rateCount says": Difference(
        [[{"type": "rating", "name": "a", "rateCount": 3}]], [("a", 5)], {"a": 5}, {},
    ),
}  # fmt: skip


def plainly(differences: Iterable[Difference]) -> list[Drawn]:
    """What survey-core says: the data, and whether it comes to the end with them."""
    asked = [{"body": each.body, "steps": each.steps} for each in differences]
    words = ["node", str(PLAINLY), str(installed())]
    done = subprocess.run(words, input=json.dumps(asked) + "\n", capture_output=True, text=True, check=True)
    told: list[Drawn] = json.loads(done.stdout)
    return told


@pytest.fixture(scope="module")
def handed_in() -> dict[str, Drawn]:
    """What survey-core hands in, by difference."""
    told = plainly(DIFFERENCES.values())
    return {name: each["data"] for name, each in zip(DIFFERENCES, told, strict=True)}


@pytest.mark.parametrize("name", DIFFERENCES)
def test_a_difference_is_as_described(handed_in: dict[str, Drawn], name: str):
    one = DIFFERENCES[name]
    found = replay(Questionnaire.from_json(one.body), one.answers, language="en", now=NOW, seed=1)
    assert {"theirs": handed_in[name], "ours": dict(found.values)} == {"theirs": one.theirs, "ours": one.ours}


def test_every_error_counts_in_the_end():
    one = Difference([[text("a", requiredIf="{b} = 1")], [text("b")]], [NEXT, ("b", "1")], {"b": "1"}, {"b": "1"})
    assert plainly([one]) == [{"data": {"b": "1"}, "ended": True}]
    found = replay(Questionnaire.from_json(one.body), one.answers, language="en", now=NOW, seed=1)
    assert [(each.question, str(each.reason)) for each in found.errors] == [("a", "required")]
