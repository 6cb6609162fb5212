"""What is read, and what is refused: where, what, and what to do."""

import contextlib
import json
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithkin.questionnaire import Malformed, NewerVersion, NotJson, Questionnaire, QuestionnaireError, TooLarge
from kithkin.questionnaire.model.elements import Choose, Growing, Matrix, Panel, Rating, Text
from kithkin.questionnaire.model.ours import Identity, Measure
from tests.questionnaire.drawn import json_values


def read(*elements, **body):
    return Questionnaire.from_json({"pages": [{"elements": list(elements)}], **body})


def refused(source):
    with pytest.raises(QuestionnaireError) as found:
        Questionnaire.from_json(source)
    return found.value


def only(element):
    return next(read(element).questions())


def test_text_bytes_and_mapping_are_read_alike():
    source = {"elements": [{"type": "text", "name": "q"}]}
    text = json.dumps(source)
    found = [
        Questionnaire.from_json(each).to_json()
        for each in (source, text, text.encode(), b"\xef\xbb\xbf" + text.encode())
    ]
    assert found == [found[0]] * 4


def test_elements_without_a_page_are_one_page():
    (page,) = Questionnaire.from_json({"title": "T", "elements": [{"type": "text", "name": "q"}]}).pages
    assert (page.name, [element.name for element in page.elements], bool(page.title)) == ("page1", ["q"], False)


def test_question_without_a_type_is_a_text():
    assert isinstance(only({"name": "q"}), Text)


def test_answer_stands_under_the_name_of_its_value():
    assert only({"type": "text", "name": "q", "valueName": "v"}).key == "v"


def test_panels_hold_questions():
    asked = read({"type": "panel", "name": "p", "elements": [{"type": "text", "name": "q"}]})
    assert isinstance(asked.pages[0].elements[0], Panel)
    assert [question.name for question in asked.questions()] == ["q"]


def test_choices_are_values_or_objects_or_value_and_text_in_one():
    question = only(
        {"type": "radiogroup", "name": "q", "choices": ["a", 2, {"value": "c", "text": {"de": "Zeh"}}, "d|Dee"]}
    )
    assert isinstance(question, Choose)
    assert [(choice.value, choice.said_in("de")) for choice in question.choices.ordinary] == [
        ("a", "a"), (2, "2"), ("c", "Zeh"), ("d", "Dee"),
    ]  # fmt: skip


