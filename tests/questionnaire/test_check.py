"""What is found before anybody answers: where, what, and what to do."""

import json

import pytest
from hypothesis import given, settings

from kithkin.questionnaire import Kind, Questionnaire, check
from tests.questionnaire.drawn import bodies, logical
from tests.questionnaire.replayed import asked, found, radio, text


def test_nothing_is_found_in_a_sound_questionnaire():
    assert found(radio("a", "x", "y"), text("b", visibleIf="{a} = 'x'"), text("c", visibleIf="{b} notempty")) == []


def test_expression_that_cannot_be_read():
    assert found(text("a", visibleIf="{b} = = 1")) == [("error", "expression", "/elements/0/visibleIf")]


def test_name_that_nothing_has_and_the_one_that_was_meant():
    (finding,) = check(asked(text("colour"), text("b", visibleIf="{color} = 1")))
    assert (finding.kind, finding.where, finding.advice) == (
        Kind.UNDEFINED, "/body/elements/1/visibleIf", "Did you mean {colour}?",
    )  # fmt: skip


def test_function_that_is_not_there():
    (finding,) = check(asked(text("a"), text("b", visibleIf="iff({a} > 1, true, false)")))
    assert (str(finding.severity), finding.kind, finding.where, finding.what, finding.advice) == (
        "warning", Kind.UNDEFINED, "/body/elements/1/visibleIf", "There is no function iff(): it gives nothing.",
        "Did you mean iif()?",
    )  # fmt: skip


def test_embedded_calculated_and_local_names_are_known():
    inner = [text("x"), text("y", visibleIf="{panel.x} = 1 and {panelIndex} = 0")]
    elements = [
        text("a", visibleIf="{plan} = 1 and {sum} > 2"),
        {"type": "paneldynamic", "name": "p", "templateElements": inner},
    ]
    calculated = [{"name": "sum", "expression": "{p.length} + {p[0].x}"}]
    assert found(*elements, calculatedValues=calculated, kithkin={"embedded": [{"name": "plan"}]}) == []


@pytest.mark.parametrize("name", ["panel.x", "prevPanel.x", "parentPanel.y", "visiblePanelIndex"])
def test_what_a_panel_in_a_panel_can_name_is_known(name):
    inner = {
        "type": "paneldynamic",
        "name": "f",
        "templateElements": [text("x"), text("z", visibleIf=f"{{{name}}} = 1")],
    }
    assert found({"type": "paneldynamic", "name": "p", "templateElements": [text("y"), inner]}) == []


def test_a_question_from_which_something_is_to_be_taken_is_there():
    colours = {"type": "checkbox", "name": "colours", "choices": ["x"], "valueName": "c"}
    takes = {"type": "radiogroup", "name": "b", "choices": ["y"], "choicesFromQuestion": "colour"}
    copies = [
        {"type": "copyvalue", "expression": "{c} notempty", "fromName": source, "setToName": "b"}
        for source in ("colours", "c", "size")
    ]
    told = [(each.where, each.advice) for each in check(asked(colours, takes, triggers=copies))]
    assert told == [
        ("/body/elements/1/choicesFromQuestion", "Did you mean 'colours'?"),
        ("/body/triggers/2/fromName", "Name a question that is there."),
    ]
    assert check(asked(colours, takes | {"choicesFromQuestion": "colours"})) == ()


def test_the_panel_behind_is_not_known():
    elements = [text("x"), text("y", visibleIf="{nextPanel.x} = 1")]
    where = "/elements/0/templateElements/1/visibleIf"
    assert found({"type": "paneldynamic", "name": "p", "templateElements": elements}) == [
        ("warning", "undefined name", where)
    ]


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


def test_condition_on_a_question_that_is_switched_off():
    switched_off = {"type": "boolean", "name": "a", "visible": False}
    assert found(switched_off, text("b", visibleIf="{a} = true")) == [
        ("warning", "unreachable", "/elements/0"),
        ("warning", "unreachable", "/elements/1"),
    ]


@pytest.mark.parametrize("asks", ["{a} empty", "{a} = true", "{a} = false"])
def test_yes_or_no_may_be_left_out(asks):
    assert found({"type": "boolean", "name": "a"}, text("b", visibleIf=asks)) == []


def test_choice_without_letters_has_no_value():
    empty = radio("a", "x", {"value": "", "text": "Nothing"})
    assert found(empty) == [("error", "choices", "/elements/0/choices/1")]


def test_more_choices_may_be_wanted_than_it_has_where_it_takes_others():
    several = {"type": "checkbox", "name": "b", "choices": ["z"], "minSelectedChoices": 2}
    assert found(radio("a", "x", "y"), several | {"choicesFromQuestion": "a"}) == []
    assert found(several) == [("error", "dead end", "/elements/0")]


