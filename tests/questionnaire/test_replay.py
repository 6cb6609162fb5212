"""The server decides alone what was shown, needed, allowed and computed."""

import pytest

from kithkin.questionnaire import BadExpression, TooLarge
from kithkin.questionnaire.replaying.plan import plan_of
from kithkin.questionnaire.replaying.run import MOST_ANSWERS
from tests.questionnaire.replayed import asked, errors, refused, run, text, values


def test_answer_to_a_hidden_question_is_refused_by_name():
    found = run(asked(text("a"), text("b", visibleIf="{a} = 1")), {"a": "2", "b": "x"})
    assert (dict(found.values), refused(found), found.complete) == ({"a": "2"}, [("b", "hidden")], True)


def test_hidden_answer_counts_as_empty_for_what_depends_on_it():
    questionnaire = asked(text("c", visibleIf="{b} notempty"), text("a"), text("b", visibleIf="{a} = 1"))
    assert run(questionnaire, {"a": "2", "b": "x", "c": "y"}).visible == {"a"}


def test_answer_to_nothing_is_refused():
    assert refused(run(asked(text("a")), {"z": 1})) == [("z", "unknown")]


def test_what_stands_in_a_hidden_panel_or_page_is_hidden():
    panel = {"type": "panel", "name": "p", "visibleIf": "{a} = 1", "elements": [text("b")]}
    pages = [{"elements": [text("a"), panel]}, {"visibleIf": "{a} = 1", "elements": [text("c")]}]
    assert run(asked(pages=pages), {"a": "2"}).visible == {"a"}
    assert run(asked(pages=pages), {"a": "1"}).visible == {"a", "b", "c"}


def test_required_question_cannot_be_skipped():
    found = run(asked(text("a", isRequired=True), text("b", requiredIf="{a} empty")))
    assert (errors(found), found.complete) == ([("a", "required"), ("b", "required")], False)


def test_hidden_required_question_is_not_missed():
    assert run(asked(text("a", isRequired=True, visibleIf="false"))).complete


def test_panel_needs_one_answer():
    panel = {"type": "panel", "name": "p", "isRequired": True, "elements": [text("a"), text("b")]}
    assert errors(run(asked(panel))) == [("p", "required")]
    assert errors(run(asked(panel), {"b": "x"})) == []


def test_panel_that_needs_an_answer_says_so_in_the_questionnaires_words():
    panel = {"type": "panel", "name": "p", "isRequired": True, "elements": [text("a")]}
    said = [
        run(asked(panel | own, **whole)).errors[0].message
        for own, whole in (({}, {}), ({"requiredErrorText": "One!"}, {}), ({}, {"requiredErrorText": "Any!"}))
    ]
    assert said == ["Please answer at least one question here.", "One!", "Any!"]


def test_forged_answer_to_a_disabled_question_is_refused():
    questionnaire = asked(text("a"), text("b", enableIf="{a} = 1", defaultValue="x"), text("c", readOnly=True))
    found = run(questionnaire, {"b": "forged", "c": "forged"})
    assert (dict(found.values), refused(found)) == ({"b": "x"}, [("b", "disabled"), ("c", "disabled")])


def test_in_a_ring_the_first_decides():
    questionnaire = asked(text("a", visibleIf="{b} empty"), text("b", visibleIf="{a} empty"))
    assert run(questionnaire, {"a": "x", "b": "y"}).visible == {"a"}
    assert run(questionnaire, {"b": "y"}).visible == {"a", "b"}


