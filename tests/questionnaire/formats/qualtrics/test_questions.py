"""Every type of question of Qualtrics is one of ours, or it is told."""

import pytest

from kithkin.questionnaire.formats import Kind
from tests.questionnaire.formats.qualtrics.samples import (
    ROWS,
    SCALE,
    answers,
    body,
    choices,
    condition,
    elements,
    imported,
    one,
    only,
    own,
    question,
    selected,
    several,
    shape,
    text,
    told,
)  # fmt: skip


@pytest.mark.parametrize(
    ("selector", "kind"),
    [
        ("SAVR", "radiogroup"), ("SAHR", "radiogroup"), ("SACOL", "radiogroup"), ("DL", "dropdown"), ("SB", "dropdown"),
        ("MAVR", "checkbox"), ("MAHR", "checkbox"), ("MACOL", "checkbox"), ("MSB", "tagbox"),
    ],
)  # fmt: skip
def test_multiple_choice(selector, kind):
    assert shape(only(question("QID1", "MC", selector, "TX", **choices("a", "b")))) == (kind, [1, 2])


def test_recoded_values_stand_for_choices():
    found = only(one("QID1", "a", "b", RecodeValues={"1": "10", "2": "no"}))
    assert found["choices"] == [{"value": 10, "text": "a"}, {"value": "no", "text": "b"}]


def test_recoded_values_that_are_alike_are_told_and_not_taken():
    found = imported([one("QID1", "a", "b", RecodeValues={"1": "1", "2": "1"})])
    assert shape(elements(found)[0]) == ("radiogroup", [1, 2])
    assert told(found, Kind.APPROXIMATED) == [("QID1/RecodeValues", "recode values")]


def test_order_of_choices_is_that_of_the_survey():
    raw = one("QID1", "a", "b", "c")
    assert shape(only({**raw, "ChoiceOrder": ["3", 1]})) == ("radiogroup", [3, 1, 2])


def test_exclusive_and_conditional_choices():
    asked = several("QID2", "a", "none", "c")
    asked["Choices"]["2"]["ExclusiveAnswer"] = True
    asked["Choices"]["3"]["DisplayLogic"] = condition(selected("QID1", "1"))
    assert elements(imported([one("QID1"), asked]))[1]["choices"] == [
        {"value": 1, "text": "a"},
        {"value": 2, "text": "none", "isExclusive": True},
        {"value": 3, "text": "c", "visibleIf": "{Q1} = 1"},
    ]


def test_text_beside_a_choice_is_a_field_under_its_exported_name():
    more = {"TextEntry": "true", "TextEntryForceResponse": True}
    panel = only(one("QID1", **choices("a", "Other", c2=more)))
    assert panel["elements"][1] == {
        "type": "text", "name": "Q1_2_TEXT", "title": "Other", "visibleIf": "{Q1} = 2", "isRequired": True,
    }  # fmt: skip


def test_how_many_choices_are_allowed():
    found = only(several("QID1", settings={"Type": "ChoiceRange", "MinChoices": "1", "MaxChoices": "2"}))
    assert (found["minSelectedChoices"], found["maxSelectedChoices"]) == (1, 2)


def test_default_choices():
    assert only(one("QID1", DefaultChoices={"2": {"Selected": True}}))["defaultValue"] == 2
    assert only(several("QID1", DefaultChoices={"1": {"Selected": True}, "3": {"Selected": True}}))["defaultValue"] == [
        1,
        3,
    ]


def test_shuffled_choices():
    assert only(one("QID1", Randomization={"Type": "All"}))["choicesOrder"] == "random"
    assert "choicesOrder" not in only(one("QID1", Randomization={"Type": "None"}))


def test_choices_carried_forward():
    locator = "q://QID1/ChoiceGroup/SelectedChoices"
    carried = {"Choices": {"x1": {"Display": "Red"}, "7": {"Display": "None"}}, "ChoiceOrder": ["x1", "7"]}
    found = imported([several("QID1"), one("QID2", **{**carried, "DynamicChoices": {"Locator": locator}})])
    element = elements(found)[1]
    assert (element["choicesFromQuestion"], element["choicesFromQuestionMode"]) == ("Q1", "selected")
    assert element["choices"] == [{"value": 7, "text": "None"}]


