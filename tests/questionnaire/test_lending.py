"""Choices that one question takes from another."""

from __future__ import annotations

from typing import Any

from tests.questionnaire.replayed import asked, refused, run, text

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