@pytest.mark.parametrize(
    ("question", "answer", "reason"),
    [
        ({"type": "text"}, ["x"], "wrong type"),
        ({"type": "text"}, "x\0", "wrong type"),
        ({"type": "text", "maxLength": 3}, "four", "too long"),
        ({"type": "comment"}, "x" * 100_001, "too long"),
        ({"type": "text", "inputType": "number"}, "many", "wrong type"),
        ({"type": "text", "inputType": "date"}, "2026-02-30", "wrong type"),
        ({"type": "text", "inputType": "month"}, "2026-13", "wrong type"),
        ({"type": "text", "inputType": "color"}, "red", "wrong type"),
        ({"type": "boolean"}, "perhaps", "not a choice"),
        ({"type": "radiogroup", "choices": ["a"]}, "b", "not a choice"),
        ({"type": "dropdown", "choices": ["a"]}, {"a": 1}, "wrong type"),
        ({"type": "checkbox", "choices": ["a"]}, "a", "wrong type"),
        ({"type": "checkbox", "choices": ["a"]}, ["b"], "not a choice"),
        ({"type": "checkbox", "choices": ["a"], "hasNone": True}, ["a", "none"], "not alone"),
        ({"type": "rating"}, 6, "not a choice"),
        ({"type": "slider"}, "far", "wrong type"),
        ({"type": "matrix", "rows": ["r"], "columns": [1]}, 1, "wrong type"),
        ({"type": "paneldynamic"}, {"0": 1}, "wrong type"),
        ({"type": "signaturepad"}, "javascript:alert(1)", "wrong type"),
        ({"type": "file"}, [{"name": "../etc/passwd", "type": "text/plain", "content": ""}], "wrong type"),
        ({"type": "file"}, [{"name": "a", "content": ""}, {"name": "b", "content": ""}], "too many"),
        ({"type": "maxdiff", "choices": ["a", "b", "c"]}, [{"best": "z"}], "not a choice"),
        ({"type": "maxdiff", "choices": ["a", "b"]}, [{"best": "a", "worst": "a"}], "not alone"),
    ],
)
def test_answer_that_cannot_be_is_refused_and_has_to_be_given_anew(question, answer, reason):
    found = run(asked({"name": "q", **question}), {"q": answer})
    assert ("q", reason) in refused(found)
    assert (errors(found), dict(found.values)) == ([("q", reason)], {})


@pytest.mark.parametrize(
    ("question", "answer", "stored"),
    [
        ({"type": "text", "inputType": "number"}, "7", 7),
        ({"type": "text", "inputType": "number"}, 7.5, 7.5),
        ({"type": "rating"}, "4", 4),
        ({"type": "radiogroup", "choices": [1, 2]}, "2", 2),
        ({"type": "boolean"}, "true", True),
        ({"type": "boolean", "valueTrue": "yes", "valueFalse": "no"}, "no", "no"),
        ({"type": "checkbox", "choices": ["a", "b"]}, ["b", "a", "b"], ["b", "a"]),
        ({"type": "checkbox", "choices": ["a", "b"], "showSelectAllItem": True}, ["all"], ["a", "b"]),
        ({"type": "checkbox", "choices": ["a"], "valuePropertyName": "x"}, [{"x": "a", "y": 1}], [{"x": "a"}]),
        ({"type": "matrix", "rows": ["r", "s"], "columns": [1, 2]}, {"s": "2", "z": 1}, {"s": 2}),
        ({"type": "multipletext", "items": [{"name": "a"}, {"name": "b"}]}, {"a": "x", "c": "y"}, {"a": "x"}),
        ({"type": "constantsum", "choices": ["a", "b"], "total": 10}, {"b": "4", "a": 6}, {"a": 6, "b": 4}),
        ({"type": "slider", "sliderType": "range"}, [70, "20"], [20, 70]),
        ({"type": "ranking", "choices": ["a", "b"]}, ["b", "a"], ["b", "a"]),
    ],
)
def test_answer_is_stored_in_one_form(question, answer, stored):
    assert values(asked({"name": "q", **question}), {"q": answer}) == {"q": stored}


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        ({"type": "text", "inputType": "number", "min": 3}, 2, "The least is 3."),
        ({"type": "text", "inputType": "number", "max": 3}, 4, "The most is 3."),
        ({"type": "text", "inputType": "date", "max": "=today()"}, "2026-03-02", None),
        ({"type": "text", "inputType": "email"}, "nobody", "Please write an e-mail address."),
        ({"type": "text", "validators": [{"type": "regex", "regex": "^[A-Z]+$", "text": "Big."}]}, "a", "Big."),
        ({"type": "text", "validators": [{"type": "numeric", "minValue": 5}]}, "4", "The least is 5."),
        ({"type": "text", "validators": [{"type": "text", "minLength": 5}]}, "four",
         "Please write at least 5 characters."),
        ({"type": "text", "validators": [{"type": "expression", "expression": "{q} = 'a'"}]}, "b",
         "This answer is not possible here."),
        ({"type": "checkbox", "choices": [1, 2, 3], "maxSelectedChoices": 2}, [1, 2, 3], "Please choose at most 2."),
        ({"type": "ranking", "choices": [1, 2, 3]}, [2, 1], "Please put all of them in order."),
        ({"type": "matrix", "rows": ["r", "s"], "columns": [1], "isAllRowRequired": True}, {"r": 1},
         "Please answer in every row."),
        ({"type": "constantsum", "choices": ["a", "b"]}, {"a": 60}, "The points must add up to 100."),
        ({"type": "slider"}, 101, "The most is 100."),
    ],
)  # fmt: skip
def test_answer_that_will_not_do_is_explained(question, answer, said):
    messages = [each.message for each in run(asked({"name": "q", **question}), {"q": answer}).errors]
    assert len(messages) == 1
    assert said is None or messages == [said]


