"""What is found before anybody answers: where, what, and what to do."""

import json

import pytest
from hypothesis import given, settings

from kithkin.questionnaire import Kind, Questionnaire, check, estimated_minutes
from tests.questionnaire.drawn import bodies, logical
from tests.questionnaire.replayed import asked


def text(name, **more):
    return {"type": "text", "name": name, **more}


def radio(name, *choices, **more):
    return {"type": "radiogroup", "name": name, "choices": list(choices), **more}


def found(*elements, **how):
    return [
        (str(each.severity), str(each.kind), each.where.removeprefix("/body"))
        for each in check(asked(*elements, **how))
    ]


def test_nothing_is_found_in_a_sound_questionnaire():
    assert found(radio("a", "x", "y"), text("b", visibleIf="{a} = 'x'"), text("c", visibleIf="{b} notempty")) == []


def test_expression_that_cannot_be_read():
    assert found(text("a", visibleIf="{b} = = 1")) == [("error", "expression", "/elements/0/visibleIf")]


def test_name_that_nothing_has_and_the_one_that_was_meant():
    (finding,) = check(asked(text("colour"), text("b", visibleIf="{color} = 1")))
    assert (finding.kind, finding.where, finding.advice) == (
        Kind.UNDEFINED, "/body/elements/1/visibleIf", "Did you mean {colour}?",
    )  # fmt: skip


def test_embedded_calculated_and_local_names_are_known():
    inner = [text("x"), text("y", visibleIf="{panel.x} = 1 and {panelIndex} = 0")]
    elements = [
        text("a", visibleIf="{plan} = 1 and {sum} > 2"),
        {"type": "paneldynamic", "name": "p", "templateElements": inner},
    ]
    calculated = [{"name": "sum", "expression": "{p.length} + {p[0].x}"}]
    assert found(*elements, calculatedValues=calculated, kithkin={"embedded": [{"name": "plan"}]}) == []


def test_questions_that_wait_for_one_another():
    assert found(text("a", visibleIf="{b} = 1"), text("b", visibleIf="{a} = 1")) == [
        ("warning", "cycle", "/elements/0")
    ]


def test_condition_that_no_choice_fulfils():
    assert found(radio("a", "x", "y"), text("b", visibleIf="{a} = 'z'")) == [("warning", "unreachable", "/elements/1")]


def test_condition_that_contradicts_the_one_around_it_is_said_once():
    inner = [{"type": "panel", "name": "q", "visibleIf": "{a} = 'y'", "elements": [text("b", visibleIf="{a} = 'x'")]}]
    panel = {"type": "panel", "name": "p", "visibleIf": "{a} = 'x'", "elements": inner}
    assert found(radio("a", "x", "y"), panel) == [("warning", "contradiction", "/elements/1/elements/0/visibleIf")]


def test_condition_on_a_question_that_is_hidden_then():
    elements = [
        radio("a", "x", "y"),
        radio("b", 1, 2, visibleIf="{a} = 'x'"),
        text("c", visibleIf="{a} = 'y' and {b} = 1"),
    ]
    assert found(*elements) == [("warning", "unreachable", "/elements/2")]


def test_question_that_is_switched_off():
    assert found(text("a", visible=False)) == [("warning", "unreachable", "/elements/0")]


def test_what_has_no_end_of_answers_is_not_judged():
    assert found(text("a"), text("b", visibleIf="{a} = 1 and {a} = 2")) == []


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ({"type": "checkbox", "isRequired": True}, "dead end"),
        ({"type": "checkbox"}, "choices"),
        ({"type": "matrix", "columns": [1]}, "choices"),
        ({"type": "radiogroup", "choices": [{"text": "A"}]}, "choices"),
        ({"type": "radiogroup", "choices": [1, "1"]}, "twice"),
        ({"type": "text", "inputType": "number", "min": 5, "max": 4}, "dead end"),
        ({"type": "checkbox", "choices": [1, 2], "minSelectedChoices": 3}, "dead end"),
        ({"type": "checkbox", "choices": [1, 2], "minSelectedChoices": 2, "maxSelectedChoices": 1}, "dead end"),
        ({"type": "constantsum", "choices": [1, 2], "max": 10}, "dead end"),
        ({"type": "hologram", "isRequired": True}, "dead end"),
        ({"type": "text", "validators": [{"type": "regex", "regex": "(a)\\1"}]}, "expression"),
    ],
)
def test_question_that_cannot_be_answered(question, kind):
    assert kind in {each for _, each, _ in found({"name": "q", **question})}


def test_two_questions_of_one_name():
    assert found(text("a"), text("a")) == [("error", "twice", "/elements/1")]


def test_empty_questionnaire_and_empty_page():
    assert found() == [("error", "empty", "")]
    assert found(pages=[{"elements": [text("a")]}, {}]) == [("note", "empty", "/pages/1")]


def test_missing_translation():
    elements = [text("a", title={"default": "A", "de": "Ah"}), text("b", title="B")]
    assert found(*elements) == [("warning", "translation", "/elements/1/title")]


def test_what_is_unknown_is_named():
    assert found(text("a", smell=1)) == [("note", "unknown", "/elements/0/smell")]


