"""Conditions that ask for what no choice is, and choices that nobody ever sees."""

import pytest

from kithkin.questionnaire import Kind, check
from tests.questionnaire.replayed import asked, found, radio, text

AB = radio("a", "x", "y")
COMPARED = [
    radio("a", "Green tea", "y"), text("b"), {"type": "matrix", "name": "m", "rows": ["r"], "columns": [1, 2]},
    {"type": "checkbox", "name": "s", "choices": [1, 2, 3, 4, 5, 6]}, {"type": "boolean", "name": "yes"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("asks", "said", "advice"),
    [
        ("{a} = 'green' or {b} = 1", "No choice of 'a' is 'green': what is asked of {a} with it is never true.",
         "Did you mean 'Green tea'?"),
        ("{b} = 1 or {a} <> 'z'", "No choice of 'a' is 'z': what is asked of {a} with it is always true.",
         "Name one that there is: Green tea, y."),
        ("'z' = {a} or {b} = 1", "No choice of 'a' is 'z': what is asked of {a} with it is never true.",
         "Name one that there is: Green tea, y."),
        ("{a} anyof ['y', 'z'] and {b} = 1", "No choice of 'a' is 'z': what is asked of {a} with it is never true.",
         "Name one that there is: Green tea, y."),
        ("{m.r} = 3 or {b} = 1", "No choice of 'm' is '3': what is asked of {m.r} with it is never true.",
         "Name one that there is: 1, 2."),
        ("{s} contains 9 or {b} = 1", "No choice of 's' is '9': what is asked of {s} with it is never true.",
         "Name one that there is: 1, 2, 3, 4, 5 and 1 more."),
        ("{s} notcontains 9 and {b} = 1", "No choice of 's' is '9': what is asked of {s} with it is always true.",
         "Name one that there is: 1, 2, 3, 4, 5 and 1 more."),
        ("{s} allof [1, 9] or {b} = 1", "No choice of 's' is '9': what is asked of {s} with it is never true.",
         "Name one that there is: 1, 2, 3, 4, 5 and 1 more."),
        ("{a} noneof ['y', 'z'] and {b} = 1", "No choice of 'a' is 'z': what is asked of {a} with it is always true.",
         "Name one that there is: Green tea, y."),
        ("{yes} = 'no' or {b} = 1", "No choice of 'yes' is 'no': what is asked of {yes} with it is never true.",
         "Name one that there is: true, false."),
    ],
)  # fmt: skip
def test_value_that_no_choice_has(asks, said, advice):
    (finding,) = check(asked(*COMPARED, text("c", requiredIf=asks)))
    assert (str(finding.severity), finding.kind, finding.where, finding.what, finding.advice) == (
        "warning", Kind.CHOICES, "/body/elements/5/requiredIf", said, advice,
    )  # fmt: skip


@pytest.mark.parametrize("value", ["GREEN TEA", " green tea", "Green Tea"])
def test_value_that_a_choice_spells_otherwise(value):
    (finding,) = check(asked(*COMPARED, text("c", visibleIf=f"{{a}} = '{value}'")))
    assert (str(finding.severity), finding.kind, finding.what) == (
        "note", Kind.CHOICES, f"It asks {{a}} for {value!r}, which 'a' spells 'Green tea'.",
    )  # fmt: skip


@pytest.mark.parametrize(
    "asks",
    ["{a} = 'y'", "{a} = ''", "{a} contains 'tea'", "{s} = [1, 2]", "{s} anyof [1, 2]", "{m.r} = '1'", "{b} = 'z'",
     "{yes} = true", "{yes} = 'true'", "{a} > 'z' or {a} empty", "{a} = {b}", "{s.length} = 9",
     "'9' contains {s} or {b} = 1"],
)  # fmt: skip
def test_value_that_there_is_or_may_be_is_no_finding(asks):
    assert check(asked(*COMPARED, text("c", requiredIf=asks))) == ()


@pytest.mark.parametrize(
    "more",
    [{"choicesByUrl": {"url": "https://example.org"}}, {"choicesFromQuestion": "b"}, {"allowCustomChoices": True}],
)
def test_choices_from_elsewhere_may_have_any_value(more):
    lender = {"type": "checkbox", "name": "b", "choices": [1]}
    assert check(asked(radio("a", "x", **more), lender, text("c", requiredIf="{a} = 'z'"))) == ()


@pytest.mark.parametrize(("count", "advice"), [(5, "1, 2, 3, 4, 5."), (7, "1, 2, 3, 4, 5 and 2 more.")])
def test_the_first_choices_are_named_and_how_many_more_there_are(count, advice):
    (finding,) = check(asked(radio("a", *range(1, count + 1)), text("b"), text("c", requiredIf="{a} = 'z'")))
    assert finding.advice == f"Name one that there is: {advice}"


def test_none_of_them_is_a_choice_too():
    asks = {"type": "checkbox", "name": "a", "choices": ["x"], "showNoneItem": True}
    assert check(asked(asks, text("c", requiredIf="{a} contains 'none'"))) == ()


def test_answers_that_are_objects_or_of_several_questions_or_of_none_that_has_choices_are_not_compared():
    objects = {"type": "checkbox", "name": "a", "choices": ["x"], "valuePropertyName": "p"}
    assert check(asked(objects, text("c", requiredIf="{a} contains 'z'"))) == ()
    several = radio("a", "z"), radio("b", "x", valueName="a")
    for asks in ("z", "x"):
        assert found(*several, text("c", requiredIf=f"{{a}} = '{asks}'")) == found(*several)
    assert found(radio("a"), text("c", requiredIf="{a} = 'z'")) == found(radio("a"))


def test_what_is_written_beside_other_may_be_any_value_where_it_is_the_answer():
    other = radio("a", "x", showOtherItem=True)
    compared = text("c", requiredIf="{a} = 'z'")
    assert check(asked(other, compared, storeOthersAsComment=False)) == ()
    assert [each.where for each in check(asked(other, compared))] == ["/body/elements/1/requiredIf"]


@pytest.mark.parametrize("kind", ["paneldynamic", "matrixdynamic"])
def test_value_that_no_choice_has_is_found_in_rows_and_panels(kind):
    chosen = {"type": "radiogroup", "cellType": "radiogroup", "name": "x", "choices": [1, 2]}
    asks = {"type": "text", "cellType": "text", "name": "y"}
    inside, name, prefix = (
        ("templateElements", "panel.x", "/elements/0/templateElements") if kind == "paneldynamic"
        else ("columns", "row.x", "/elements/0/columns")
    )  # fmt: skip
    question = {"type": kind, "name": "p", inside: [chosen, asks | {"requiredIf": f"{{{name}}} = 3"}]}
    assert [each for each in found(question) if each[1] == "choices"] == [
        ("warning", "choices", f"{prefix}/1/requiredIf")
    ]


NEVER = {"value": 1, "visibleIf": "{a} = 'x' and {a} = 'y'"}
LATER = {"value": 2, "visibleIf": "{a} = 'x'"}


def test_question_of_which_no_choice_is_ever_shown():
    assert found(AB, radio("b", NEVER, isRequired=True)) == [("error", "dead end", "/elements/1")]
    assert found(AB, radio("b", NEVER)) == [("warning", "choices", "/elements/1")]
    assert found(AB, radio("b", NEVER, LATER, isRequired=True)) == []
    assert found(AB, radio("b", NEVER, showNoneItem=True, isRequired=True)) == []
    assert found(AB, radio("b", LATER, visibleIf="{a} = 'y'", isRequired=True)) == [
        ("error", "dead end", "/elements/1")
    ]
    scale = {"type": "rating", "name": "b", "rateValues": [NEVER], "isRequired": True}
    assert found(AB, scale) == [("error", "dead end", "/elements/1")]


@pytest.mark.parametrize("never", [{"visibleIf": NEVER["visibleIf"]}, {"visible": False}])
def test_question_that_is_never_shown_itself_is_told_once(never):
    assert not {kind for _, kind, _ in found(AB, radio("b", NEVER, isRequired=True, **never))} & {"dead end", "choices"}


@pytest.mark.parametrize(
    "more",
    [
        {"choicesByUrl": {"url": "https://example.org"}},
        {"choicesFromQuestion": "a"},
        {"allowCustomChoices": True},
        {"hideIfChoicesEmpty": True},
        {"choices": [NEVER, 2]},
    ],
)
def test_question_that_has_further_choices_or_is_hidden_without_stops_nobody(more):
    question = {"type": "dropdown", "name": "b", "choices": [NEVER], "isRequired": True, **more}
    assert not {kind for _, kind, _ in found(AB, question)} & {"dead end", "choices"}


def test_what_no_choice_is_is_told_once_for_each_condition_and_not_where_nothing_is_shown():
    twice = "{a} = 'green' or {a} <> 'green' or {b} = 1"
    assert [each.kind for each in check(asked(*COMPARED, text("c", requiredIf=twice)))] == [Kind.CHOICES]
    page = {"name": "p", "visibleIf": "{a} = 'z'", "elements": [text("c")]}
    first = {"name": "o", "elements": [AB]}
    assert [kind for _, kind, _ in found(pages=[first, page])] == ["unreachable"]
    page = {"name": "p", "visibleIf": "{a} = 'x'", "elements": [text("c", visibleIf="{a} = 'z'")]}
    assert [kind for _, kind, _ in found(pages=[first, page])] == ["contradiction"]


def test_question_of_which_no_choice_is_shown_says_so_with_its_name():
    (finding,) = check(asked(AB, radio("b", NEVER, isRequired=True)))
    assert finding.what == "No choice of question 'b' is ever shown, but it must be answered."


@pytest.mark.parametrize("other", ["GREEN", " green", "Green "])
def test_choices_that_conditions_cannot_tell_apart(other):
    (finding,) = check(asked(radio("a", "green", other)))
    assert (str(finding.severity), finding.kind, finding.where, finding.what) == (
        "warning", Kind.TWICE, "/body/elements/0/choices/1",
        f"'green' and {other!r} of 'a' differ in capitals or blanks only: conditions take them for the same.",
    )  # fmt: skip