def test_messages_are_in_the_respondents_language_unless_the_questionnaire_has_its_own():
    questionnaire = asked(text("a", isRequired=True), text("b", isRequired=True, requiredErrorText={"de": "Los!"}))
    assert [each.message for each in run(questionnaire, language="de-AT").errors] == [
        "Bitte beantworten Sie diese Frage.", "Los!",
    ]  # fmt: skip


def test_other_has_to_be_said():
    question = {"type": "radiogroup", "name": "q", "choices": ["a"], "showOtherItem": True}
    assert errors(run(asked(question), {"q": "other"})) == [("q", "required")]
    assert values(asked(question), {"q": "other", "q-Comment": "tea"}) == {"q": "other", "q-Comment": "tea"}


def test_comment_that_nobody_asked_for_is_refused():
    assert refused(run(asked(text("a")), {"a": "x", "a-Comment": "y"})) == [("a-Comment", "hidden")]


def test_comment_on_what_is_disabled_is_refused():
    question = {"type": "radiogroup", "name": "q", "choices": ["a"], "showCommentArea": True, "enableIf": "{t} = 1"}
    found = run(asked(text("t"), question), {"q-Comment": "forged"})
    assert (dict(found.values), refused(found)[0]) == ({}, ("q", "disabled"))


def test_nothing_stands_beside_what_is_emptied():
    question = {"type": "radiogroup", "name": "q", "choices": ["a"], "showCommentArea": True, "resetValueIf": "{t} = 1"}
    questionnaire, given = asked(text("t"), question), {"q": "a", "q-Comment": "since"}
    assert values(questionnaire, given | {"t": "1"}) == {"t": "1"}
    assert values(questionnaire, given | {"t": "2"}) == given | {"t": "2"}


def test_what_was_said_of_another_answer_that_was_reset_is_not_said_of_other():
    question = {"type": "radiogroup", "name": "q", "choices": ["a"], "showOtherItem": True}
    questionnaire = asked(text("t"), question | {"resetValueIf": "{t} = 1", "defaultValue": "other"})
    assert values(questionnaire, {"t": "1", "q": "a", "q-Comment": "left over"}) == {"t": "1", "q": "other"}
    assert values(questionnaire, {"t": "1", "q": "other", "q-Comment": "own"}) == {
        "t": "1",
        "q": "other",
        "q-Comment": "own",
    }


def test_answer_refused_twice_for_one_reason_is_named_once():
    question = {"type": "radiogroup", "name": "q", "choices": ["a"], "showCommentArea": True, "readOnly": True}
    assert refused(run(asked(question), {"q": "a", "q-Comment": "forged"})) == [("q", "disabled")]


BROUGHT = {"type": "setvalue", "expression": "{t} = 1", "setToName": "q", "setValue": "x"}


@pytest.mark.parametrize(
    ("question", "triggers"),
    [
        (text("q", defaultValue="x"), []),
        (text("q", defaultValueExpression="'x'"), []),
        (text("q", setValueExpression="'x'"), []),
        (text("q"), [BROUGHT]),
        ({"type": "paneldynamic", "name": "q", "panelCount": 1, "templateElements": [text("d")]}, []),
    ],
)
def test_answer_that_was_taken_back_stays_empty_and_one_that_is_hidden_is_none(question, triggers):
    questionnaire = asked(text("t"), question, triggers=triggers)
    once = values(questionnaire, {"t": "1", "q": None})
    assert (once, values(questionnaire, once)) == ({"t": "1", "q": None}, once)
    assert "q" not in values(asked(text("t"), question | {"visible": False}, triggers=triggers), {"t": "1", "q": None})


