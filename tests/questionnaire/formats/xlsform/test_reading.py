"""Forms come in with their types, languages and groups, and what stays behind is told."""

import io

import openpyxl
import pytest

from kithkin.questionnaire.formats import FormatError, read
from kithkin.questionnaire.formats.xlsform.types import ALSO, TYPES
from tests.questionnaire.formats.xlsform.samples import COLORS, asked, elements, form, row, told

CHOICES = [{"value": "red", "text": "Red"}, {"value": "blue", "text": "Blue"}]


@pytest.mark.parametrize(
    ("kind", "more", "becomes"),
    [
        ("text", {}, {"type": "text"}),
        ("text", {"appearance": "multiline"}, {"type": "comment"}),
        ("integer", {}, {"type": "text", "inputType": "number", "step": 1}),
        ("decimal", {}, {"type": "text", "inputType": "number"}),
        ("date", {}, {"type": "text", "inputType": "date"}),
        ("time", {}, {"type": "text", "inputType": "time"}),
        ("dateTime", {}, {"type": "text", "inputType": "datetime-local"}),
        ("select_one colors", {}, {"type": "radiogroup", "choices": CHOICES}),
        ("select one from colors", {}, {"type": "radiogroup", "choices": CHOICES}),
        ("select_one colors", {"appearance": "minimal"}, {"type": "dropdown", "choices": CHOICES}),
        ("select_one colors or_other", {}, {"type": "radiogroup", "choices": CHOICES, "showOtherItem": True}),
        ("select_one colors or specify other", {}, {"type": "radiogroup", "choices": CHOICES, "showOtherItem": True}),
        ("select_multiple colors", {}, {"type": "checkbox", "choices": CHOICES}),
        ("select_multiple colors", {"appearance": "minimal"}, {"type": "tagbox", "choices": CHOICES}),
        ("select_multiple colors", {"parameters": "randomize=true"},
         {"type": "checkbox", "choices": CHOICES, "choicesOrder": "random"}),
        ("rank colors", {}, {"type": "ranking", "choices": CHOICES}),
        ("range", {"parameters": "start=1 end=7 step=0.5"}, {"type": "slider", "min": 1, "max": 7, "step": 0.5}),
        ("acknowledge", {}, {"type": "boolean", "valueTrue": "OK", "valueFalse": ""}),
        ("image", {}, {"type": "file", "acceptedTypes": "image/*"}),
        ("image", {"appearance": "signature"}, {"type": "signaturepad"}),
        ("audio", {}, {"type": "file", "acceptedTypes": "audio/*"}),
        ("file", {}, {"type": "file"}),
    ],
)  # fmt: skip
def test_type_becomes_its_like(kind, more, becomes):
    assert elements(row(kind, "q", **more)) == [{"name": "q", "title": "What?", **becomes}]


def test_note_is_html():
    assert (
        elements(row("note", "n", "Hello <b>you</b>", hint="Read"))[0]["html"] == "<p>Hello <b>you</b></p><p>Read</p>"
    )


@pytest.mark.parametrize("kind", ["geopoint", "geotrace", "geoshape", "barcode"])
def test_type_that_is_only_typed_is_told(kind):
    imported = asked(row(kind, "q"))
    assert [each.type for each in imported.questionnaire.questions()] == ["text"]
    assert told(imported) == [("approximated", "/survey/2", TYPES[kind].reason)]


@pytest.mark.parametrize("kind", ["start", "end", "deviceid", "audit", "csv-external", "imei"])
def test_metadata_are_lost_with_their_reason(kind):
    imported = asked(row(kind, "m", None), row("text", "q"))
    assert told(imported) == [("lost", "/survey/2", ALSO[kind].reason)]


def test_choices_of_another_file_are_lost_and_asked_as_a_text():
    imported = asked(row("select_one_from_file towns.csv", "q"))
    assert told(imported) == [("lost", "/survey/2", TYPES["select_one_from_file"].reason)]
    assert [(each.type, each.name) for each in imported.questionnaire.questions()] == [("text", "q")]


