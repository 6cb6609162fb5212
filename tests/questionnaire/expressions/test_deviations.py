"""Where we differ from survey-core on purpose, as docs/reference/expressions.md lists it, on both sides."""

from __future__ import annotations

from typing import Any

import pytest

from tests.questionnaire.expressions.answers import answer
from tests.questionnaire.expressions.survey_core import Question, SurveyCore

VALUES: dict[str, Any] = {
    "Name": "long",
    "name": "short",
    "rows": [{"a": 1}, {"a": 2}, {"b": 3}],
    "condition": "{a} > 1",
}


def said(value: Any) -> dict[str, Any]:
    """A value as both sides write it."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return {"kind": "number", "text": str(value)}
    return {"kind": "plain", "value": value}


DEVIATIONS = {
    "the name as written comes before one in another case": ("{name}", "short", "long"),
    "a date that only V8 guesses is none": ("year('Feb 29, 2024') = 2024", False, True),
    "an empty text is no date": ("currentDate() < ''", False, True),
    "an answer is no condition": ("countInArray({rows}, 'a', {condition})", 0, 1),
    "null may stand in a condition": ("countInArray({rows}, 'a', {b} = null)", 2, 0),
}


@pytest.mark.parametrize("deviation", DEVIATIONS)
def test_a_deviation_is_as_described(survey_core: SurveyCore, deviation: str):
    text, ours, theirs = DEVIATIONS[deviation]
    question = Question(text, VALUES)
    assert answer(question)["value"] == said(ours)
    assert survey_core.ask([question])[0]["value"] == said(theirs)