def test_what_no_question_took_is_named_as_it_was_handed_in_where_it_says_something():
    questionnaire = asked(text("a", visible=False))
    assert refused(run(questionnaire, {"a": "", "z": None, "A": "x"})) == [("A", "unknown")]
    assert len(run(questionnaire, {f"x{place}": 1 for place in range(1_200)}).refused) == 1_000


@pytest.mark.parametrize("kind", ["matrix", "matrixdropdown"])
@pytest.mark.parametrize("hides", [True, False])
def test_rows_that_are_all_hidden_hide_their_question_where_it_says_so(kind, hides):
    columns = [{"name": "c", "cellType": "text"}] if kind == "matrixdropdown" else ["c"]
    rows = [{"value": "r", "visibleIf": "{t} = 1"}]
    matrix = {"type": kind, "name": "q", "columns": columns, "rows": rows, "hideIfRowsEmpty": hides}
    questionnaire = asked(text("t"), matrix)
    assert ["q" in run(questionnaire, {"t": said}).visible for said in ("1", "2")] == [True, not hides]


def test_all_are_those_that_can_be_chosen():
    choices = ["a", {"value": "b", "enableIf": "false"}, {"value": "c", "visibleIf": "false"}, "d"]
    question = {"type": "checkbox", "name": "q", "choices": choices, "showSelectAllItem": True, "showNoneItem": True}
    assert values(asked(question), {"q": ["all"]}) == {"q": ["a", "d"]}


def test_choice_that_became_hidden_no_longer_counts():
    choices = ["a", {"value": "b", "visibleIf": "{x} = 1"}]
    questionnaire = asked(text("x"), {"type": "checkbox", "name": "q", "choices": choices})
    found = run(questionnaire, {"x": "2", "q": ["a", "b"]})
    assert (dict(found.values), found.complete) == ({"x": "2", "q": ["a"]}, True)


def test_functions_that_ask_the_questionnaire():
    texts = {
        "read": "displayValue('a')",
        "other": "displayValue('a', 'y')",
        "title": "propertyValue('a', 'title')",
        "untitled": "propertyValue('read', 'title')",
        "kind": "propertyValue('a', 'renderAs')",
        "beside": "getComment('a')",
        "only shown": "isDisplayMode()",
    }
    choices = [{"value": "x", "text": {"default": "Ex", "de": "Ix"}}, {"value": "y", "text": "Why"}]
    question = {"type": "radiogroup", "name": "a", "title": "Which?", "choices": choices, "renderAs": "select"}
    computed = [{"type": "expression", "name": name, "expression": text} for name, text in texts.items()]
    questionnaire = asked(question | {"showCommentArea": True}, *computed)
    found = run(questionnaire, {"a": "x", "a-Comment": "since ever"}, language="de")
    assert {name: found.values.get(name) for name in texts} == {
        "read": "Ix", "other": "Why", "title": "Which?", "untitled": "read",
        "kind": "select", "beside": "since ever", "only shown": False,
    }  # fmt: skip
    assert {name for name in texts if name in run(questionnaire).values} == {
        "other",
        "title",
        "untitled",
        "kind",
        "only shown",
    }


def test_rows_that_are_none_are_refused_and_not_there_again_the_next_time():
    questionnaire = asked({"type": "matrixdynamic", "name": "m", "columns": [{"name": "c", "cellType": "text"}]})
    once = run(questionnaire, {"m": "x"})
    assert (refused(once), once.visible) == ([("m", "wrong type")], {"m"})
    assert run(questionnaire, dict(once.values)).visible == {"m"}


def test_a_ranking_has_an_order():
    ranking = {"type": "ranking", "name": "a", "choices": ["x", "y"]}
    boxes = {"type": "checkbox", "name": "b", "choices": ["x", "y"]}
    both = [{"type": "text", "name": f"{name}2", "visibleIf": f"{{{name}}} = ['x', 'y']"} for name in "ab"]
    found = run(asked(ranking, boxes, *both), {"a": ["y", "x"], "b": ["y", "x"]})
    assert found.visible == {"a", "b", "b2"}


