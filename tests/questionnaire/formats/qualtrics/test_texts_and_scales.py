"""Texts, scales, sums and the rarer types of Qualtrics, as questions of our vocabulary."""

import pytest

from kithkin.questionnaire.formats import Kind
from tests.questionnaire.formats.qualtrics.samples import (
    ROWS,
    SCALE,
    answers,
    choices,
    condition,
    elements,
    imported,
    one,
    only,
    question,
    shape,
    term,
    text,
    told,
)  # fmt: skip

NUMBER = {"Type": "ContentType", "ContentType": "ValidNumber"}


@pytest.mark.parametrize(
    ("selector", "kind"), [("SL", "text"), ("ML", "comment"), ("ESTB", "comment"), ("PW", "text"), ("AUTO", "text")]
)
def test_text(selector, kind):
    assert only(text("QID1", selector=selector))["type"] == kind


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"Type": "ContentType", "ContentType": "ValidEmail"},
            {"inputType": "email", "validators": [{"type": "email"}]},
        ),
        ({"Type": "ContentType", "ContentType": "ValidDate"}, {"inputType": "date"}),
        ({"Type": "ContentType", "ContentType": "ValidPhone"}, {"inputType": "tel"}),
        ({"Type": "ContentType", "ContentType": "ValidURL"}, {"inputType": "url"}),
        (
            {**NUMBER, "ValidNumber": {"Min": "1", "Max": "9", "NumDecimals": "2"}},
            {"inputType": "number", "min": 1, "max": 9, "step": 0.01},
        ),
        ({"Type": "MinChar", "MinChars": "5"}, {"validators": [{"type": "text", "minLength": 5}]}),
        ({"Type": "TotalChar", "TotalChars": "80"}, {"maxLength": 80}),
        (
            {"Type": "CharRange", "MinChars": "5", "TotalChars": "80"},
            {"maxLength": 80, "validators": [{"type": "text", "minLength": 5}]},
        ),
        ({"ForceResponse": "ON"}, {"isRequired": True}),
        ({"Type": "None", "MinChars": "5"}, {}),
    ],
)  # fmt: skip
def test_validation_of_a_text(settings, expected):
    found = only(text("QID1", settings=settings))
    assert {name: value for name, value in found.items() if name not in {"type", "name", "title"}} == expected


def test_requested_answer_is_told():
    found = imported([text("QID1", settings={"ForceResponse": "ON", "ForceResponseType": "RequestResponse"})])
    assert told(found, Kind.APPROXIMATED) == [("QID1/Validation", "a requested answer")]
    assert "isRequired" not in elements(found)[0]


def test_validation_that_nothing_corresponds_to_is_told():
    found = imported([text("QID1", settings={"Type": "ContentType", "ContentType": "ValidMoon"})])
    assert told(found, Kind.LOST) == [("QID1/Validation", "validation as ValidMoon")]


def test_validation_of_a_kind_that_is_not_known_is_told():
    found = imported([text("QID1", settings={"Type": "MoonPhase"})])
    assert told(found, Kind.LOST) == [("QID1/Validation", "validation of the kind MoonPhase")]


def test_custom_validation_is_an_expression():
    logic = condition(term("q://QID1/ChoiceTextEntryValue", "GreaterThan", "17"))
    custom = {"Type": "CustomValidation", "CustomValidation": {"Logic": logic, "Message": {"description": "Too young"}}}
    assert only(text("QID1", settings=custom))["validators"] == [
        {"type": "expression", "expression": "{Q1} > 17", "text": "Too young"}
    ]


def test_form():
    found = only(question("QID1", "TE", "FORM", **choices("Name", "Mail", c2={"TextEntryValidation": "ValidEmail"})))
    assert found["items"] == [
        {"name": "1", "title": "Name"},
        {"name": "2", "title": "Mail", "inputType": "email", "validators": [{"type": "email"}]},
    ]


def test_slider_of_one_item_is_the_question_itself():
    settings = {"CSSliderMin": 0, "CSSliderMax": 10, "GridLines": 5, "SnapToGrid": True, "NumDecimals": "0"}
    found = only(question("QID1", "Slider", "HSLIDER", **choices("Warmth"), configuration=settings))
    assert found == {
        "type": "slider", "name": "Q1", "title": "Text of QID1", "description": "Warmth",
        "min": 0, "max": 10, "step": 2,
    }  # fmt: skip


def test_slider_of_several_items_is_a_slider_for_each():
    panel = only(question("QID1", "Slider", "HBAR", **ROWS))
    assert [(each["name"], each["type"]) for each in panel["elements"]] == [
        ("Q1_text", "html"), ("Q1_1", "slider"), ("Q1_2", "slider"),
    ]  # fmt: skip


