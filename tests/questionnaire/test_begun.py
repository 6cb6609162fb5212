"""What rows, panels and shared keys begin with, where respondents cannot change it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.questionnaire.replayed import asked, refused, run, text, values

COLUMNS = [{"name": "c", "cellType": "text"}, {"name": "d", "cellType": "text", "readOnly": True}]


def rows(**more: Any) -> dict[str, Any]:
    """Rows with names, in which only `c` can be answered."""
    return {"type": "matrixdropdown", "name": "q", "rows": ["r", "s"], "columns": COLUMNS, **more}


def panels(*inner: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Panels in which only `c` can be answered."""
    elements = [text("c"), text("d", readOnly=True), *inner]
    return {"type": "paneldynamic", "name": "q", "templateElements": elements, **more}


def test_a_disabled_cell_of_a_named_row_keeps_its_default_whatever_is_said_beside_it():
    questionnaire = asked(rows(defaultValue={"r": {"c": "1", "d": "2"}}))
    for handed_in in ({"c": "9", "d": "2"}, {"c": "9"}):
        found = run(questionnaire, {"q": {"r": handed_in}})
        assert (found.values["q"], found.refused) == ({"r": {"c": "9", "d": "2"}}, ())
    found = run(questionnaire, {"q": {"r": {"c": "9", "d": "forged"}, "s": {"d": "2"}}})
    assert found.values["q"] == {"r": {"c": "9", "d": "2"}}
    assert refused(found) == [("q.r.d", "disabled"), ("q.s.d", "disabled")]


def test_a_disabled_cell_of_a_panel_keeps_what_any_panel_began_with_since_panels_move():
    questionnaire = asked(panels(defaultValue=[{"c": "1", "d": "2"}, {"c": "3", "d": "4"}]))
    found = run(questionnaire, {"q": [{"c": "3", "d": "4"}, {"c": "new"}]})
    assert (found.values["q"], found.refused) == ([{"c": "3", "d": "4"}, {"c": "new"}], ())
    found = run(questionnaire, {"q": [{"c": "3", "d": "forged"}]})
    assert (found.values["q"], refused(found)) == ([{"c": "3"}], [("q[0].d", "disabled")])


def test_so_do_those_of_panels_in_panels_and_of_rows_in_panels():
    within = {"type": "paneldynamic", "name": "f", "templateElements": [text("d", readOnly=True)]}
    default = [{"f": [{"d": "1"}], "m": {"r": {"d": "2"}, "s": {"d": "3"}}}]
    questionnaire = asked(panels(within, rows(name="m", type="matrixdropdown"), defaultValue=default))
    found = run(questionnaire, {"q": default})
    assert (found.values["q"], found.refused) == (default, ())
    found = run(questionnaire, {"q": [{"f": [{"d": "2"}], "m": {"r": {"d": "3"}}}]})
    assert refused(found) == [("q[0].f[0].d", "disabled"), ("q[0].m.r.d", "disabled")]


def test_a_comment_on_a_disabled_cell_is_kept_where_the_default_brought_it():
    inner = {"type": "dropdown", "name": "d", "choices": ["1"], "readOnly": True, "showCommentArea": True}
    questionnaire = asked(
        {
            "type": "paneldynamic",
            "name": "q",
            "templateElements": [inner],
            "defaultValue": [{"d": "1", "d-Comment": "2"}],
        }
    )
    found = run(questionnaire, {"q": [{"d": "1", "d-Comment": "2"}]})
    assert (found.values["q"], found.refused) == ([{"d": "1", "d-Comment": "2"}], ())
    assert refused(run(questionnaire, {"q": [{"d": "1", "d-Comment": ""}]})) == []
    found = run(questionnaire, {"q": [{"d": "1", "d-Comment": "forged"}]})
    assert (found.values["q"], refused(found)) == ([{"d": "1"}], [("q[0].d", "disabled")])


@pytest.mark.parametrize("default", [{}, {"defaultValue": "before"}])
def test_an_answer_is_taken_by_whichever_question_of_its_key_can_be_answered(default):
    questionnaire = asked(text("a", readOnly=True, **default), text("b", valueName="a"))
    found = run(questionnaire, {"a": "said"})
    assert (dict(found.values), found.refused, found.complete) == ({"a": "said"}, (), True)
    assert values(asked(text("b", valueName="a"), text("a", readOnly=True, **default)), {"a": "said"}) == {"a": "said"}


