"""The tab-separated structure says what the XML says."""

import pytest

from kithkin.questionnaire.formats import FormatError, read
from tests.questionnaire.formats.limesurvey.samples import told

COLUMNS = ("id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation",
           "mandatory", "encrypted", "other", "default", "same_default", "hidden", "min_answers", "random_group",
           "min_num_value", "max_num_value")  # fmt: skip


def structure(*rows):
    lines = ["\t".join(COLUMNS), *("\t".join(str(row.get(name, "")) for name in COLUMNS) for row in rows)]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def row(kind, name, text="", language="en", **more):
    further = {key.replace("__", "/"): value for key, value in more.items()}
    return {"class": kind, "name": name, "text": text, "language": language, **further}


SURVEY = (
    row("S", "sid", "7", ""), row("S", "language", "en", ""), row("S", "anonymized", "Y", ""),
    row("SL", "surveyls_title", "Ours"), row("SL", "surveyls_title", "Unsere", "de"),
    row("G", "First", "About", id=1), row("G", "Erste", "Über", "de", id=1),
    row("Q", "L", "Which?", type__scale="L", id=5, mandatory="Y", other="Y", relevance="1", help="Say"),
    row("Q", "L", "Welche?", "de", type__scale="L", id=5, help="Sag"),
    row("QTAM", "A1", "", "", related_id=1, id=1),
    row("A", "A1", "One", type__scale="0", relevance="3"), row("A", "A1", "Eins", "de", type__scale="0"),
    row("Q", "M", "Some?", type__scale="M", id=6, relevance='L.NAOK == "A1"', min_answers="1"),
    row("SQ", "S1", "Row", type__scale="0", relevance="1", default="Y"),
    row("SQ", "S1", "Zeile", "de", type__scale="0"),
    row("G", "Second", "", id=2),
    row("Q", "N", "How many?", type__scale="N", id=7, relevance="M_S1 == 'Y'", default="4", validation="/^[0-9]$/"),
    row("QTA", "few", id=1, mandatory="30", other="1", default="1"),
    row("QTALS", "", "", related_id=1, relevance="Full"),
)  # fmt: skip


def test_structure_is_told_by_its_first_line():
    assert read(structure(*SURVEY)).format == "limesurvey-text"


def test_structure_comes_in_whole():
    imported = read(structure(*SURVEY))
    assert told(imported) == []
    document = imported.questionnaire.to_json()
    first, second = document["body"]["pages"]
    assert document["body"]["title"] == {"default": "Ours", "de": "Unsere"}
    assert (first["title"], first["description"]) == (
        {"default": "First", "de": "Erste"}, {"default": "About", "de": "Über"},
    )  # fmt: skip
    assert first["elements"] == [
        {
            "type": "radiogroup", "name": "L", "title": {"default": "Which?", "de": "Welche?"},
            "description": {"default": "Say", "de": "Sag"}, "isRequired": True, "showOtherItem": True,
            "choices": [{"value": "A1", "text": {"default": "One", "de": "Eins"}, "score": 3}],
        },
        {
            "type": "checkbox", "name": "M", "title": "Some?", "visibleIf": "{L} = 'A1'", "minSelectedChoices": 1,
            "choices": [{"value": "S1", "text": {"default": "Row", "de": "Zeile"}}], "defaultValue": ["S1"],
        },
    ]  # fmt: skip
    assert second["elements"] == [
        {
            "type": "text", "inputType": "number", "name": "N", "title": "How many?", "defaultValue": "4",
            "visibleIf": "{M} contains 'S1'", "validators": [{"type": "regex", "regex": "^[0-9]$"}],
        }
    ]  # fmt: skip
    assert document["kithkin"] == {
        "identity": "anonymous",
        "quotas": [{"name": "few", "when": "{L} = 'A1'", "limit": 30, "then": "end", "message": "Full"}],
    }