def test_panel_is_asked_again_for_each_choice():
    loop = {"type": "checkbox", "name": "brands", "choices": ["a", "b"], "valueName": "v", "valuePropertyName": "brand"}
    inner = [text("why", visibleIf="{panel.brand} = 'b'", isRequired=True)]
    questionnaire = asked(loop, {"type": "paneldynamic", "name": "each", "valueName": "v", "templateElements": inner})
    given = {"v": [{"brand": "a", "why": "forged"}, {"brand": "b", "why": "good"}, {"brand": "z", "why": "x"}]}
    assert values(questionnaire, given) == {"v": [{"brand": "a"}, {"brand": "b", "why": "good"}]}
    assert errors(run(questionnaire, {"v": [{"brand": "b"}]})) == [("each[0].why", "required")]


def test_rows_have_logic_of_their_own():
    columns = [{"name": "k", "cellType": "text"}, {"name": "l", "cellType": "text", "visibleIf": "{row.k} = 'y'"}]
    questionnaire = asked({"type": "matrixdynamic", "name": "m", "columns": columns})
    assert values(questionnaire, {"m": [{"k": "y", "l": 1}, {"k": "n", "l": 2}]}) == {
        "m": [{"k": "y", "l": 1}, {"k": "n"}]
    }


def test_rows_that_must_differ():
    columns = [{"name": "k", "cellType": "text", "isUnique": True}]
    questionnaire = asked({"type": "matrixdynamic", "name": "m", "columns": columns})
    found = errors(run(questionnaire, {"m": [{"k": "y"}, {"k": "z"}, {"k": "Y"}]}))
    assert found == [("m[0].k", "invalid"), ("m[2].k", "invalid")]


def test_expression_that_cannot_be_read_is_refused_with_its_place():
    with pytest.raises(BadExpression) as found:
        run(asked(text("a", visibleIf="{a} = = 1")))
    assert found.value.where == "/body/elements/0/visibleIf"


def test_compiled_form_is_shared_and_goes_with_the_questionnaire():
    questionnaire = asked(text("a"))
    assert plan_of(questionnaire) is plan_of(questionnaire)


def test_a_slider_may_share_its_answer_with_a_question_of_another_kind():
    file = [{"name": "x.txt", "type": "text/plain", "content": ""}]
    later = {"type": "file", "name": "b", "valueName": "a", "defaultValue": file}
    assert run(asked({"type": "slider", "name": "a"}, later)).values == {"a": file}


def test_ten_thousand_questions_in_a_chain_are_replayed():
    questionnaire = asked(*(text(f"q{n}", visibleIf=f"{{q{n + 1}}} notempty") for n in range(10_000)), text("q10000"))
    found = run(questionnaire, {f"q{n}": "x" for n in range(10_001)})
    assert len(found.visible) == 10_001


def test_panels_within_panels_stay_bounded():
    inner = {"type": "paneldynamic", "name": "b", "templateElements": [text("c")]}
    outer = {"type": "paneldynamic", "name": "a", "templateElements": [inner]}
    found = run(asked(outer), {"a": [{"b": [{}] * 1_000}] * 1_000})
    assert sum(len(item.elements[0].items) for item in found.pages[0].elements[0].items) < 10_000
    assert "too many" in {str(each.reason) for each in found.refused}


def test_conditions_without_end_are_refused():
    choices = [{"value": number, "visibleIf": "{item} > 1"} for number in range(1_000)]
    columns = [{"name": f"c{number}", "cellType": "checkbox", "choices": choices} for number in range(5)]
    questionnaire = asked({"type": "matrixdynamic", "name": "m", "columns": columns})
    with pytest.raises(TooLarge):
        run(questionnaire, {"m": [{}] * 200})


def test_totals_stand_under_the_columns_and_cannot_be_forged():
    columns = [
        {"name": "p", "cellType": "text", "inputType": "number", "totalType": "sum"},
        {"name": "n", "cellType": "text", "totalType": "count"},
        {"name": "a", "cellType": "text", "inputType": "number", "totalType": "avg"},
        {"name": "x", "cellType": "text", "inputType": "number", "totalType": "max"},
        {"name": "l", "cellType": "text", "totalType": "min"},
        {"name": "e", "cellType": "text", "totalExpression": "sumInArray({m}, 'p') + 1"},
    ]
    questionnaire = asked(
        {"type": "matrixdynamic", "name": "m", "columns": columns}, text("q", visibleIf="{m-total.p} > 5")
    )
    rows = [{"p": 2, "n": "x", "a": 1, "x": 3, "l": 9}, {"p": 4, "a": 4, "x": 1, "l": 8}, {"l": "no number"}]
    found = run(questionnaire, {"m": rows, "m-total": {"p": 99}})
    assert dict(found.values) == {"m": rows, "m-total": {"p": 6, "n": 1, "a": 2.5, "x": 3, "l": 8, "e": 7}}
    assert "q" in found.visible