def test_stars():
    found = only(question("QID1", "Slider", "STAR", **choices("Rate"), configuration={"StarCount": 7}))
    assert (found["type"], found["rateMax"], found["rateType"]) == ("rating", 7, "stars")


@pytest.mark.parametrize("selector", ["DND", "RB", "TB", "SB"])
def test_rank_order(selector):
    assert shape(only(question("QID1", "RO", selector, **ROWS))) == ("ranking", [1, 2])


def test_constant_sum_with_a_total():
    settings = {"Type": "ChoicesTotal", "ChoiceTotal": "50"}
    found = only(question("QID1", "CS", "VRTL", "TX", **ROWS, settings=settings))
    assert (found["type"], found["total"], [each["value"] for each in found["choices"]]) == (
        "constantsum",
        50,
        ["1", "2"],
    )


def test_constant_sum_without_a_total_is_numbers():
    found = imported([question("QID1", "CS", "VRTL", "TX", **ROWS)])
    assert elements(found)[0]["type"] == "multipletext"
    assert told(found, Kind.APPROXIMATED) == [("QID1", "CS Q1")]


def test_questions_side_by_side_are_columns():
    sides = {
        "1": question(
            "QID1#1", "Matrix", "Likert", "SingleAnswer", text="How good?", **SCALE, RecodeValues={"1": "-1"}
        ),
        "2": question("QID1#2", "Matrix", "Likert", "MultipleAnswer", text="When?", **answers("am", "pm")),
        "3": question("QID1#3", "TE", "Short", text="Why?", **answers("Reason")),
    }
    found = only(question("QID1", "SBS", "SBSMatrix", **ROWS, AdditionalQuestions=sides, NumberOfQuestions=3))
    assert [(each["name"], each["title"], each["cellType"]) for each in found["columns"]] == [
        ("c1", "How good?", "radiogroup"), ("c2", "When?", "checkbox"), ("c3", "Why?", "text"),
    ]  # fmt: skip
    assert [item["value"] for item in found["columns"][0]["choices"]] == [-1, 2]


def test_passage_is_html_without_what_runs():
    found = imported([question("QID1", "DB", "TB", text="<p onclick='x()'>Hello <b>you</b></p><script>x()</script>")])
    assert elements(found) == [{"type": "html", "name": "Q1", "html": "<p>Hello <b>you</b></p>"}]
    assert told(found, Kind.LOST) == [
        ("QID1/QuestionText", "what happens on events in a text"), ("QID1/QuestionText", "<script> in a text"),
    ]  # fmt: skip


def test_drill_down_is_a_list_for_each_level():
    paths = answers("Asia ~ Japan", "Asia ~ Korea", "Europe ~ Malta")
    panel = only(question("QID1", "DD", "DL", **choices("Continent", "Country"), **paths))
    assert [item["value"] for item in panel["elements"][0]["choices"]] == ["Asia", "Europe"]
    assert panel["elements"][1]["choices"][2] == {"value": "Malta", "visibleIf": "{Q1_1} anyof ['Europe']"}
    assert panel["elements"][1]["title"] == "Country"


def test_groups_are_a_matrix():
    found = only(question("QID1", "PGR", "DragAndDrop", **ROWS, Groups=["Good", "Bad"]))
    assert [item["text"] for item in found["columns"]] == ["Good", "Bad"]


def test_hot_spot_is_choices_of_its_regions():
    found = imported([question("QID1", "HotSpot", "OnOff", **choices("Logo", "Menu"), **answers("Off", "On"))])
    assert shape(elements(found)[0]) == ("checkbox", [1, 2])
    assert told(found, Kind.APPROXIMATED) == [("QID1", "HotSpot Q1")]


@pytest.mark.parametrize(("kind", "expected"), [("FileUpload", "file"), ("Draw", "signaturepad"), ("SS", "radiogroup")])
def test_files_signatures_and_drawn_scales(kind, expected):
    assert only(question("QID1", kind, kind, **ROWS))["type"] == expected


@pytest.mark.parametrize("kind", ["Timing", "Meta", "Captcha", "HeatMap", "HL", "TreeSelect", "Hologram", ""])
def test_question_that_does_not_come_along_is_told(kind):
    found = imported([one("QID1"), question("QID2", kind, "x")])
    assert [each["name"] for each in elements(found)] == ["Q1"]
    assert [where for where, _ in told(found, Kind.LOST)] == ["QID2"]