def test_choices_carried_from_elsewhere_are_told():
    found = imported([one("QID2", DynamicChoices={"Locator": "refl://list/All"})])
    assert told(found, Kind.LOST) == [("QID2/DynamicChoices", "choices carried forward")]


def test_recommendation_measures_nps():
    labels = {"1": {"Display": "Not at all"}, "2": {"Display": "Very"}}
    found = imported([question("QID1", "MC", "NPS", **choices(*map(str, range(11))), ColumnLabels=labels)])
    assert elements(found)[0] == {
        "type": "rating", "name": "Q1", "title": "Text of QID1", "rateMin": 0, "rateMax": 10,
        "minRateDescription": "Not at all", "maxRateDescription": "Very",
    }  # fmt: skip
    assert own(found)["metrics"] == [{"question": "Q1", "measures": "nps"}]


@pytest.mark.parametrize(
    ("selector", "sub", "more"),
    [
        ("Likert", "SingleAnswer", {}), ("Likert", "DL", {}), ("Likert", "DND", {}), ("Bipolar", "", {}),
        ("Likert", "MultipleAnswer", {"cellType": "checkbox"}), ("RO", "", {"eachRowUnique": True}),
    ],
)  # fmt: skip
def test_matrix(selector, sub, more):
    found = only(question("QID1", "Matrix", selector, sub, **ROWS, **SCALE))
    assert found == {
        "type": "matrix", "name": "Q1", "title": "Text of QID1", **more,
        "columns": [{"value": 1, "text": "bad"}, {"value": 2, "text": "good"}],
        "rows": [{"value": "1", "text": "Taste"}, {"value": "2", "text": "Price"}],
    }  # fmt: skip


def test_rows_are_called_by_their_export_tags():
    tags = {"1": "taste", "2": "taste"}
    found = only(question("QID1", "Matrix", "Likert", "SingleAnswer", **ROWS, **SCALE, ChoiceDataExportTags=tags))
    assert [row["value"] for row in found["rows"]] == ["taste", "2"]


def test_required_matrix_wants_an_answer_in_each_row():
    found = only(
        question("QID1", "Matrix", "Likert", "SingleAnswer", **ROWS, **SCALE, settings={"ForceResponse": "ON"})
    )
    assert (found["isRequired"], found["eachRowRequired"]) == (True, True)


def test_bipolar_rows_name_both_ends():
    found = only(question("QID1", "Matrix", "Bipolar", **choices("cold:warm"), **SCALE))
    assert found["rows"] == [{"value": "1", "text": "cold – warm"}]


def test_rows_carried_forward_are_shown_where_they_were_chosen():
    locator = "q://QID1/ChoiceGroup/SelectedChoices"
    raw = question("QID2", "Matrix", "Likert", "SingleAnswer", **SCALE, DynamicChoices={"Locator": locator})
    found = elements(imported([several("QID1", "Red", "Blue"), raw]))[1]
    assert found["rows"] == [
        {"value": "x1", "text": "Red", "visibleIf": "{Q1} contains 1"},
        {"value": "x2", "text": "Blue", "visibleIf": "{Q1} contains 2"},
    ]


def test_matrix_of_texts_has_a_column_for_each_answer():
    found = only(question("QID1", "Matrix", "TE", "Short", **ROWS, **SCALE))
    assert [(column["name"], column["cellType"]) for column in found["columns"]] == [("c1", "text"), ("c2", "text")]


def test_profile_matrix_is_a_question_for_each_row():
    nested = {"1": {"1": {"Display": "sour"}, "2": {"Display": "sweet"}}, "2": {"1": {"Display": "cheap"}}}
    panel = only(question("QID1", "Matrix", "Profile", **ROWS, Answers=nested))
    assert [(each["name"], [item["text"] for item in each["choices"]]) for each in panel["elements"][1:]] == [
        ("Q1_1", ["sour", "sweet"]), ("Q1_2", ["cheap"]),
    ]  # fmt: skip


def test_best_and_worst():
    found = only(question("QID1", "Matrix", "MaxDiff", **choices("a", "b", "c"), **answers("Best", "Worst")))
    assert (found["type"], found["setSize"], found["setCount"], found["bestText"], found["worstText"]) == (
        "maxdiff", 3, 1, "Best", "Worst",
    )  # fmt: skip