def test_an_answer_that_none_of_them_can_have_is_refused():
    questionnaire = asked(text("a", readOnly=True), text("b", valueName="a", readOnly=True))
    assert refused(run(questionnaire, {"a": "forged"}))[0] == ("a", "disabled")


def test_what_one_of_them_took_stays_whatever_stands_behind():
    elements = text("a", readOnly=True), text("b", valueName="a"), text("c", valueName="a", inputType="number")
    found = run(asked(*elements), {"a": "said"})
    assert (dict(found.values), found.refused) == ({"a": "said"}, ())


def test_nothing_is_refused_where_nothing_was_handed_in():
    found = run(asked(text("a", readOnly=True, defaultValue="before")), {"a": ""})
    assert (dict(found.values), found.refused) == ({"a": "before"}, ())


def test_a_default_is_written_before_it_is_computed_of_yes_or_no_alone_and_comes_with_the_invitation_to_the_whole():
    both = {"defaultValueExpression": "{t} = 1"}
    truth = asked(text("t"), {"type": "boolean", "name": "q", "defaultValue": False, **both})
    assert values(truth, {"t": "1"}) == {"t": "1", "q": False}
    assert values(asked(text("q", defaultValue="x", defaultValueExpression="'y'")), {}) == {"q": "y"}
    assert values(asked(panels(panelCount=1)), {}, embedded={"d": "brought"}) == values(asked(panels(panelCount=1)), {})


def test_panels_of_one_key_begin_as_the_first_of_them():
    second = panels(name="r", valueName="q", defaultValue=[{"c": "1"}])
    assert values(asked(panels(), second), {}) == values(asked(panels()), {})


def test_rows_are_asked_as_if_nothing_was_said_where_what_was_handed_in_is_none():
    columns = [{"name": "c", "cellType": "text", "defaultValue": "x"}]
    questionnaire = asked({"type": "matrixdropdown", "name": "q", "rows": ["r"], "columns": columns})
    found = run(questionnaire, {"q": "none"})
    assert (dict(found.values), refused(found)) == ({"q": {"r": {"c": "x"}}}, [("q", "wrong type")])


def test_rows_that_were_handed_in_empty_are_rows_and_those_that_nobody_touched_are_none():
    questionnaire = asked({"type": "matrixdynamic", "name": "q", "rowCount": 2, "columns": COLUMNS})
    assert values(questionnaire, {}) == {}
    assert values(questionnaire, {"q": [{}]}) == {"q": [{}]}


def test_each_row_that_is_not_there_is_named():
    handed_in = {"r": {"c": "1"}, "x": {"c": "2"}, "y": {"c": "3"}}
    assert refused(run(asked(rows()), {"q": handed_in})) == [("q.x", "unknown"), ("q.y", "unknown")]


def test_questions_of_one_name_are_each_turned_away_or_not():
    elements = text("a", valueName="x", readOnly=True), text("a", valueName="y", readOnly=True)
    both = asked(*elements, text("b", valueName="x"), text("c", valueName="y"))
    assert run(both, {"x": "1", "y": "2"}).refused == ()
    one = asked(*elements, text("b", valueName="x"))
    assert refused(run(one, {"x": "1", "y": "2"})) == [("a", "disabled")]


def test_rows_in_a_row_begin_with_their_own_default_only_where_that_around_says_nothing_of_them():
    inner = rows(name="m", rows=["s"], defaultValue={"s": {"c": "own", "d": "own"}})
    for default, kept in (
        ({"m": {"s": {"c": "1"}}}, {"c": "1"}),
        ({"m": {"s": {"c": "1", "d": "2"}}}, {"c": "1", "d": "2"}),
        ({"c": "1"}, {"c": "own", "d": "own"}),
    ):
        outer = rows(detailPanelMode="underRow", detailElements=[inner], defaultValue={"r": default})
        once = values(asked(outer), {})
        assert once["q"]["r"]["m"] == {"s": kept}
        assert values(asked(outer), once) == once


