"""isContainerReady: whether all that is in a page or panel will do."""

from __future__ import annotations

from typing import Any

import pytest

from kithkin.questionnaire import Kind, check
from tests.questionnaire.replayed import asked, run

NEEDED = {"type": "text", "name": "name", "isRequired": True}
CARS = {
    "type": "paneldynamic",
    "name": "cars",
    "templateElements": [{"type": "text", "name": "make", "isRequired": True}],
}


def visible(elements: list[dict[str, Any]], condition: str, answers: dict[str, Any]) -> bool:
    later = {"name": "later", "elements": [{"type": "text", "name": "next", "visibleIf": condition}]}
    pages = [later, {"name": "first", "elements": elements}]
    return "next" in run(asked(pages=pages), answers).visible


@pytest.mark.parametrize(("answers", "ready"), [({}, False), ({"name": "Ada"}, True)])
def test_a_page_is_ready_once_nothing_in_it_is_missing(answers: dict[str, Any], ready: bool):
    assert visible([NEEDED], "isContainerReady('first')", answers) is ready


def test_what_is_hidden_need_not_be_answered():
    hidden = {**NEEDED, "visibleIf": "{other} = 1"}
    assert visible([hidden, {"type": "text", "name": "other"}], "isContainerReady('first')", {}) is True


def test_a_refused_answer_makes_nothing_unready():
    scale = {"type": "rating", "name": "scale"}
    assert visible([scale], "isContainerReady('first')", {"scale": 99}) is True
    assert visible([scale | {"isRequired": True}], "isContainerReady('first')", {"scale": 99}) is False


def test_a_panel_within_a_page_is_ready_for_itself():
    panel = {"type": "panel", "name": "inner", "elements": [{"type": "text", "name": "easy"}]}
    assert visible([NEEDED, panel], "isContainerReady('inner')", {}) is True
    assert visible([NEEDED, panel], "isContainerReady('first')", {}) is False


@pytest.mark.parametrize(
    ("condition", "ready"),
    [
        ("isContainerReady('cars')", False),
        ("isContainerReady('cars', 0)", True),
        ("isContainerReady('cars', 1)", False),
        ("isContainerReady('cars', 7)", False),
        ("isContainerReady('cars', -2)", False),
        ("isContainerReady('first')", False),
        ("isContainerReady('nothing')", False),
    ],
)
def test_a_dynamic_panel_is_ready_as_a_whole_or_by_place(condition: str, ready: bool):
    assert visible([CARS], condition, {"cars": [{"make": "Saab"}, {}]}) is ready


def test_a_dynamic_panel_without_panels_is_ready():
    assert visible([CARS], "isContainerReady('cars')", {"cars": []}) is True


def test_a_hidden_dynamic_panel_is_ready_and_hidden_panels_are():
    gone = [CARS | {"visibleIf": "{other} = 1"}, {"type": "text", "name": "other"}]
    assert visible(gone, "isContainerReady('cars')", {"cars": [{}]}) is True
    first = CARS | {"templateVisibleIf": "{panelIndex} = 0"}
    assert visible([first], "isContainerReady('first')", {"cars": [{"make": "Saab"}, {}]}) is True


def test_a_page_that_waits_for_itself_is_told():
    own = {"type": "text", "name": "next", "visibleIf": "isContainerReady('first')"}
    questionnaire = asked(pages=[{"name": "first", "elements": [NEEDED, own]}])
    assert Kind.CYCLE in {each.kind for each in check(questionnaire)}
    assert run(questionnaire, {"name": "Ada"}).visible == {"name"}
