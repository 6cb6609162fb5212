"""Whether an answer will do, type by type: what is missing in it, too much of it, or against its rules."""

import pytest

from tests.questionnaire.replayed import asked, errors, refused, run


def judged(question, answer=None, **beside):
    given = {} if answer is None else {"q": answer}
    return errors(run(asked({"name": "q", **question}), given | beside))


MATRIX = {"type": "matrix", "rows": ["r", "s"], "columns": [1, 2], "eachRowUnique": True}
POINTS = {"type": "constantsum", "choices": ["a", "b"], "total": 10, "min": 2, "max": 8, "step": 2}
RANGE = {"type": "slider", "sliderType": "range", "minRangeLength": 10, "maxRangeLength": 20}
BEST = {"type": "maxdiff", "choices": ["a", "b"], "setSize": 2, "setCount": 1, "isRequired": True}
FEWEST = {"type": "checkbox", "choices": ["a", "b", "c"], "showNoneItem": True, "minSelectedChoices": 2}
OWN = {"type": "radiogroup", "choices": ["a"], "showOtherItem": True, "showCommentArea": True}
PANELS = {"type": "paneldynamic", "minPanelCount": 2, "templateElements": [{"type": "text", "name": "x"}]}


def file(name="a.png", kind="image/png", content="AAAA"):
    return [{"name": name, "type": kind, "content": content}]


@pytest.mark.parametrize(
    ("question", "good", "bad", "reason"),
    [
        (MATRIX, {"r": 1, "s": 2}, {"r": 1, "s": 1}, "invalid"),
        (POINTS, {"a": 4, "b": 6}, {"a": 5, "b": 5}, "invalid"),
        (POINTS, {"a": 2, "b": 8}, {"a": 0, "b": 10}, "invalid"),
        (POINTS, {"a": 8, "b": 2}, {"a": 10}, "invalid"),
        (POINTS, {"a": 4, "b": 6}, {"a": 4, "b": 4}, "invalid"),
        (POINTS, {"a": 4, "b": 6}, {"a": 4, "b": "many"}, "wrong type"),
        (OWN, "something", "other", "required"),
        (OWN | {"type": "checkbox"}, ["a", "something"], ["a", "other"], "required"),
        (RANGE, [10, 20], [10, 19], "invalid"),
        (RANGE, [10, 30], [10, 31], "invalid"),
        ({"type": "slider"}, 3, 3.5, "invalid"),
        ({"type": "slider", "min": 1, "step": 2}, 3, 4, "invalid"),
        ({"type": "slider", "minValueExpression": "1", "step": 2}, 3, 4, "invalid"),
        ({"type": "slider", "maxValueExpression": "{nobody}", "max": 9}, 9, 10, "invalid"),
        ({"type": "slider", "sliderType": "range"}, [5, 6], [5, 5], "invalid"),
        (BEST, [{"best": "a", "worst": "b"}], [{"best": "a"}], "required"),
        (FEWEST, ["a", "b"], ["a"], "invalid"),
        ({"type": "file", "acceptedTypes": "image/*"}, file(), file("a.txt", "text/plain"), "invalid"),
        ({"type": "file", "acceptedTypes": ".png"}, file(), file("a.txt"), "invalid"),
        ({"type": "file", "acceptedTypes": "image/png"}, file(), file("a.png", "image/gif"), "invalid"),
        ({"type": "file", "maxSize": 3_000}, file(content="A" * 4_000), file(content="A" * 8_000), "invalid"),
        ({"type": "text", "validators": [{"type": "text", "allowDigits": False}]}, "a1b", "ab1", "invalid"),
        ({"type": "text", "inputType": "datetime-local", "max": "2026-01-01"}, "2026-01-01T10:00", "2026-01-02T00:00",
         "invalid"),
        ({"type": "text", "inputType": "email"}, f"{'a' * 60}@example.org", f"a@{'a.' * 160}org", "invalid"),
        ({"type": "checkbox", "choices": [1, 2, 3], "validators": [{"type": "answercount", "maxCount": 2}]},
         [1, 2], [1, 2, 3], "invalid"),
    ],
)  # fmt: skip
def test_answer_that_just_does_and_one_that_just_does_not(question, good, bad, reason):
    assert (judged(question, good), judged(question, bad)) == ([], [("q", reason)])


def test_whoever_says_none_need_not_say_two():
    assert judged(FEWEST, ["none"]) == []


def test_so_many_rows_are_there_as_there_must_be():
    columns = [{"name": "k", "cellType": "text"}]
    rows = {"type": "matrixdynamic", "name": "m", "columns": columns, "minRowCount": 2, "rowCount": 0}
    found = run(asked(rows), {"m": [{"k": 1}]})
    assert (len(found.pages[0].elements[0].items), errors(found)) == (2, [])


def test_nobody_needs_to_answer_what_cannot_be_answered():
    found = run(asked({"type": "text", "name": "q", "isRequired": True, "readOnly": True}))
    assert (errors(found), found.pages[0].elements[0].required) == ([], False)


def test_choice_that_is_switched_off_is_refused():
    question = {"type": "radiogroup", "name": "q", "choices": ["a", {"value": "b", "enableIf": "false"}]}
    assert refused(run(asked(question), {"q": "b"})) == [("q", "disabled")]


def test_choice_that_is_hidden_where_it_is_taken_from_is_hidden_here():
    first = {"type": "checkbox", "name": "a", "choices": [1, {"value": 2, "visibleIf": "false"}]}
    second = {"type": "radiogroup", "name": "q", "choicesFromQuestion": "a"}
    found = run(asked(first, second), {"q": 2})
    assert (refused(found), errors(found)) == ([("q", "hidden")], [])