def test_long_questionnaire():
    elements = [{"type": "comment", "name": f"q{number}"} for number in range(30)]
    assert estimated_minutes(asked(*elements)) == 12.5
    assert found(*elements) == [("note", "length", "")]


@pytest.mark.parametrize(
    ("kithkin", "severity"),
    [
        ({"metrics": [{"question": "q", "measures": "nps"}]}, "error"),
        ({"metrics": [{"question": "r", "measures": "csat"}]}, "error"),
        ({"metrics": [{"question": "q", "measures": "service"}]}, "warning"),
        ({"quotas": [{"name": "all"}]}, "note"),
        ({"randomisation": [{"name": "b", "of": ["q", "z"]}]}, "error"),
        ({"scoring": [{"name": "s", "questions": ["z"]}]}, "error"),
    ],
)
def test_own_part_that_speaks_of_what_is_not_there(kithkin, severity):
    assert [each for each, _, _ in found({"type": "rating", "name": "q"}, kithkin=kithkin)] == [severity]


def test_nps_from_0_to_10_is_sound():
    question = {"type": "rating", "name": "q", "rateMin": 0, "rateMax": 10}
    assert found(question, kithkin={"metrics": [{"question": "q", "measures": "nps"}]}) == []


def panel(name, *elements, **more):
    return {"type": "panel", "name": name, "elements": list(elements), **more}


def goes_to(name):
    return {"triggers": [{"type": "skip", "expression": "{a} = 1", "gotoName": name}]}


AB = radio("a", "x", "y")
MENDED = [
    ("dead end", [text("a", inputType="number", min=5, max=4)], [text("a", inputType="number", min=4, max=5)]),
    ("dead end", [radio("a", isRequired=True)], [radio("a", 1, isRequired=True)]),
    ("dead end", [{"type": "checkbox", "name": "a", "choices": [1, 2], "minSelectedChoices": 3}],
     [{"type": "checkbox", "name": "a", "choices": [1, 2], "minSelectedChoices": 2}]),
    ("unreachable", [AB, text("b", visibleIf="{a} = 'z'")], [AB, text("b", visibleIf="{a} = 'y'")]),
    ("unreachable", [text("a", visible=False)], [text("a", visible=True)]),
    ("unreachable", [AB, radio("b", 1, visibleIf="{a} = 'x'"), text("c", visibleIf="{a} = 'y' and {b} = 1")],
     [AB, radio("b", 1, visibleIf="{a} = 'x'"), text("c", visibleIf="{a} = 'y' or {b} = 1")]),
    ("contradiction", [AB, panel("p", text("b", visibleIf="{a} = 'y'"), visibleIf="{a} = 'x'")],
     [AB, panel("p", text("b", visibleIf="{a} <> 'y'"), visibleIf="{a} = 'x'")]),
    ("cycle", [text("a", visibleIf="{b} = 1"), text("b", visibleIf="{a} = 1")],
     [text("a"), text("b", visibleIf="{a} = 1")]),
    ("undefined name", [text("colour"), text("b", visibleIf="{color} = 1")],
     [text("colour"), text("b", visibleIf="{Colour} = 1")]),
    ("translation", [text("a", title={"default": "A", "de": "Ah"}), text("b", title="B")],
     [text("a", title={"default": "A", "de": "Ah"}), text("b", title={"default": "B", "de": "Be"})]),
    ("choices", [radio("a", {"text": "A"})], [radio("a", {"text": "A", "value": 1})]),
    ("choices", [radio("a")], [radio("a", choicesByUrl={"url": "https://example.org"})]),
    ("twice", [radio("a", 1, "1")], [radio("a", 1, "2")]),
    ("twice", [text("a"), text("a")], [text("a"), text("b")]),
    ("expression", [text("a", visibleIf="{b} = = 1")], [text("b"), text("a", visibleIf="{b} = 1")]),
    ("expression", [text("a", validators=[{"type": "regex", "regex": "(a)\\1"}])],
     [text("a", validators=[{"type": "regex", "regex": "(a)"}])]),
    ("unknown", [text("a", smell=1)], [text("a", size=1)]),
    ("empty", [], [text("a")]),
    ("length", [{"type": "comment", "name": f"q{number}"} for number in range(30)],
     [{"type": "comment", "name": f"q{number}"} for number in range(10)]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "wrong", "mended"), MENDED)
def test_what_is_wrong_is_found_and_is_gone_once_it_is_mended(kind, wrong, mended):
    assert {each for _, each, _ in found(*wrong)} == {kind}
    assert found(*mended) == []


def test_every_kind_of_finding_has_such_a_pair():
    assert {kind for kind, _, _ in MENDED} == set(map(str, Kind)) - {"measure"}  # these have tests of their own


def test_skip_that_leads_nowhere():
    assert found(text("a"), text("b"), **goes_to("c")) == [("warning", "dead end", "/triggers/0")]
    assert found(text("a"), text("b"), **goes_to("b")) == []


@given(bodies | logical())
@settings(deadline=None)
def test_any_questionnaire_can_be_checked(body):
    for each in check(Questionnaire.from_json(body)):
        assert json.dumps(each.to_dict())
        assert (each.what[-1], each.advice[-1] in ".?") == (".", True)