def test_special_choices_stand_last_and_speak_german():
    question = only({"type": "checkbox", "name": "q", "choices": ["a"], "showOtherItem": True, "hasNone": True})
    assert isinstance(question, Choose)
    assert [(choice.value, choice.said_in("de"), choice.exclusive) for choice in question.choices.special] == [
        ("none", "Keine davon", True), ("other", "Anderes (bitte nennen)", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("scale", "points"),
    [
        ({}, [1, 2, 3, 4, 5]),
        ({"rateMin": 0, "rateMax": 10}, list(range(11))),
        ({"rateMin": 1, "rateMax": 2, "rateStep": 0.5}, [1, 1.5, 2]),
        ({"rateCount": 3}, [1, 2, 3]),
        ({"rateMax": 6, "rateCount": 3}, [4, 5, 6]),
        ({"rateMin": 2}, [2, 3, 4, 5]),
        ({"rateValues": ["bad", "good"]}, ["bad", "good"]),
    ],
)
def test_points_of_a_scale(scale, points):
    question = only({"type": "rating", "name": "q", **scale})
    assert isinstance(question, Rating)
    assert [point.value for point in question.points.ordinary] == points


def test_cells_take_the_choices_of_their_matrix():
    columns = [
        {"name": "a"},
        {"name": "b", "cellType": "radiogroup", "choices": [9]},
        {"name": "c", "cellType": "text"},
    ]
    question = only({"type": "matrixdynamic", "name": "q", "choices": [1, 2], "columns": columns})
    assert isinstance(question, Growing)
    assert [(cell.type, cell.name) for cell in question.elements] == [
        ("dropdown", "a"),
        ("radiogroup", "b"),
        ("text", "c"),
    ]
    chosen = [cell for cell in question.elements if isinstance(cell, Choose)]
    assert [[choice.value for choice in cell.choices.ordinary] for cell in chosen] == [[1, 2], [9]]


def test_rows_and_columns_of_a_matrix():
    question = only({"type": "matrix", "name": "q", "rows": ["r"], "columns": [1, 2], "isAllRowRequired": True})
    assert isinstance(question, Matrix)
    assert (question.rows.ordinary[0].value, len(question.columns.ordinary), question.every_row) == ("r", 2, True)


def test_numbers_and_flags_spelled_as_texts_are_read():
    question = only({"type": "text", "name": "q", "isRequired": "true", "maxLength": "12"})
    assert isinstance(question, Text)
    assert (question.required, question.longest) == (True, 12)


def test_bound_that_begins_with_an_equals_sign_is_an_expression():
    question = only({"type": "text", "name": "q", "inputType": "date", "min": "=today()"})
    assert isinstance(question, Text)
    assert (question.bounds.least, question.bounds.least_if) == (None, "today()")


def test_trigger_in_the_older_form_becomes_an_expression():
    asked = read(triggers=[{"type": "complete", "name": "q", "operator": "equal", "value": "it's"}])
    assert asked.triggers[0].expression == "{q} = 'it\\'s'"


def test_own_part_is_read():
    asked = Questionnaire.from_json(
        {
            "format": "kithkin.questionnaire", "version": 1,
            "body": {"elements": [{"type": "rating", "name": "nps"}]},
            "kithkin": {"identity": "anonymous", "metrics": [{"question": "nps", "measures": "inps"}]},
        }
    )  # fmt: skip
    assert asked.ours.identity is Identity.ANONYMOUS
    assert [(metric.question, metric.measures) for metric in asked.ours.metrics] == [("nps", Measure.INPS)]


def test_text_in_a_language_falls_back_to_its_parent_and_to_its_own():
    title = only({"type": "text", "name": "q", "title": {"default": "Hi", "de": "Hallo"}}).title
    assert [title.said_in(language) for language in ("de-AT", "de", "fr", "en")] == ["Hallo", "Hallo", "Hi", "Hi"]


@pytest.mark.parametrize(
    ("source", "kind", "where"),
    [
        ("", NotJson, ""),
        ("{", NotJson, ""),
        ('{"a": NaN}', NotJson, ""),
        (b"\xff\xfe\x00", NotJson, ""),
        ("9" * 5000, NotJson, ""),
        ("[]", Malformed, ""),
        ('{"a": 1, "a": 2}', Malformed, ""),
        ('{"a": 1e999}', Malformed, "/a"),
        ('{"title": "\\ud800"}', Malformed, "/title"),
        ({"pages": {}}, Malformed, "/pages"),
        ({"pages": [1]}, Malformed, "/pages/0"),
        ({"elements": [{"type": "text"}]}, Malformed, "/elements/0/name"),
        ({"elements": [{"type": "radiogroup", "name": "q", "choices": [[]]}]}, Malformed, "/elements/0/choices/0"),
        ({"elements": [{"type": "text", "name": "q", "isRequired": 3}]}, Malformed, "/elements/0/isRequired"),
        ({"elements": [{"type": "rating", "name": "q", "rateMax": 10**9}]}, TooLarge, "/elements/0"),
        ({"format": "kithkin.questionnaire", "version": 2, "body": {}}, NewerVersion, "/version"),
        ({"format": "kithkin.questionnaire", "body": {}}, Malformed, "/version"),
        ({"format": "kithkin.questionnaire", "version": 1}, Malformed, "/body"),
        (
            {"format": "kithkin.questionnaire", "version": 1, "body": {}, "kithkin": {"identity": "secret"}},
            Malformed,
            "/kithkin/identity",
        ),
        ({"title": object()}, Malformed, "/title"),
        ({1: 2}, Malformed, ""),
    ],
)
def test_refusal_says_where_what_and_what_to_do(source, kind, where):
    found = refused(source)
    assert (type(found), found.where) == (kind, where)
    assert found.what.endswith(".")
    assert found.advice.endswith(".")


@pytest.mark.parametrize("source", ["[" * 500_000 + "]" * 500_000, '{"a":' * 200_000 + "1" + "}" * 200_000])
def test_a_megabyte_of_nesting_is_refused(source):
    assert type(refused(source)) is TooLarge


def test_mapping_that_holds_itself_is_refused():
    source = {}
    source["pages"] = [source]
    assert type(refused(source)) is TooLarge


def test_ten_thousand_questions_are_read():
    asked = Questionnaire.from_json(
        json.dumps({"elements": [{"type": "text", "name": f"q{number}"} for number in range(10_000)]})
    )
    assert sum(1 for _ in asked.questions()) == 10_000


@given(
    json_values
    | st.dictionaries(st.sampled_from(["pages", "elements", "triggers", "title", "format", "body"]), json_values)
)
def test_any_json_is_read_or_refused(source):
    with contextlib.suppress(QuestionnaireError):
        Questionnaire.from_json(json.dumps(source))


def test_points_are_counted_though_some_are_listed_where_that_is_asked_for():
    scale = {"type": "rating", "name": "q", "rateValues": ["a", "b"], "rateMax": 3}
    found = [Questionnaire.from_json({"elements": [scale | more]}) for more in ({}, {"autoGenerate": True})]
    points = [[each.value for each in next(one.questions()).points.ordinary] for one in found]
    assert points == [["a", "b"], [1, 2, 3]]


@pytest.mark.parametrize(("mode", "names"), [({}, ["m", "c"]), ({"detailPanelMode": "underRow"}, ["m", "c", "more"])])
def test_rows_have_further_questions_only_where_they_are_to_be_shown(mode, names):
    matrix = {"type": "matrixdynamic", "name": "m", "columns": [{"name": "c"}], "detailElements": [
        {"type": "text", "name": "more"},
    ]} | mode  # fmt: skip
    asked = Questionnaire.from_json({"elements": [matrix]})
    assert [each.name for each in asked.questions(inside=True)] == names


SECONDS = 5
"""Of the processor. Each takes a tenth of that, and took minutes, or gigabytes."""


@pytest.mark.parametrize("inner", ['{"b":0}', "[]", '"ab"', "0"])
def test_millions_of_values_are_refused_before_they_are_made(inner):
    begun = time.process_time()
    tracemalloc.start()
    try:
        assert refused('{"elements":[' + f"{inner}," * 2_000_001 + "0]}").what == "More than 2,000,000 values."
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 200 * 2**20
    assert time.process_time() - begun < SECONDS


def test_commas_and_brackets_in_texts_are_no_values():
    text = '[{,"\\' * 700_000
    assert only({"type": "html", "name": "h", "html": text}).html.said_in("en") == text
    written = json.dumps({"elements": [{"type": "html", "name": "h", "html": text}]})
    assert next(Questionnaire.from_json(written).questions()).html.said_in("en") == text


def test_text_that_does_not_end_is_refused_in_time():
    begun = time.process_time()
    assert refused('{"elements":["' + '\\"[,' * 2_000_001).what.startswith("This is not JSON")
    assert time.process_time() - begun < SECONDS


def test_values_under_a_name_of_a_million_letters_are_read_in_time():
    begun = time.process_time()
    source = {"elements": [{"type": "text", "name": "a", "K" * 1_000_000: [0] * 100_000}]}
    assert len(Questionnaire.from_json(source).kept) == 1
    assert time.process_time() - begun < SECONDS


def test_place_under_a_name_of_a_million_letters_is_told_in_short():
    error = refused({"K" * 1_000_000: {"a": float("inf")}})
    assert error.where == f"/{'K' * 200}…/a"
    assert [each.where for each in Questionnaire.from_json({"elements": [], "K" * 1_000_000: 1}).kept] == [
        f"/{'K' * 200}…"
    ]
