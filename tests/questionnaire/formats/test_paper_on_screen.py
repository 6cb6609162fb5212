"""The page that prints, seen in a browser."""

from __future__ import annotations

import pytest

from kithkin.questionnaire import Questionnaire
from kithkin.questionnaire.formats import write

ADDRESS = "https://example.org/" + "a" * 200
LONG = [
    {"type": "text", "name": "t", "title": ADDRESS, "description": ADDRESS},
    {"type": "checkbox", "name": "c", "title": ADDRESS, "choices": [ADDRESS, "b"]},
    {"type": "rating", "name": "r", "minRateDescription": ADDRESS, "maxRateDescription": "much"},
    {"type": "multipletext", "name": "m", "items": [{"name": "a", "title": ADDRESS}, {"name": "b"}]},
    {"type": "html", "name": "h", "html": f"<p>{ADDRESS}</p><pre>{ADDRESS}</pre>"},
]


@pytest.fixture
def seen(chromium):
    """What a browser of some width says of the page of some elements."""

    def evaluate(elements, said, width=1280):
        content = write(Questionnaire.from_json({"title": ADDRESS, "elements": elements}), "html").content
        page = chromium.new_page(viewport={"width": width, "height": 900})
        page.set_content(content.decode())
        try:
            return page.evaluate(said)
        finally:
            page.close()

    return evaluate


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("element", LONG, ids=lambda element: element["type"])
def test_long_words_break_and_nothing_scrolls_sideways(seen, element, width):
    assert seen([element], "document.documentElement.scrollWidth", width) == width


def test_passage_stands_apart_from_the_question_behind_it(seen):
    between = """document.querySelector('.question').getBoundingClientRect().top
        - document.querySelector('.passage').getBoundingClientRect().bottom"""
    assert seen([{"type": "html", "name": "h", "html": "Thank you"}, {"type": "text", "name": "t"}], between) > 10
