"""What respondents read where a text names answers: what survey-core shows, but for places that count from the end, of
which it shows the value.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.questionnaire.replayed import asked, run

BRANDS = [{"value": "x", "text": "Exa"}, {"value": "y", "text": "Ypsilon"}]
INNER = [
    {"type": "dropdown", "name": "brand", "choices": BRANDS},
    {"type": "checkbox", "name": "all", "choices": BRANDS, "title": "Others than {panel.brand}?"},
    {"type": "text", "name": "why"},
]
QUESTIONS = [
    {"type": "radiogroup", "name": "one", "choices": [{"value": 1, "text": "First"}, 2]},
    {"type": "checkbox", "name": "some", "choices": BRANDS},
    {"type": "boolean", "name": "sure"},
    {"type": "rating", "name": "mark", "rateValues": [{"value": 1, "text": "Poor"}]},
    {"type": "matrix", "name": "grid", "rows": ["r"], "columns": [{"value": 1, "text": "Good"}]},
    {
        "type": "matrixdropdown",
        "name": "cells",
        "rows": ["r.1", "s"],
        "columns": [{"name": "k", "cellType": "dropdown", "choices": BRANDS}],
    },
    {"type": "multipletext", "name": "names", "items": [{"name": "first"}]},
    {
        "type": "paneldynamic",
        "name": "cars",
        "templateTitle": "{panelIndex}: {panel.brand}, {panel.why}",
        "templateElements": INNER,
    },
]
ANSWERS = {
    "one": 1,
    "some": ["x", "y"],
    "sure": True,
    "mark": 1,
    "grid": {"r": 1},
    "cells": {"r.1": {"k": "x"}},
    "names": {"first": "Ada"},
    "cars": [{"brand": "x", "all": ["x", "y"], "why": "red"}, {"brand": "y"}],
}


def shown(text: str, answers: dict[str, Any]) -> str:
    found = run(asked(*QUESTIONS, {"type": "html", "name": "said", "html": text}), answers)
    return found.pages[0].elements[-1].html


@pytest.mark.parametrize(
    ("path", "answered", "unanswered"),
    [
        ("one", "First", ""),
        ("ONE", "First", ""),
        ("some", "Exa, Ypsilon", ""),
        ("some[1]", "Ypsilon", ""),
        ("some.length", "2", "0"),
        ("sure", "Yes", ""),
        ("mark", "Poor", ""),
        ("grid.r", "Good", ""),
        ("grid.nowhere", "{grid.nowhere}", "{grid.nowhere}"),
        ("cells.r.1.k", "Exa", ""),
        ("cells.s.k", "", ""),
        ("names.first", "Ada", ""),
        ("cars[0].brand", "Exa", "{cars[0].brand}"),
        ("Cars[-1].Brand", "Ypsilon", "{Cars[-1].Brand}"),
        ("cars[0].all", "Exa, Ypsilon", "{cars[0].all}"),
        ("cars[0].why", "red", "{cars[0].why}"),
        ("cars[1].why", "", "{cars[1].why}"),
        ("cars[7].why", "{cars[7].why}", "{cars[7].why}"),
        ("nobody", "{nobody}", "{nobody}"),
    ],
)
def test_a_path_shows_the_words_of_its_answer(path: str, answered: str, unanswered: str):
    text = f"{{{path}}}"
    assert (shown(text, ANSWERS), shown(text, {})) == (answered, unanswered)


def test_panels_are_called_by_the_words_of_their_answers_and_counted_from_one():
    found = run(asked(*QUESTIONS), ANSWERS)
    panels = found.pages[0].elements[-1].items
    assert [panel.title for panel in panels] == ["1: Exa, red", "2: Ypsilon, "]
    assert [panel.elements[1].title for panel in panels] == ["Others than Exa?", "Others than Ypsilon?"]