def test_an_average_is_of_the_numbers_alone():
    columns = [{"name": "a", "cellType": "text", "totalType": "avg"}]
    given = {"m": [{"a": 2}, {"a": "many"}, {"a": 4}]}
    found = values(asked({"type": "matrixdynamic", "name": "m", "columns": columns}), given)
    assert found["m-total"] == {"a": 3}


def test_a_row_that_cannot_be_answered_is_disabled():
    rows = ["x", {"value": "y", "enableIf": "false"}]
    matrix = {"type": "matrixdropdown", "name": "m", "rows": rows, "columns": [{"name": "k", "cellType": "text"}]}
    found = run(asked(matrix), {"m": {"x": {"k": "1"}, "y": {"k": "forged"}}})
    assert (dict(found.values), refused(found)) == ({"m": {"x": {"k": "1"}}}, [("m.y.k", "disabled")])


def test_more_panels_than_may_be_are_refused():
    panel = {"type": "paneldynamic", "name": "q", "maxPanelCount": 2, "templateElements": [text("x")]}
    found = run(asked(panel), {"q": [{"x": "1"}, {"x": "2"}, {"x": "3"}]})
    assert (refused(found), errors(found)) == ([("q", "too many")], [("q", "too many")])
    assert found.values == {"q": [{"x": "1"}, {"x": "2"}]}


def test_titles_in_a_panel_hold_the_texts_of_answers_outside():
    choice = {"type": "radiogroup", "name": "a", "choices": [{"value": 1, "text": "Tea"}]}
    inner = [text("x"), text("y", title="{a} for {panel.x}?")]
    questionnaire = asked(choice, {"type": "paneldynamic", "name": "p", "templateElements": inner})
    panel = run(questionnaire, {"a": 1, "p": [{"x": "two"}]}).pages[0].elements[1].items[0]
    assert panel.elements[1].title == "Tea for two?"


def test_disabled_panels_stay_as_they_begin():
    inner = [text("x")]
    questionnaire = asked(
        {"type": "paneldynamic", "name": "p", "readOnly": True, "panelCount": 1, "templateElements": inner}
    )
    once = values(questionnaire, {})
    assert once == {"p": [{}]}
    assert values(questionnaire, once) == once
    assert values(questionnaire, {"p": [{"x": 1}, {}]}) == once


def test_answer_of_which_nothing_is_left_is_none():
    found = run(
        asked({"type": "checkbox", "name": "q", "choices": [{"value": "a", "visibleIf": "false"}]}), {"q": ["a"]}
    )
    assert (found.pages[0].elements[0].value, refused(found)) == (None, [("q", "hidden")])


@pytest.mark.parametrize(
    ("kind", "forged"),
    [
        ("number", "1_0"),
        ("date", "2024-W01-1"),
        ("datetime-local", "2024-01-01T10:00:00." + "1" * 50_000),
        ("time", "10:00:00." + "1" * 50_000),
    ],
)
def test_number_or_moment_as_only_python_writes_it_is_refused(kind, forged):
    found = run(asked(text("a", inputType=kind)), {"a": forged})
    assert (dict(found.values), refused(found)) == ({}, [("a", "wrong type")])


@pytest.mark.parametrize("content", ["data:,\0", "data:,\ud800"])
def test_file_that_no_database_can_hold_is_refused(content):
    given = {"f": [{"name": "a.txt", "type": "text/plain", "content": content}]}
    found = run(asked({"type": "file", "name": "f"}), given)
    assert (dict(found.values), refused(found)) == ({}, [("f", "wrong type")])


def test_more_answers_than_anybody_gives_are_refused_aloud():
    found = run(asked(text("a")), {"a": "x"} | {f"x{place}": 1 for place in range(MOST_ANSWERS)})
    assert (dict(found.values), refused(found)) == ({}, [("", "too many")])
    assert (errors(found), found.complete) == ([("", "too many")], False)


@pytest.mark.parametrize("answers", ["x", 5, ["x"], True])
def test_answers_that_are_no_object_at_all_are_refused(answers):
    found = run(asked(text("a")), answers)
    assert (dict(found.values), refused(found), found.complete) == ({}, [("", "wrong type")], False)