def test_points_that_just_add_up_are_no_dead_end():
    points = {"type": "constantsum", "name": "a", "choices": ["x", "y"], "max": 5}
    assert found(points | {"total": 10}) == []
    assert found(points | {"total": 11}) == [("error", "dead end", "/elements/0")]


def test_text_that_lacks_the_questionnaires_own_language():
    (finding,) = check(asked(text("a", title={"de": "Wie?"}), text("b", title={"default": "Why?", "de": "Warum?"})))
    assert (finding.kind, finding.where, finding.what) == (
        Kind.TRANSLATION, "/body/elements/0/title", "There is no en for 'Wie?'.",
    )  # fmt: skip


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
        ({"type": "paneldynamic", "templateElements": [text("x")], "minPanelCount": 3, "maxPanelCount": 2}, "dead end"),
        ({"type": "hologram", "isRequired": True}, "dead end"),
        ({"type": "text", "validators": [{"type": "regex", "regex": "(a)\\1"}]}, "expression"),
    ],
)
def test_question_that_cannot_be_answered(question, kind):
    assert kind in {each for _, each, _ in found({"name": "q", **question})}


def test_bounds_that_leave_one_answer_are_no_dead_end():
    assert found(text("a", inputType="number", min=4, max=4)) == []


def test_two_questions_of_one_name():
    assert found(text("a"), text("a")) == [("error", "twice", "/elements/1")]


def test_empty_questionnaire_and_empty_page():
    assert found() == [("error", "empty", "")]
    assert found(pages=[{"elements": [text("a")]}, {}]) == [("note", "empty", "/pages/1")]


def test_missing_translation():
    elements = [text("a", title={"default": "A", "de": "Ah"}), text("b", title="B")]
    assert found(*elements) == [("warning", "translation", "/elements/1/title")]


def test_every_text_that_respondents_read_wants_a_translation():
    german = {"default": "A", "de": "Ah"}
    elements = [
        text("a", title=german, inputType="number", min=1, minErrorText="More"),
        {"type": "slider", "name": "s", "title": german, "maxErrorText": "Less"},
        {"type": "maxdiff", "name": "m", "title": german, "choices": [1, 2], "bestText": "Best", "worstText": "Worst"},
        {"type": "constantsum", "name": "c", "title": german, "choices": [1, 2], "totalErrorText": "Not 100"},
        radio("r", 1, title=german, showOtherItem=True, otherErrorText="What?"),
        {"type": "multipletext", "name": "t", "title": german, "items": [{"name": "f", "title": "Field"}]},
        {"type": "paneldynamic", "name": "p", "title": german, "keyDuplicationError": "Again",
         "templateElements": [text("x", title=german)]},
        {"type": "matrixdynamic", "name": "d", "title": german, "keyDuplicationError": "Again",
         "columns": [{"name": "k", "title": german, "cellType": "text"}]},
        {"type": "matrixdropdown", "name": "n", "title": german, "keyDuplicationError": "Again",
         "rows": [{"value": 1, "text": german}], "columns": [{"name": "l", "title": german, "cellType": "text"}]},
    ]  # fmt: skip
    quotas = [{"name": "men", "limit": 1, "message": "Full"}]
    how = {"title": "Whole", "completedHtml": "Thanks", "requiredErrorText": "Needed", "kithkin": {"quotas": quotas}}
    assert {where for _, kind, where in found(*elements, **how) if kind == "translation"} == {
        "/title", "/completedHtml", "/requiredErrorText", "/kithkin/quotas/0/message",
        "/elements/0/minErrorText", "/elements/1/maxErrorText", "/elements/2/bestText", "/elements/2/worstText",
        "/elements/3/totalErrorText", "/elements/4/otherErrorText", "/elements/5/items/0/title",
        "/elements/6/keyDuplicationError", "/elements/7/keyDuplicationError", "/elements/8/keyDuplicationError",
    }  # fmt: skip


def test_title_of_the_whole_is_found_in_its_envelope():
    elements = [text("a", title={"default": "A", "de": "Ah"})]
    places = [each.where for each in check(asked(*elements, title="Whole", completedHtml="Thanks"))]
    assert places == ["/body/title", "/body/completedHtml"]


def test_more_answers_than_are_tried_are_not_judged():
    radios = [radio(f"q{number}", 1, 2, 3, 4) for number in range(6)]
    impossible = " and ".join(f"{{q{number}}} = 1 and {{q{number}}} = 2" for number in range(6))
    assert found(*radios, text("z", visibleIf=impossible)) == []
    assert found(*radios, text("z", visibleIf=impossible[: impossible.index(" and {q2}")])) == [
        ("warning", "unreachable", "/elements/6")
    ]