def test_more_choices_than_anybody_can_tick_are_refused():
    question = {"type": "checkbox", "name": "q", "choices": ["a"]}
    assert refused(run(asked(question), {"q": ["a"] * 1_001})) == [("q", "too many")]
    assert run(asked(question), {"q": ["a"] * 1_000}).values == {"q": ["a"]}


def test_answers_without_end_are_none():
    answers = {f"q{number}": 1 for number in range(100_001)}
    assert run(asked({"type": "text", "name": "q1"}), answers).values == {}


def test_panel_that_is_hidden_takes_no_answer():
    inner = [{"type": "text", "name": "x"}]
    panels = {"type": "paneldynamic", "name": "p", "templateVisibleIf": "{panelIndex} > 0", "templateElements": inner}
    found = run(asked(panels), {"p": [{"x": "forged"}, {"x": "y"}]})
    assert (found.values, refused(found)) == ({"p": [{}, {"x": "y"}]}, [("p[0].x", "hidden")])
    assert [item.path for item in found.pages[0].elements[0].items] == ["p[1]"]


def test_panels_that_must_be_there_are():
    assert run(asked({"name": "q", **PANELS})).values == {"q": [{}, {}]}


def test_points_of_a_choice_that_is_not_there_do_not_count():
    found = run(asked({"name": "q", **POINTS}), {"q": {"a": 4, "b": 6, "z": 3}})
    assert (found.values, refused(found), errors(found)) == ({"q": {"a": 4, "b": 6}}, [("q.z", "not a choice")], [])


def test_the_best_of_another_set_is_no_choice():
    four = {"type": "maxdiff", "name": "q", "choices": ["a", "b", "c", "d"], "setSize": 2, "setCount": 1}
    (seen,) = run(asked(four), {}).pages[0].elements[0].sets
    other = next(each for each in four["choices"] if each not in {choice.value for choice in seen})
    assert errors(run(asked(four), {"q": [{"best": other}]})) == [("q", "not a choice")]


def test_answers_to_more_sets_than_there_are_are_none():
    assert judged(BEST, [{"best": "a", "worst": "b"}] * 2) == [("q", "wrong type")]


def test_blanks_do_not_say_what_else():
    other = {"type": "dropdown", "choices": ["a"], "showOtherItem": True}
    assert judged(other, "other", **{"q-Comment": " "}) == [("q", "required")]


def test_one_may_write_one_thing_in_place_of_other():
    found = run(asked({"name": "q", **OWN, "type": "checkbox"}), {"q": ["x", "a", "y"]})
    assert (found.values, refused(found)) == ({"q": ["x", "a"]}, [("q", "not a choice")])


def test_a_choice_that_is_called_all_is_one_of_them():
    several = {"type": "checkbox", "name": "q", "choices": ["a", "all"], "showSelectAllItem": True}
    assert run(asked(several), {"q": ["all"]}).values == {"q": ["all"]}


@pytest.mark.parametrize("kind", ["text", "comment", "slider"])
def test_beside_what_is_typed_nothing_is_written(kind):
    found = run(asked({"type": kind, "name": "q", "showCommentArea": True}), {"q-Comment": "x"})
    assert (found.values, refused(found)) == ({}, [("q-Comment", "hidden")])


def test_what_was_written_in_place_of_other_can_be_chosen_further_on():
    first = {"type": "checkbox", "name": "q", "choices": ["a", "b"], "showOtherItem": True}
    then = {"type": "radiogroup", "name": "r", "choicesFromQuestion": "q", "choicesFromQuestionMode": "selected"}
    found = run(asked(first, then), {"q": ["b", "other"], "q-Comment": "Saab"})
    shown = found.pages[0].elements[1].choices
    assert [(each.value, each.text) for each in shown] == [("b", "b"), ("other", "Saab")]


def test_a_choice_of_a_row_that_is_gone_is_gone_without_a_word():
    rows = {"type": "matrixdynamic", "name": "q", "columns": [{"name": "x", "cellType": "text"}]}
    then = {"type": "dropdown", "name": "r", "choicesFromQuestion": "q", "choiceValuesFromQuestion": "x"}
    found = run(asked(rows, then), {"q": [{"x": "kept"}], "r": "gone"})
    assert (found.values, errors(found), refused(found)) == ({"q": [{"x": "kept"}]}, [], [("r", "hidden")])


def test_what_is_computed_may_be_a_number_and_has_no_length():
    rule = {"type": "text", "minLength": 2, "maxLength": 3}
    for formula, wrong in {"3": [], "1 + 30000": [], "'a'": [("q", "invalid")], "'abcd'": [("q", "invalid")]}.items():
        question = {"type": "text", "name": "q", "defaultValueExpression": formula, "validators": [rule]}
        assert errors(run(asked(question))) == wrong


def test_panels_that_are_there_and_empty_are_not_too_few():
    assert judged({**PANELS, "panelCount": 3}) == []
    assert judged({**PANELS, "panelCount": 3}, [{}, {}, {}]) == []


def test_a_hidden_panel_may_be_as_another():
    panels = {"type": "paneldynamic", "keyName": "x", "templateElements": [{"type": "text", "name": "x"}]}
    alike = [{"x": "a"}, {"x": "b"}, {"x": "a"}]
    assert judged(panels, alike) == [("q[2].x", "invalid")]
    assert judged({**panels, "templateVisibleIf": "{panelIndex} < 2"}, alike) == []