def test_unknown_types_and_columns_are_told():
    imported = asked(row("hologram", "h"), row("text", "q", media__image="a.png", sparkle="7"))
    assert told(imported) == [
        ("lost", "/survey/2", "no such type is known here"),
        ("lost", "/survey/3/image", "pictures beside a title are files of their own"),
        ("lost", "/survey/3/sparkle", "no such column is known here"),
    ]


def test_missing_list_is_told():
    reason = "there is no list 'smells' on the sheet named choices"
    assert told(asked(row("select_one smells", "q"))) == [("lost", "/survey/2/choices", reason)]


def test_groups_are_pages_and_panels():
    body = asked(
        row("begin_group", "g", "Group"), row("begin group", "h", "Inner", relevant="${q} > 1"), row("integer", "q"),
        row("end group"), row("end_group"), row("text", "r"), row("text", "s"),
    ).questionnaire.to_json()["body"]  # fmt: skip
    assert [(page["name"], [each["name"] for each in page["elements"]]) for page in body["pages"]] == [
        ("g", ["h"]), ("page", ["r", "s"]),
    ]  # fmt: skip
    inner = body["pages"][0]["elements"][0]
    assert (inner["type"], inner["title"], inner["visibleIf"]) == ("panel", "Inner", "{q} > 1")


def test_repeats_are_dynamic_panels():
    found = elements(row("begin_repeat", "kids", "Child", repeat_count="2"), row("text", "first"), row("end_repeat"))[0]
    assert {name: found[name] for name in ("type", "name", "panelCount", "minPanelCount", "maxPanelCount")} == {
        "type": "paneldynamic", "name": "kids", "panelCount": 2, "minPanelCount": 2, "maxPanelCount": 2,
    }  # fmt: skip
    assert [each["name"] for each in found["templateElements"]] == ["first"]


def test_computed_count_of_a_repeat_is_told():
    rows = (row("integer", "n"), row("begin_repeat", "kids", repeat_count="${n}"), row("text", "a"), row("end_repeat"))
    reason = "the respondent adds them; there must be as many as it says"
    assert told(asked(*rows)) == [("approximated", "/survey/3/repeat_count", reason)]


def test_count_of_a_repeat_that_cannot_be_said_is_told():
    rows = (row("begin_repeat", "kids", repeat_count="once(3)"), row("text", "a"), row("end_repeat"))
    reason = "the respondent adds as many as are needed: the function once() is not known here"
    assert told(asked(*rows)) == [("lost", "/survey/2/repeat_count", reason)]


def test_row_that_is_switched_off_is_left_out_and_told():
    imported = asked(row("text", "a", disabled="yes"), row("text", "b", disabled="no"))
    assert [each.name for each in imported.questionnaire.questions()] == ["b"]
    assert told(imported) == [("lost", "/survey/2", "it is switched off there")]


def test_end_of_something_unknown_is_no_time():
    assert told(asked(row("text", "a"), row("end loop", "", None))) == [
        ("lost", "/survey/3", "no such type is known here")
    ]


def test_sheet_that_means_something_is_told():
    book = openpyxl.load_workbook(io.BytesIO(form(row("text", "a"))))
    book.create_sheet("Entities")
    book.create_sheet("notes of mine")
    content = io.BytesIO()
    book.save(content)
    assert told(read(content.getvalue())) == [("lost", "/entities", "no entities are kept")]