def test_script_and_unknown_properties_of_a_question_are_told():
    found = imported([one("QID1", QuestionJS="alert(1)", Smell="rose", VariableNaming={"1": "yes"})])
    assert told(found, Kind.LOST) == [
        ("QID1/QuestionJS", "property QuestionJS of a question"),
        ("QID1/Smell", "property Smell of a question"),
        ("QID1/VariableNaming", "property VariableNaming of a question"),
    ]


def test_picture_in_a_question_is_told():
    found = imported([one("QID1", text="Look <img src='https://example.org/a.png'>")])
    assert elements(found)[0]["title"] == "Look"
    assert told(found, Kind.LOST) == [("QID1/QuestionText", "pictures in a question's text")]


def test_translations_come_along_in_all_languages():
    asked = one("QID1", "Yes", "No", text="<b>Happy?</b>")
    asked["Language"] = {
        "DE": {"QuestionText": "Zufrieden?", "Choices": {"1": {"Display": "Ja"}, "2": {"Display": "Nein"}}},
        "PT-BR": {"QuestionText": "Feliz?"},
    }
    found = imported([asked])
    assert elements(found)[0]["title"] == {"default": "Happy?", "de": "Zufrieden?", "pt-BR": "Feliz?"}
    assert elements(found)[0]["choices"][0] == {"value": 1, "text": {"default": "Yes", "de": "Ja"}}
    assert (body(found)["locale"], found.questionnaire.languages) == ("en", {"en", "de", "pt-BR"})


def test_translations_of_sides_labels_and_groups_come_along():
    german = {"AdditionalQuestions": {"1": {"QuestionText": "Wie?", "Answers": {"1": {"Display": "schlecht"}}}}}
    sides = {"1": question("QID1#1", "Matrix", "Likert", "SingleAnswer", text="How?", **SCALE)}
    column = only(question("QID1", "SBS", "SBSMatrix", **ROWS, AdditionalQuestions=sides, Language={"DE": german}))[
        "columns"
    ][0]
    assert column["title"] == {"default": "How?", "de": "Wie?"}
    assert column["choices"][0]["text"] == {"default": "bad", "de": "schlecht"}
    groups = only(question("QID1", "PGR", "x", **ROWS, Groups=["Good"], Language={"DE": {"Groups": ["Gut"]}}))
    assert groups["columns"][0]["text"] == {"default": "Good", "de": "Gut"}


def test_two_questions_of_one_export_tag_get_two_names():
    assert [each["name"] for each in elements(imported([one("QID1", tag="Q"), one("QID2", tag="q")]))] == ["Q", "q_2"]


@pytest.mark.parametrize(
    ("piped", "expected"),
    [
        ("${q://QID1/ChoiceGroup/SelectedChoices}", "{Q1}"),
        ("${q://QID1/ChoiceGroup/SelectedChoicesTextEntry}", "{Q1}"),
        ("${q://QID1/ChoiceTextEntryValue/2}", "{Q1_2_TEXT}"),
        ("${q://QID1/ChoiceDescription/1}", "Yes"),
        ("${q://QID1/QuestionText}", "Text of QID1"),
        ("${q://QID2/ChoiceTextEntryValue}", "{Q2}"),
        ("${q://QID3/ChoiceTextEntryValue/1}", "{Q3.1}"),
        ("${q://QID4/ChoiceNumericEntryValue/1}", "{Q4}"),
        ("${e://Field/first%20name}", "{first name}"),
        ("${m://FirstName}", "{FirstName}"),
        ("${date://CurrentDate/PT}", "{date_today}"),
        ("${q://QID9/ChoiceTextEntryValue}", "…"),
        ("${rand://int/1:6}", "…"),
        ("$e{ ${e://Field/a} * 2 }", "{computed}"),
    ],
)  # fmt: skip
def test_piped_text(piped, expected):
    asked = [
        one("QID1", "Yes", "Other"), text("QID2"), question("QID3", "TE", "FORM", **choices("Name")),
        question("QID4", "Slider", "HSLIDER", **choices("a")), text("QID5", text=f"<p>So: {piped}</p>"),
    ]  # fmt: skip
    found = imported(asked)
    assert elements(found)[4]["title"] == f"So: {expected}"
    assert [loss.where for loss in found.losses.of(Kind.LOST)] == ["QID5"] * (expected == "…")