def test_disabled_cells_keep_together_what_stood_in_one_row():
    goods = [{"item": "A", "price": 100}, {"item": "B", "price": 1}]
    columns = [{"name": name, "cellType": "text", "readOnly": True} for name in ("item", "price")]
    questionnaire = asked({"type": "matrixdynamic", "name": "q", "columns": columns, "defaultValue": goods})
    assert values(questionnaire, {"q": goods[::-1]}) == {"q": goods[::-1]}
    found = run(questionnaire, {"q": [{"item": "A", "price": 1}]})
    assert (found.values["q"], refused(found)) == ([{"item": "A"}], [("q[0].price", "disabled")])


def test_a_default_that_is_a_text_and_asked_for_as_a_number_is_kept_as_that_number():
    inner = text("d", inputType="number", readOnly=True)
    questionnaire = asked(
        {"type": "paneldynamic", "name": "q", "templateElements": [inner], "defaultValue": [{"d": "7"}]}
    )
    found = run(questionnaire, run(questionnaire).values)
    assert (found.values["q"], found.refused) == ([{"d": 7}], ())


def test_a_default_that_nobody_can_change_stays_where_another_question_of_its_key_turns_the_answer_away():
    choices = [{"value": "x", "visibleIf": "false"}, "before"]
    other = {"type": "radiogroup", "name": "b", "valueName": "a", "choices": choices}
    questionnaire = asked(text("a", readOnly=True, defaultValue="before"), other)
    assert values(questionnaire, {"a": "x"}) == {"a": "before"}


def test_what_is_refused_of_two_questions_of_one_name_counts_again_for_each_by_itself():
    twice = [
        {"type": "panel", "name": f"p{key}", "elements": [text("a", valueName=key, readOnly=True)]} for key in "vw"
    ]
    one, other = text("b", valueName="v"), text("c", valueName="w")
    assert refused(run(asked(*twice, one, other), {"v": "x", "w": "y"})) == []
    assert refused(run(asked(*twice, one), {"v": "x", "w": "y"})) == [("a", "disabled")]


def test_a_comment_that_is_refused_stays_refused_though_the_answer_beside_it_counts():
    first = {"type": "radiogroup", "name": "a", "choices": ["1"], "showCommentArea": True}
    second = {"type": "checkbox", "name": "b", "valueName": "a", "choices": [5]}
    found = run(asked(first, second), {"a": [5], "a-Comment": 6})
    assert (dict(found.values), refused(found), found.complete) == ({"a": [5]}, [("a", "wrong type")], False)


def test_a_comment_is_taken_by_whichever_question_of_its_key_can_be_answered():
    first = {"type": "radiogroup", "name": "a", "choices": ["1"], "showCommentArea": True}
    questionnaire = asked(first | {"readOnly": True}, first | {"name": "b", "valueName": "a"})
    found = run(questionnaire, {"a-Comment": "well"})
    assert (dict(found.values), refused(found)) == ({"a-Comment": "well"}, [])


def test_panels_that_share_a_key_keep_what_was_said_in_each_though_they_begin_alike():
    one, other = (
        {"type": "paneldynamic", "name": name, "valueName": "v", "templateElements": [text(name)]} for name in "ab"
    )
    given = [{"a": "1", "b": "2"}, {"a": "1", "b": "3"}, {"a": "1", "b": "4"}]
    assert values(asked(one, other), {"v": given}) == {"v": given}


@pytest.mark.parametrize("handed_in", ["forged", 5, {"a": "1"}])
def test_rows_that_nobody_can_change_stay_where_the_others_of_their_key_turn_the_answer_away(handed_in):
    default = [{"c": "1", "d": "2"}]
    fixed = panels(valueName="v", readOnly=True, defaultValue=default)
    named = {"type": "matrixdropdown", "name": "n", "valueName": "v", "rows": ["r"], "columns": COLUMNS}
    for other in (panels(name="o", valueName="v"), named):
        found = run(asked(fixed, other), {"v": handed_in})
        assert dict(found.values) == {"v": default}
        assert ("q", "disabled") in refused(found)