def test_quota_counts_the_question_above_its_member_whatever_the_question_is_called():
    numbered = [{**each, "id": ""} if each["class"] == "Q" else each for each in SURVEY]
    assert read(structure(*numbered)).questionnaire.ours.quotas[0].when == "{L} = 'A1'"


def test_texts_of_one_code_in_two_groups_stay_apart():
    rows = (
        *SURVEY[:4], row("G", "First", id=1), row("Q", "Q1", "One", type__scale="S"),
        row("G", "Second", id=2), row("Q", "Q1", "Two", type__scale="S"),
        row("G", "Erste", "", "de", id=1), row("Q", "Q1", "Eins", "de", type__scale="S"),
        row("G", "Zweite", "", "de", id=2), row("Q", "Q1", "Zwei", "de", type__scale="S"),
    )  # fmt: skip
    pages = read(structure(*rows)).questionnaire.to_json()["body"]["pages"]
    assert [each["title"] for page in pages for each in page["elements"]] == [
        {"default": "One", "de": "Eins"}, {"default": "Two", "de": "Zwei"},
    ]  # fmt: skip


def test_rows_that_only_name_columns_are_no_choices():
    rows = (
        *SURVEY[:4], row("G", "First", id=1), row("Q", "M", type__scale="M", other="Y"), row("SQ", "S1", "Row"),
        row("SQ", "other", "Other", default="x"), row("Q", "F", type__scale="|"), row("SQ", "filecount", "count"),
    )  # fmt: skip
    imported = read(structure(*rows))
    assert [each["value"] for each in imported.questionnaire.to_json()["body"]["pages"][0]["elements"][0]["choices"]
            ] == ["S1"]  # fmt: skip
    assert told(imported) == [("lost", "/group 1/M/default", "only choices have defaults")]


def test_condition_without_what_it_compares_with_is_told():
    rows = (
        *SURVEY, row("Q", "Z", type__scale="S", id=9),
        row("C", "7X1X5", "A1", "", id=1, type__scale="1", relevance="=="),
        row("Q", "Y", type__scale="S", id=10), row("C", "Q5", "", "", id=2, type__scale="1", relevance="=="),
    )  # fmt: skip
    imported = read(structure(*rows))
    elements = imported.questionnaire.to_json()["body"]["pages"][1]["elements"]
    assert [each.get("visibleIf") for each in elements[1:]] == ["{L} = 'A1'", None]
    assert told(imported) == [("lost", "/condition 2", "with what it compares is not in the file")]


def test_formulas_are_texts_without_the_apostrophe_before_them():
    rows = (*SURVEY[:4], row("G", "First", id=1), row("Q", "Q1", "'=1+1 is what?", type__scale="S"))
    assert read(structure(*rows)).questionnaire.to_json()["body"]["pages"][0]["elements"][0]["title"] == "=1+1 is what?"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_structure_of_older_versions_begins_with_the_class(mark, quote):
    columns = ("class", "type/scale", "name", "relevance", "text", "language")
    rows = (("G", "", "First", "", "", "en"), ("Q", "S", "Q1", "", "What?", "en"))
    lines = ["\t".join(f"{quote}{cell}{quote}" for cell in each) for each in (columns, *rows)]
    assert [each.name for each in read(mark + "\n".join(lines).encode()).questionnaire.questions()] == ["Q1"]


def test_row_of_an_unknown_class_is_told():
    imported = read(structure(*SURVEY, row("ZZ", "x")))
    assert told(imported) == [("lost", f"/row {len(SURVEY) + 2}", "no such class is known here")]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (structure(), "no groups"),
        (structure(row("Q", "A", type__scale="S")), "stands in no group"),
        (structure(*SURVEY).decode().encode("latin-1", "replace"), "not text in UTF-8"),
        (structure(*SURVEY)[:200], "no groups"),
    ],
)
def test_broken_structure_is_refused(content, what):
    with pytest.raises(FormatError, match=what):
        read(content)
