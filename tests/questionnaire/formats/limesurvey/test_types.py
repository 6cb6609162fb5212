"""Every type of question comes in as what it asks."""

import pytest

from kithkin.questionnaire.formats.limesurvey.types import TYPES
from tests.questionnaire.formats.limesurvey.samples import Group, Question, asked, elements, read, survey, told

ANSWERS = (("A1", "One"), ("A2", "Two"))
ROWS = (("SQ1", "Row 1"), ("SQ2", "Row 2"))
CHOICES = [{"value": "A1", "text": "One"}, {"value": "A2", "text": "Two"}]
LINES = [{"value": "SQ1", "text": "Row 1"}, {"value": "SQ2", "text": "Row 2"}]


def only(kind, **more):
    return elements(Question("Q", kind, **more))[0]


def every_type():
    return tuple(Question(f"T{place}", each, rows=ROWS, columns=ROWS, answers=ANSWERS, second=ANSWERS)
                 for place, each in enumerate(TYPES))  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [
        ("5", {"type": "rating", "rateMin": 1, "rateMax": 5}),
        ("L", {"type": "radiogroup", "choices": CHOICES}),
        ("!", {"type": "dropdown", "choices": CHOICES}),
        ("O", {"type": "radiogroup", "choices": CHOICES, "showCommentArea": True}),
        ("R", {"type": "ranking", "selectToRankEnabled": True, "choices": CHOICES}),
        ("M", {"type": "checkbox", "choices": LINES}),
        ("F", {"type": "matrix", "columns": CHOICES, "rows": LINES}),
        ("H", {"type": "matrix", "columns": CHOICES, "rows": LINES}),
        ("A", {"type": "matrix", "columns": [{"value": str(each)} for each in range(1, 6)], "rows": LINES}),
        ("B", {"type": "matrix", "columns": [{"value": str(each)} for each in range(1, 11)], "rows": LINES}),
        ("N", {"type": "text", "inputType": "number"}),
        ("D", {"type": "text", "inputType": "date"}),
        ("S", {"type": "text"}),
        ("T", {"type": "comment"}),
        ("U", {"type": "comment"}),
        ("|", {"type": "file", "allowMultiple": True}),
    ],
)
def test_type_becomes_its_like(kind, becomes):
    assert only(kind, answers=ANSWERS, rows=ROWS) == {"name": "Q", "title": "What?", **becomes}


def test_several_texts_and_numbers_become_fields():
    fields = [{"name": "SQ1", "title": "Row 1"}, {"name": "SQ2", "title": "Row 2"}]
    assert only("Q", rows=ROWS)["items"] == fields
    assert only("K", rows=ROWS)["items"] == [{**each, "inputType": "number"} for each in fields]


def test_words_that_limesurvey_says_itself_come_in_every_language():
    assert elements(Question("Q", "Y"), languages=("de", "en", "xx"))[0]["labelTrue"] == {"default": "Ja", "en": "Yes"}
    assert [each["value"] for each in only("C", rows=ROWS)["columns"]] == ["Y", "U", "N"]
    assert [each["text"] for each in only("E", rows=ROWS)["columns"]] == ["Increase", "Same", "Decrease"]
    assert [each["value"] for each in only("G")["choices"]] == ["F", "M"]


def test_dual_scale_becomes_two_columns():
    found = only("1", rows=ROWS, answers=ANSWERS, second=(("B1", "Low"),), attributes={"dualscale_headerA": "Like"})
    assert [
        (each["name"], each["title"], [item["value"] for item in each["choices"]]) for each in found["columns"]
    ] == [
        ("scale_0", "Like", ["A1", "A2"]),
        ("scale_1", "2", ["B1"]),
    ]


def test_array_of_numbers_counts_as_its_bounds_say():
    attributes = {"multiflexible_min": "0", "multiflexible_max": "6", "multiflexible_step": "2"}
    found = only(":", rows=ROWS, columns=(("C", "Col"),), attributes=attributes)
    assert found["columns"] == [{"name": "C", "title": "Col", "cellType": "dropdown", "choices": [0, 2, 4, 6]}]


