"""Choices that one question takes from another."""

from __future__ import annotations

from typing import Any

import pytest

from tests.questionnaire.replayed import asked, refused, run, text, values

ROWS = {
    "type": "matrixdynamic",
    "name": "staff",
    "columns": [{"name": "id", "cellType": "text"}, {"name": "name", "cellType": "text"}],
}
OTHER = {"type": "checkbox", "name": "a", "choices": ["x"], "showOtherItem": True}


def taking(source: str, name: str = "b", **more: Any) -> dict[str, Any]:
    return {"type": "checkbox", "name": name, "choicesFromQuestion": source, **more}


def offered(found: Any, place: int = 1) -> list[tuple[Any, str]]:
    return [(each.value, each.text) for each in found.pages[0].elements[place].choices]


def test_rows_lend_the_first_of_their_answers():
    given = {"staff": [{"id": "1", "name": "Ada"}, {}, {"name": "Bo"}]}
    assert offered(run(asked(ROWS, taking("staff")), given)) == [("1", "1"), ("Bo", "Bo")]


def test_rows_lend_the_columns_that_are_named():
    second = taking("staff", choiceValuesFromQuestion="id", choiceTextsFromQuestion="name")
    given = {"staff": [{"name": "Ada", "id": "1"}, {"name": "Bo"}]}
    assert offered(run(asked(ROWS, second), given)) == [("1", "Ada")]


def test_what_stands_in_several_rows_is_offered_once_and_other_in_a_row_is_no_choice_of_its_own():
    second = taking("staff", choiceTextsFromQuestion="name", showOtherItem=True)
    given = {"staff": [{"id": "1", "name": "Ada"}, {"id": "1", "name": "Bo"}, {"id": "other", "name": "Cy"}]}
    assert [value for value, _ in offered(run(asked(ROWS, second), given))] == ["1", "other"]
    assert offered(run(asked(ROWS, second), given))[0] == ("1", "Ada")


def test_what_was_chosen_of_a_row_that_is_gone_is_hidden_however_often_it_is_lent_on():
    found = run(asked(ROWS, taking("staff"), taking("b", "c")), {"staff": [{"id": "1"}], "b": ["1", "9"], "c": ["9"]})
    assert refused(found) == [("b", "hidden"), ("c", "hidden")]


def test_what_was_written_for_other_is_lent_among_the_selected():
    second = taking("a", choicesFromQuestionMode="selected")
    given = {"a": ["x", "other"], "a-Comment": "chess"}
    assert offered(run(asked(OTHER, second), given)) == [("x", "x"), ("other", "chess")]


def test_a_question_with_an_other_of_its_own_takes_no_others_words():
    second = taking("a", choicesFromQuestionMode="selected", showOtherItem=True)
    given = {"a": ["x", "other"], "a-Comment": "chess"}
    assert offered(run(asked(OTHER, second), given)) == [("x", "x"), ("other", "Other (describe)")]


def test_a_hidden_question_lends_its_choices_and_none_of_them_as_selected():
    hidden = {"type": "checkbox", "name": "a", "choices": ["x", "y"], "visibleIf": "false"}
    found = run(
        asked(hidden, taking("a"), taking("a", "c", choicesFromQuestionMode="selected")), {"a": ["x"], "b": ["x"]}
    )
    assert [[each.value for each in one.choices] for one in found.pages[0].elements] == [["x", "y"], []]


def test_a_matrix_of_cells_lends_the_rows_that_are_shown():
    cells = {
        "type": "matrixdropdown",
        "name": "a",
        "rows": [{"value": "x", "visibleIf": "{t} = 1"}, "y", "z"],
        "columns": [{"name": "k", "cellType": "text"}],
    }
    selected = taking("a", choicesFromQuestionMode="selected")
    found = run(asked(text("t"), cells, selected), {"a": {"z": {"k": "v"}}, "b": ["x", "z"]})
    assert offered(found, 2) == [("z", "z")]
    assert ("b", "hidden") in refused(found)


def test_a_question_in_a_panel_takes_from_beside_it_first():
    inner = [{"type": "checkbox", "name": "a", "choices": ["inner"]}, taking("a")]
    outer = {"type": "checkbox", "name": "a", "choices": ["outer"]}
    panel = {"type": "paneldynamic", "name": "p", "panelCount": 1, "templateElements": inner}
    found = run(asked(outer, panel))
    assert [each.value for each in found.pages[0].elements[1].items[0].elements[1].choices] == ["inner"]


def test_of_questions_that_share_an_answer_the_first_is_decided_first_though_the_last_lends_its_choices():
    one, other = ({"type": "radiogroup", "name": name, "valueName": "v"} for name in ("one", "other"))
    found = run(asked(taking("other"), one | {"choices": ["x"]}, other | {"choices": ["x", "y"]}), {"v": "y"})
    assert dict(found.values) == {"v": "y"}


def test_choices_come_from_another_question():
    first = {"type": "checkbox", "name": "a", "choices": [1, 2, 3]}
    second = {"type": "radiogroup", "name": "b", "choicesFromQuestion": "a", "choicesFromQuestionMode": "selected"}
    questionnaire = asked(first, second)
    assert refused(run(questionnaire, {"a": [1, 3], "b": 2})) == [("b", "hidden")]
    assert values(questionnaire, {"a": [1, 3], "b": 3}) == {"a": [1, 3], "b": 3}


def test_a_matrix_lends_its_rows():
    matrix = {"type": "matrix", "name": "a", "rows": ["x", "y", "z"], "columns": [1, 2]}
    for mode, offered in {"all": ["x", "y", "z"], "selected": ["y"], "unselected": ["x", "z"]}.items():
        second = {"type": "checkbox", "name": "b", "choicesFromQuestion": "a", "choicesFromQuestionMode": mode}
        found = run(asked(matrix, second), {"a": {"y": 1}})
        assert [each.value for each in found.pages[0].elements[1].choices] == offered


def test_choices_of_its_own_stand_before_those_that_a_question_takes():
    first = {"type": "radiogroup", "name": "a", "choices": ["x"]}
    second = {
        "type": "radiogroup",
        "name": "b",
        "choicesFromQuestion": "a",
        "choices": ["y"],
        "choicesEnableIf": "false",
    }
    found = run(asked(first, second), {"b": "x"})
    assert [each.value for each in found.pages[0].elements[1].choices] == ["y", "x"]
    assert refused(found) == [("b", "disabled")]


def test_a_scale_lends_no_points():
    second = {"type": "radiogroup", "name": "b", "choicesFromQuestion": "a", "choices": ["y"]}
    found = run(asked({"type": "rating", "name": "a"}, second), {})
    assert [each.value for each in found.pages[0].elements[1].choices] == ["y"]


@pytest.mark.parametrize("hidden", ["a", "b"])
def test_questions_that_take_their_choices_from_one_another_have_none(hidden):
    ring = {"a": "b", "b": "a"}
    questions = [{"type": "radiogroup", "name": name, "choicesFromQuestion": other} for name, other in ring.items()]
    for question in questions:
        question |= {"visible": question["name"] != hidden}
    found = run(asked(*questions), {"a": "x", "b": "x"})
    assert (found.values, [each.choices for each in found.pages[0].elements]) == ({}, [()])
