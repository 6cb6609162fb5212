"""What a row or panel calls its own, the one before and the one around, and what counts as nothing said in them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.questionnaire.replayed import asked, errors, run, text, values


def nested(*inner: dict[str, Any], **outer: Any) -> dict[str, Any]:
    """A panel in a panel; each asks for `c`."""
    within = {"type": "paneldynamic", "name": "f", "templateElements": [text("c"), *inner]}
    return {"type": "paneldynamic", "name": "q", "templateElements": [text("c"), within], **outer}


def test_its_own_answer_that_is_missing_is_not_sought_in_the_panel_around():
    own = text("x", visibleIf="{panel.c} notempty", title="{panel.c}")
    found = run(asked(nested(own)), {"q": [{"c": "around", "f": [{"c": ""}, {"c": "own"}]}]})
    assert found.visible - {"q", "q[0].c", "q[0].f", "q[0].f[0].c", "q[0].f[1].c"} == {"q[0].f[1].x"}


def test_the_first_panel_has_none_before_it_though_the_one_around_has():
    before = text("x", visibleIf="{prevPanel.c} notempty")
    found = run(asked(nested(before)), {"q": [{"c": "1"}, {"c": "2", "f": [{"c": "3"}, {}]}]})
    assert {path for path in found.visible if path.endswith(".x")} == {"q[1].f[1].x"}


def test_a_panel_that_is_hidden_is_not_the_one_before_and_is_not_counted_among_the_visible():
    panel = {
        "type": "paneldynamic",
        "name": "q",
        "templateVisibleIf": "{panelIndex} <> 1",
        "templateElements": [
            text("c", title="{panelIndex}, {visiblePanelIndex}"),
            text("x", visibleIf="{prevPanel.c} = 'shown'"),
        ],
    }
    found = run(asked(panel), {"q": [{"c": "shown"}, {}, {}]})
    assert found.visible == {"q", "q[0].c", "q[2].c", "q[2].x"}
    assert [item.elements[0].title for item in found.pages[0].elements[0].items] == ["1, 1", "3, 2"]


@pytest.mark.parametrize("name", ["panelIndex", "visiblePanelIndex", "PanelIndex"])
def test_texts_count_panels_from_one_and_conditions_from_zero(name: str):
    inner = text("x", title=f"{{{name}}}", visibleIf=f"{{{name}}} > 0")
    found = run(asked({"type": "paneldynamic", "name": "q", "templateElements": [inner]}), {"q": [{}, {}]})
    assert [[each.title for each in item.elements] for item in found.pages[0].elements[0].items] == [[], ["2"]]


def test_texts_in_a_row_name_it():
    cells = [{"name": "k", "cellType": "text", "title": "{rowIndex}: {rowValue}, {rowName}?"}]
    matrix = {"type": "matrixdropdown", "name": "q", "rows": ["x", "y"], "columns": cells}
    found = run(asked(matrix), {})
    assert [item.elements[0].title for item in found.pages[0].elements[0].items] == ["1: x, x?", "2: y, y?"]


EMPTY_CARS = {"type": "paneldynamic", "name": "cars", "panelCount": 2, "templateElements": [text("make")]}
EMPTY_ROWS = {"type": "matrixdynamic", "name": "cars", "rowCount": 2, "columns": [{"name": "make", "cellType": "text"}]}
NESTED = nested() | {"name": "cars", "panelCount": 1}


@pytest.mark.parametrize("question", [EMPTY_CARS, EMPTY_ROWS, NESTED])
@pytest.mark.parametrize("given", [{}, {"cars": [{}, {}]}, {"cars": [{"f": [{}]}]}])
def test_panels_in_which_nothing_was_said_are_no_answer(question: dict[str, Any], given: dict[str, Any]):
    then = text("then", visibleIf="{cars} empty")
    found = run(asked(question | {"isRequired": True}, then), given)
    assert "then" in found.visible
    assert ("cars", "required") in errors(found)
    assert found.progress == 0


def test_one_answer_in_a_panel_in_a_panel_is_one():
    then = text("then", visibleIf="{cars} empty")
    found = run(asked(NESTED | {"isRequired": True}, then), {"cars": [{"f": [{}, {"c": "x"}]}]})
    assert "then" not in found.visible
    assert errors(found) == []


def test_a_panel_in_a_panel_sees_its_own_the_one_before_and_the_one_around():
    inner = [
        {"type": "radiogroup", "name": "c", "choices": ["a", "b"]},
        text("own", visibleIf="{panel.c} = 'a'"),
        text("before", visibleIf="{prevPanel.c} = 'a'"),
        text("around", visibleIf="{parentPanel.c} = 'a'", title="{parentPanel.c}, {prevPanel.c}"),
    ]
    outer = [inner[0], {"type": "paneldynamic", "name": "f", "templateElements": inner}]
    given = {"q": [{"f": [{"c": "a"}, {}]}, {"c": "a", "f": [{"c": "b"}]}]}
    found = run(asked({"type": "paneldynamic", "name": "q", "templateElements": outer}), given)
    assert {path for path in found.visible if not path.endswith((".c", "f"))} == {
        "q", "q[0].f[0].own", "q[0].f[1].before", "q[1].f[0].around",
    }  # fmt: skip
    around = found.pages[0].elements[0].items[1].elements[1].items[0].elements[-1]
    assert around.title == "a, "


def test_what_a_panel_asks_after_the_one_around_is_decided_after_it():
    late = [{"type": "paneldynamic", "name": "f", "templateElements": [text("x", visibleIf="{parentPanel.c} = 'a'")]}]
    panel = {"type": "paneldynamic", "name": "q", "templateElements": [*late, text("c", visibleIf="{y} = 1")]}
    found = run(asked(panel, text("y")), {"q": [{"f": [{"x": "kept"}], "c": "a"}], "y": "1"})
    assert found.values["q"] == [{"f": [{"x": "kept"}], "c": "a"}]


def test_a_row_sees_the_one_before():
    columns = [{"name": "c", "cellType": "text"}, {"name": "d", "cellType": "text", "visibleIf": "{prevRow.c} = 'a'"}]
    fixed = {"type": "matrixdropdown", "name": "q", "rows": ["x", "y", "z"], "columns": columns}
    given = {"q": {"x": {"c": "a", "d": "1"}, "y": {"d": "2"}, "z": {"d": "3"}}}
    assert values(asked(fixed), given) == {"q": {"x": {"c": "a"}, "y": {"d": "2"}}}


@pytest.mark.parametrize("kind", ["paneldynamic", "matrixdynamic", "matrixdropdown"])
def test_what_was_emptied_in_a_row_stays_empty_when_it_is_looked_at_again(kind):
    inner = {"name": "d", "type": "text", "cellType": "text", "defaultValue": "x"}
    questionnaire = asked({"type": kind, "name": "q", "templateElements": [inner], "columns": [inner], "rows": ["r"]})
    row = {"d": None}
    once = values(questionnaire, {"q": {"r": row} if kind == "matrixdropdown" else [row]})
    assert once == {"q": {"r": row} if kind == "matrixdropdown" else [row]}
    assert values(questionnaire, once) == once


def test_a_row_in_which_all_was_emptied_says_nothing():
    inner = {"name": "d", "cellType": "text", "defaultValue": "x"}
    matrix = {"type": "matrixdropdown", "name": "q", "columns": [inner], "rows": ["r"], "isRequired": True}
    found = run(asked(matrix, text("t", visibleIf="{q} notempty")), {"q": {"r": {"d": None}}})
    assert (errors(found), "t" in found.visible) == ([("q", "required")], False)
