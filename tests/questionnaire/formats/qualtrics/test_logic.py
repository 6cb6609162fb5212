"""Conditions of Qualtrics mean here what they mean there."""

from datetime import UTC, datetime

import pytest

from kithkin.questionnaire import replay
from kithkin.questionnaire.formats import Kind
from tests.questionnaire.formats.qualtrics.samples import (
    answers,
    choices,
    condition,
    elements,
    imported,
    one,
    own,
    question,
    selected,
    several,
    term,
    text,
    told,
)  # fmt: skip

ASKED = [
    one("QID1", "a", "b", RecodeValues={"1": "10", "2": "20"}),
    several("QID2"),
    question("QID3", "Matrix", "Likert", "SingleAnswer", **choices("r", "s"), **answers("bad", "good")),
    text("QID4"),
    question("QID5", "TE", "FORM", **choices("Name", "Mail")),
    question("QID6", "Slider", "HSLIDER", **choices("x", "y")),
    question("QID7", "Timing", "PageTimer"),
    question("QID8", "Matrix", "Likert", "MultipleAnswer", **choices("r", "s"), **answers("am", "pm")),
]


def shown_if(*sets, **more):
    """The condition of a question, and the survey that it stands in."""
    found = imported([*ASKED, text("QID9", DisplayLogic=condition(*sets, **more))])
    return elements(found)[-1].get("visibleIf"), found


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (selected("QID1", "2"), "{Q1} = 20"),
        (term("q://QID1/SelectableChoice/2", "NotSelected"), "!({Q1} = 20)"),
        (selected("QID2", "3"), "{Q2} contains 3"),
        (selected("QID3", "1", "2"), "{Q3.1} = 2"),
        (selected("QID3", "1"), "{Q3.1} notempty"),
        (term("q://QID3/SelectableAnswer/2", "Selected"), "({Q3.1} = 2) or ({Q3.2} = 2)"),
        (selected("QID8", "2", "1"), "{Q8.2} contains 1"),
        (term("q://QID2/SelectedChoicesCount", "GreaterThan", "1"), "{Q2.length} > 1"),
        (term("q://QID4/ChoiceTextEntryValue", "EqualTo", "it's"), "{Q4} = 'it\\'s'"),
        (term("q://QID4/ChoiceTextEntryValue", "NotEmpty"), "{Q4} notempty"),
        (term("q://QID4/ChoiceTextEntryValue", "Contains", "x"), "{Q4} contains 'x'"),
        (term("q://QID4/ChoiceTextEntryValue", "EqualTo", "${e://Field/team}"), "{Q4} = {team}"),
        (term("q://QID5/ChoiceTextEntryValue/2", "Empty"), "{Q5.2} empty"),
        (term("q://QID6/ChoiceNumericEntryValue/2", "LessThanOrEqual", "5.5"), "{Q6_2} <= 5.5"),
        (term("team", "EqualTo", "red", "EmbeddedField"), "{team} = 'red'"),
        (term("age", "GreaterThanOrEqual", "18", "EmbeddedField"), "{age} >= 18"),
    ],
)  # fmt: skip
def test_term(asked, expected):
    assert shown_if(asked)[0] == expected


def test_terms_are_joined_and_before_or():
    a, b, c = selected("QID1", "1"), selected("QID2", "1"), selected("QID2", "2")
    terms = [a, {**b, "Conjuction": "And"}, {**c, "Conjuction": "Or"}]
    assert shown_if(terms)[0] == "(({Q1} = 10) and ({Q2} contains 1)) or ({Q2} contains 2)"


@pytest.mark.parametrize(("word", "joined"), [("AndIf", "and"), ("OrIf", "or")])
def test_sets_are_joined(word, joined):
    found, _ = shown_if(selected("QID1", "1"), selected("QID2", "1"), joined=word)
    assert found == f"({{Q1}} = 10) {joined} ({{Q2}} contains 1)"


def test_hidden_term_does_not_count():
    assert shown_if([selected("QID1", "1"), {**selected("QID2", "1"), "_HiddenExpression": True}])[0] == "{Q1} = 10"


@pytest.mark.parametrize(
    "asked",
    [
        selected("QID99", "1"),
        selected("QID1", "9"),
        selected("QID7", "1"),
        term("q://QID4/ChoiceTextEntryValue", "MatchesRegex", "x+"),
        term("mobile", "Is", "mobile", "DeviceType"),
        term("QO_1", "QuotaMet", None, "Quota"),
        term("nowhere", "Selected"),
        term("q://QID4/ChoiceTextEntryValue", ""),
    ],
)
def test_term_that_cannot_be_translated_counts_as_true_and_is_told(asked):
    found, whole = shown_if(asked)
    assert found is None
    assert ("QID9/DisplayLogic", "condition") in [
        (where, what.partition(":")[0]) for where, what in told(whole, Kind.LOST)
    ]


