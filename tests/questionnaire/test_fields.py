"""What the texts of a multiple text begin with."""

from __future__ import annotations

import pytest

from tests.questionnaire.replayed import asked, run, text, values

QUESTIONNAIRE = asked(
    text("t"),
    {
        "type": "multipletext",
        "name": "q",
        "items": [{"name": "a"}, {"name": "b", "defaultValueExpression": "{t} + 1", "inputType": "number"}],
    },
)


@pytest.mark.parametrize(
    ("handed_in", "kept"),
    [
        ({}, {"b": 2}),
        ({"q": {"a": "x"}}, {"a": "x", "b": 2}),
        ({"q": {"a": "x", "b": 7}}, {"a": "x", "b": 7}),
        ({"q": {"a": "x", "b": None}}, {"a": "x", "b": None}),
        ({"q": {"b": ""}}, {"b": None}),
        ({"q": None}, None),
    ],
)
def test_a_text_is_computed_until_somebody_answers_or_empties_it(handed_in, kept):
    once = values(QUESTIONNAIRE, {"t": 1} | handed_in)
    assert once == {"t": 1, "q": kept}
    assert values(QUESTIONNAIRE, once) == once


def test_what_the_text_could_not_have_is_not_there_and_nobody_is_to_blame():
    found = run(QUESTIONNAIRE, {"t": "x"})
    assert (dict(found.values), found.refused) == ({"t": "x"}, ())


def test_what_was_emptied_counts_as_nothing_said():
    item = {"name": "b", "defaultValueExpression": "1"}
    questionnaire = asked({"type": "multipletext", "name": "q", "items": [item], "isRequired": True})
    assert [(each.question, str(each.reason)) for each in run(questionnaire, {"q": {"b": None}}).errors] == [
        ("q", "required")
    ]
    assert run(questionnaire, {}).errors == ()


@pytest.mark.parametrize("handed_in", [None, {"b": "forged"}, {"b": None}])
def test_texts_that_are_disabled_are_computed_whatever_is_handed_in(handed_in):
    item = {"name": "b", "defaultValueExpression": "1 + 1"}
    questionnaire = asked({"type": "multipletext", "name": "q", "items": [item], "readOnly": True})
    assert values(questionnaire, {"q": handed_in}) == {"q": {"b": 2}}


def test_texts_stand_in_the_order_of_the_question():
    items = [{"name": "b", "defaultValueExpression": "1"}, {"name": "a"}]
    questionnaire = asked({"type": "multipletext", "name": "q", "items": items})
    assert list(values(questionnaire, {"q": {"a": "x"}})["q"]) == ["b", "a"]


def test_the_answer_of_another_question_under_the_same_key_stays_as_it_is():
    texts = {"type": "multipletext", "name": "m", "valueName": "t"}
    for item in ({"name": "a"}, {"name": "a", "defaultValueExpression": "1"}):
        assert values(asked(text("t"), texts | {"items": [item]}), {"t": "said"}) == {"t": "said"}