def test_array_of_numbers_can_be_ticked_or_typed():
    ticked = only(":", columns=(("C", "Col"),), attributes={"multiflexible_checkbox": "1"})["columns"][0]
    assert ticked == {"name": "C", "title": "Col", "cellType": "boolean", "valueTrue": "1", "valueFalse": "0"}
    typed = only(":", columns=(("C", "Col"),), attributes={"input_boxes": "1", "multiflexible_max": "9"})["columns"][0]
    assert typed == {"name": "C", "title": "Col", "cellType": "text", "inputType": "number", "max": 9}


def test_array_of_texts_becomes_cells():
    assert only(";", rows=ROWS, columns=(("C", "Col"),))["columns"] == [
        {"name": "C", "title": "Col", "cellType": "text"}
    ]


def test_comments_beside_choices_become_questions_and_are_told():
    imported = asked(Question("Q", "P", rows=ROWS))
    found = imported.questionnaire.to_json()["body"]["pages"][0]["elements"]
    assert [(each["type"], each["name"], each.get("visibleIf")) for each in found] == [
        ("checkbox", "Q", None),
        ("text", "Q_SQ1_comment", "{Q} contains 'SQ1'"),
        ("text", "Q_SQ2_comment", "{Q} contains 'SQ2'"),
    ]
    assert told(imported) == [("approximated", "/group 11/Q", TYPES["P"].reason)]


def test_display_is_html_without_its_programs():
    assert only("X", text="<p onclick='x()'>Hello <script>alert(1)</script></p>")["html"] == "<p>Hello </p>"


def test_language_switch_is_lost_with_its_reason():
    imported = asked(Question("Q", "I"))
    assert told(imported) == [("lost", "/group 11/Q", "the page offers the languages itself")]


def test_unknown_type_is_lost_and_told():
    assert told(asked(Question("Q", "§"))) == [("lost", "/group 11/Q", "no such type is known here")]


@pytest.mark.parametrize("modern", [True, False])
def test_every_type_comes_in_from_every_version(modern):
    imported = read(survey(Group(every_type()), modern=modern))
    assert len(imported.losses) >= len(TYPES) + 2
    lost = {loss.what for loss in imported.losses if loss.kind == "lost"}
    assert lost == {"language switch T9"}


def test_versions_say_the_same():
    modern, old = (read(survey(Group(every_type()), languages=("en", "de"), modern=each)) for each in (True, False))
    assert modern.questionnaire.to_json() == old.questionnaire.to_json()


def test_column_is_shown_by_its_own_relevance():
    found = elements(Question("N", "N"), Question("Q", ";", rows=ROWS, columns=ROWS, row_relevance={"SQ2": "N > 3"}))[1]
    assert [each.get("visibleIf") for each in found["columns"]] == [None, "{N} > 3"]


def test_number_of_choices_that_is_computed_is_a_validator():
    imported = asked(Question("N", "N"), Question("Q", "M", rows=ROWS, attributes={"max_answers": "N + 1"}))
    found = imported.questionnaire.to_json()["body"]["pages"][0]["elements"][1]
    assert found["validators"] == [{"type": "expression", "expression": "{Q} empty or {Q.length} <= ({N} + 1)"}]
    assert told(imported) == []


def test_files_have_a_fewest_number_and_one_comment():
    attributes = {"min_num_of_files": "2", "max_num_of_files": "4", "show_comment": "1"}
    imported = asked(Question("Q", "|", attributes=attributes))
    assert imported.questionnaire.to_json()["body"]["pages"][0]["elements"][0] == {
        "type": "file", "name": "Q", "title": "What?", "allowMultiple": True, "maxFiles": 4, "showCommentArea": True,
        "validators": [{"type": "expression", "expression": "{Q} empty or {Q.length} >= 2"}],
    }  # fmt: skip
    reason = "one comment is asked for, whatever the number"
    assert told(imported) == [("approximated", "/group 11/Q/show_comment", reason)]