def test_carried_choice_is_the_choice_that_it_was():
    locator = {"Locator": "q://QID1/ChoiceGroup/SelectedChoices"}
    carried = {"Choices": {"x2": {"Display": "b"}, "2": {"Display": "own"}}, "DynamicChoices": locator}
    rows = {"Choices": {"x2": {"Display": "b"}}, "DynamicChoices": locator}
    matrix = question("QID9", "Matrix", "Likert", "SingleAnswer", **rows, **answers("bad", "good"))
    logic = condition(
        [
            selected("QID7", "x2"),
            {**selected("QID7", "2"), "Conjuction": "Or"},
            {**selected("QID9", "x2", "1"), "Conjuction": "Or"},
        ]
    )
    found = imported([ASKED[0], one("QID7", **carried), matrix, text("QID10", DisplayLogic=logic)])
    assert elements(found)[-1]["visibleIf"] == "({Q7} = 20) or ({Q7} = 2) or ({Q9.x2} = 1)"


def test_question_that_was_displayed_is_one_whose_condition_holds():
    asked = [one("QID1"), text("QID2", DisplayLogic=condition(selected("QID1", "1")))]
    third = text("QID3", DisplayLogic=condition(term("q://QID2/QuestionDisplayed", "Displayed")))
    assert elements(imported([*asked, third]))[2]["visibleIf"] == "{Q1} = 1"


def test_question_that_asks_for_itself_in_a_circle_is_told():
    asked = text("QID1", DisplayLogic=condition(term("q://QID1/QuestionDisplayed", "Displayed")))
    assert [where for where, _ in told(imported([asked]), Kind.LOST)] == ["QID1"]


def shown(found, answered, **how):
    """The names of the questions that a respondent sees."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    seen = replay(found.questionnaire, answered, language="en", now=moment, seed="s", **how)
    return sorted(name for name in seen.visible if name.startswith("Q"))


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        ({}, ["Q1"]),
        ({"Q1": 10}, ["Q1", "Q2"]),
        ({"Q1": 20}, ["Q1"]),
        ({"Q1": 10, "Q2": [1, 3]}, ["Q1", "Q2", "Q3"]),
        ({"Q1": 20, "Q2": [1, 3]}, ["Q1"]),
    ],
)
def test_replay_shows_what_qualtrics_would(answered, expected):
    asked = [
        ASKED[0],
        several("QID2", DisplayLogic=condition(selected("QID1", "1"))),
        text("QID3", DisplayLogic=condition([selected("QID2", "3"), {**selected("QID2", "2"), "Conjuction": "Or"}])),
    ]
    assert shown(imported(asked), answered) == expected


def test_column_of_a_matrix_is_shown_by_its_own_condition():
    when = condition(selected("QID1", "2"))
    scale = {"Answers": {"1": {"Display": "Good"}, "2": {"Display": "Bad", "DisplayLogic": when}}}
    matrix = question("QID2", "Matrix", "Likert", "SingleAnswer", **choices("Taste"), **scale)
    found = elements(imported([one("QID1"), matrix]))
    assert [each.get("visibleIf") for each in found[1]["columns"]] == [None, "{Q1} = 2"]


def test_condition_on_a_contact_asks_for_what_the_invitation_brings():
    when = condition([term("m://FirstName", "NotEmpty", logic="PanelData"),
                      term("m://Email1", "Empty", logic="PanelData", Conjuction="Or")])  # fmt: skip
    found = imported([one("QID1"), text("QID2", DisplayLogic=when)])
    assert elements(found)[1]["visibleIf"] == "({FirstName} notempty) or ({Email} empty)"
    assert own(found)["embedded"] == [{"name": "Email"}, {"name": "FirstName"}]


def test_whether_a_choice_was_shown_is_what_shows_it():
    first = {**one("QID1"), **choices("Yes", "No", c2={"DisplayLogic": condition(selected("QID0", "1"))})}
    when = condition(term("q://QID1/ChoiceDisplayed/2", "Displayed"))
    assert elements(imported([one("QID0"), first, text("QID2", DisplayLogic=when)]))[2]["visibleIf"] == "{Q0} = 1"


def test_property_of_a_choice_that_is_not_known_is_told():
    found = imported([{**one("QID1"), **choices("Yes", c1={"Hologram": "x", "ExclusiveAnswer": False})}])
    assert told(found, Kind.LOST) == [("QID1/Choices/1/Hologram", "property Hologram of a choice")]