def test_name_in_a_text_that_nothing_has():
    panel = {"type": "paneldynamic", "name": "p", "templateTitle": "{panel.x}", "templateElements": [text("x")]}
    elements = [text("colour"), text("b", title="Why {colour} and {color}? { } {a: 1}"), panel]
    (finding,) = check(asked(*elements))
    assert (finding.kind, finding.where, finding.what, finding.advice) == (
        Kind.UNDEFINED, "/body/elements/1/title", "Nothing is called {color}: respondents read it as it stands.",
        "Did you mean {colour}?",
    )  # fmt: skip


def test_what_is_unknown_is_named():
    assert found(text("a", smell=1)) == [("note", "unknown", "/elements/0/smell")]


def comment(name, **more):
    return {"type": "comment", "name": name, **more}


@pytest.mark.parametrize(
    ("kithkin", "severity"),
    [
        ({"metrics": [{"question": "q", "measures": "nps"}]}, "error"),
        ({"metrics": [{"question": "r", "measures": "csat"}]}, "error"),
        ({"metrics": [{"question": "q", "measures": "service"}]}, "warning"),
        ({"quotas": [{"name": "all"}]}, "note"),
        ({"randomisation": [{"name": "b", "of": ["q", "z"]}]}, "error"),
        ({"scoring": [{"name": "s", "questions": ["z"]}]}, "error"),
        ({"metrics": [{"question": "q", "measures": "csat", "relation": "z"}]}, "error"),
    ],
)
def test_own_part_that_speaks_of_what_is_not_there(kithkin, severity):
    assert [each for each, _, _ in found({"type": "rating", "name": "q"}, kithkin=kithkin)] == [severity]


def test_anonymous_answer_cannot_be_tied_to_a_relation():
    metric = {"question": "q", "measures": "service", "dimension": "quality", "relation": "r"}
    own = {"identity": "anonymous", "metrics": [metric], "embedded": [{"name": "r"}]}
    assert found({"type": "rating", "name": "q"}, kithkin=own) == [("warning", "measure", "/kithkin/metrics/0")]
    assert found({"type": "rating", "name": "q"}, kithkin=own | {"identity": "confidential"}) == []


def test_what_is_drawn_from_stands_side_by_side():
    own = {"randomisation": [{"name": "b", "of": ["q", "r"]}]}
    assert found(text("q"), panel("p", text("r")), kithkin=own) == [("warning", "measure", "/kithkin/randomisation/0")]
    assert found(text("q"), text("r"), kithkin=own) == []


def test_the_worst_stands_first():
    own = {"metrics": [{"question": "q", "measures": "nps"}]}
    severities = [each for each, _, _ in found({"type": "rating", "name": "q", "smell": 1}, kithkin=own)]
    assert severities == ["error", "note"]


def panel(name, *elements, **more):
    return {"type": "panel", "name": name, "elements": list(elements), **more}


def goes_to(name):
    return {"triggers": [{"type": "skip", "expression": "{a} = 1", "gotoName": name}]}


AB = radio("a", "x", "y")


def test_missing_translations_stand_behind_other_warnings():
    german = {"default": "A", "de": "Ah"}
    elements = [text("a", title=german), text("b", title="B"), text("c", visibleIf="{nobody} = 1", smell=1)]
    assert [kind for _, kind, _ in found(*elements)] == ["undefined name", "translation", "unknown"]


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


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"type": "slider", "step": 2, "defaultValue": 2.5}, "It begins with 2.5, which it does not take: "),
        (
            {"type": "text", "inputType": "number", "max": 3, "defaultValue": 7},
            "It begins with 7, which it does not take: ",
        ),
    ],
)
def test_default_that_the_question_does_not_take(question, message):
    (finding,) = check(asked(question | {"name": "q"}))
    assert (str(finding.severity), finding.kind, finding.where) == (
        "warning", Kind.CONTRADICTION, "/body/elements/0/defaultValue",
    )  # fmt: skip
    assert finding.what.startswith(message)
    assert check(asked(question | {"name": "q", "defaultValue": 2})) == ()


def several(name, *fields, **more):
    return {"type": "multipletext", "name": name, "items": [{"name": field} for field in fields], **more}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (text("a"), {"type": "checkbox", "name": "b", "choices": [1, 2]}),
        (several("a", "x"), several("b", "y")),
        ({"type": "slider", "name": "a"}, {"type": "slider", "name": "b", "sliderType": "range"}),
        (text("a"), {"type": "paneldynamic", "name": "b", "templateElements": [text("c")]}),
    ],
)
def test_question_under_the_key_of_one_whose_answers_look_otherwise(first, second):
    assert found(first, second | {"valueName": "a"}) == [("warning", "twice", "/elements/1")]


@pytest.mark.parametrize(
    ("first", "second"),
    [(text("a"), {"type": "comment", "name": "b"}), (several("a", "x", "y"), several("b", "y", "x"))],
)
def test_question_under_the_key_of_one_whose_answers_look_alike(first, second):
    assert found(first, second | {"valueName": "a"}) == []