def test_all_languages_come_along():
    choices = ({"list_name": "c", "name": "a", "label::English (en)": "One", "label::Deutsch (de)": "Eins"},)
    texts = {"label__English (en)": "Which?", "label__Deutsch (de)": "Welche?", "hint__Deutsch (de)": "Sag"}
    imported = asked(
        row("select_one c", "q", None, required="yes", **texts, required_message__German="Bitte"),
        choices=choices,
        settings={"form_title": "F", "default_language": "English (en)"},
    )
    found = imported.questionnaire.to_json()["body"]["pages"][0]["elements"][0]
    assert found == {
        "type": "radiogroup", "name": "q", "title": {"default": "Which?", "de": "Welche?"},
        "description": {"de": "Sag"},
        "choices": [{"value": "a", "text": {"default": "One", "de": "Eins"}}], "isRequired": True,
        "requiredErrorText": {"de": "Bitte"},
    }  # fmt: skip
    assert imported.questionnaire.languages == {"en", "de"}


def test_what_nobody_is_asked_is_embedded_or_calculated():
    document = asked(
        row("hidden", "h", None, default="7"), row("username", "u", None), row("today", "t", None),
        row("calculate", "c", None, calculation="${q} * 2"), row("integer", "q"),
    ).questionnaire.to_json()  # fmt: skip
    assert document["kithkin"]["embedded"] == [{"name": "h", "default": "7"}, {"name": "u"}]
    assert [(each["name"], each["expression"]) for each in document["body"]["calculatedValues"]] == [
        ("t", "today()"), ("c", "{q} * 2"),
    ]  # fmt: skip


def test_settings_are_told():
    imported = asked(row("text", "q"), settings={"form_title": "F", "form_id": "f", "public_key": "k"})
    assert told(imported) == [("lost", "/settings/public_key", "nothing here is set by it")]
    assert imported.questionnaire.title.said_in("en") == "F"


def test_a_name_among_other_forms_and_a_version_are_lost():
    settings = {"form_title": "F", "form_id": "survey_7", "version": "3"}
    lost = [("lost", "/settings/form_id", "versions are numbered here anew")]
    assert told(asked(row("text", "q"), settings=settings)) == lost
    assert told(asked(row("text", "q"), settings=settings | {"version": ""})) == lost
    assert told(asked(row("text", "q"), settings=settings | {"form_id": "f"})) == lost


def test_default_answers_come_along():
    found = elements(
        row("select_multiple colors", "m", default="red blue"), row("text", "t", default="x"),
        row("date", "d", default="today()"), row("text", "c", calculation="concat(${t}, 'y')"),
    )  # fmt: skip
    assert (found[0]["defaultValue"], found[1]["defaultValue"]) == (["red", "blue"], "x")
    assert (found[2]["defaultValueExpression"], found[3]["setValueExpression"]) == ("today()", "'' + {t} + 'y'")


@pytest.mark.parametrize(
    ("survey", "what"),
    [
        ((row("begin_group", "g"), row("text", "q")), "begins something that does not end"),
        ((row("text", "q"), row("end_repeat")), "ends something that was not begun"),
        ((row("begin_group", "g"), row("end_repeat")), "ends something that was not begun"),
        (tuple(row("begin_group", f"g{place}") for place in range(30)), "More than 20 levels"),
        ((), "holds no rows"),
    ],
)
def test_forms_that_do_not_fit_together_are_refused(survey, what):
    with pytest.raises(FormatError, match=what):
        read(form(*survey))


def test_workbook_of_something_else_is_no_form():
    import io  # noqa: PLC0415

    import openpyxl  # noqa: PLC0415

    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    with pytest.raises(FormatError, match="no questionnaire"):
        read(content.getvalue())


def test_numbers_and_dates_in_cells_are_words():
    choices = ({"list_name": "n", "name": 1, "label": 1}, {"list_name": "n", "name": 2.5, "label": "two"}, *COLORS)
    assert [each["value"] for each in elements(row("select_one n", "q"), choices=choices)[0]["choices"]] == ["1", "2.5"]


def test_calculation_that_does_not_come_along_is_not_counted_as_kept():
    imported = asked(row("text", "q"), row("calculate", "c", None, calculation="pulldata('a')"))
    assert [loss.kind.value for loss in imported.losses if loss.where.startswith("/survey/3")] == ["lost"]
