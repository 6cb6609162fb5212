"""Nothing of a questionnaire stays behind unsaid when it goes out as a form."""

import re

import pytest
from hypothesis import given, settings

from kithkin.questionnaire import Questionnaire
from kithkin.questionnaire.formats import read, write
from tests.questionnaire.drawn import logical
from tests.questionnaire.formats.xlsform.samples import sheets


def went_out(found):
    written = write(Questionnaire.from_json(found), "xlsform")
    return sheets(written.content), [each for each in written.losses if each.kind.value != "kept"]


@settings(max_examples=25)
@given(logical())
def test_every_question_comes_back_or_is_told(drawn):
    first = Questionnaire.from_json(drawn)
    out = write(first, "xlsform")
    back = read(out.content).questionnaire
    names = {each.name for each in (*back.questions(inside=True), *back.calculated)}
    told = {each.where for each in out.losses if each.kind.value != "kept"}
    for question in first.questions(inside=True):
        place = question.where
        assert question.name in names or any(where.startswith(place) or place.startswith(f"{where}/") for where in told)


@settings(max_examples=25)
@given(logical())
def test_what_can_be_said_is_the_same_after_another_turn(drawn):
    once = read(write(Questionnaire.from_json(drawn), "xlsform").content).questionnaire
    again = read(write(once, "xlsform").content).questionnaire
    assert [(each.type, each.name) for each in again.questions(inside=True)] == [
        (each.type, each.name) for each in once.questions(inside=True)
    ]


def wrong(survey, choices):
    """What XLSForm's own reader would refuse: names that meet, lists and names that are not there, no label."""
    names, opened, lists = {each.get("name") for each in survey}, [set()], {each["list_name"] for each in choices}
    pairs = [(each["list_name"], each["name"]) for each in choices]
    yield from {f"choice {pair}" for pair in pairs if pairs.count(pair) > 1}
    for each in survey:
        kind, *listed = each["type"].split()
        if kind.startswith("end_"):
            opened.pop()
            continue
        if each["name"] in opened[-1]:
            yield f"name {each['name']}"
        opened[-1].add(each["name"])
        if kind.startswith("begin_"):
            opened.append(set())
        elif kind not in {"calculate", "hidden"} and not any(name.startswith("label") for name in each):
            yield f"no label {each['name']}"
        if listed and listed[0] not in lists:
            yield f"list {listed[0]}"
        if "or_other" in listed and "choice_filter" in each:
            yield f"filter {each['name']}"
        said = " ".join(str(cell) for cell in each.values())
        yield from {f"reference {name}" for name in re.findall(r"\$\{([^{}]*)\}", said) if name not in names}


@settings(max_examples=25)
@given(logical())
def test_form_is_one_that_its_own_reader_takes(drawn):
    found = sheets(write(Questionnaire.from_json(drawn), "xlsform").content)
    assert list(wrong(found["survey"], found["choices"])) == []


@pytest.mark.parametrize(
    ("element", "reason"),
    [
        ({"type": "radiogroup", "choices": []}, "it has no choices of its own: it is asked as a text"),
        ({"type": "radiogroup", "choices": ["a", "b", "a"]}, "each value stands once"),
        ({"type": "matrix", "rows": ["r"]}, "it has no columns to choose from"),
        ({"type": "radiogroup", "choices": ["a", {"value": "b", "visibleIf": "{q} = 1"}], "showOtherItem": True},
         "all are always shown: beside other none can be left out"),
    ],
)  # fmt: skip
def test_what_a_form_cannot_be_written_with_is_told(element, reason):
    assert reason in [each.reason for each in went_out({"elements": [{"name": "q", **element}]})[1]]


def test_choice_that_stands_twice_goes_out_once_by_its_own_name():
    survey, _ = went_out({"elements": [{"type": "radiogroup", "name": "q", "choices": ["a", "b", "a"]}]})
    assert [each["name"] for each in survey["choices"]] == ["a", "b"]


def test_text_is_as_long_as_a_cell_holds():
    survey, _ = went_out({"elements": [{"type": "text", "name": "q", "title": "a" * 32_001}]})
    assert [len(each["label"]) for each in survey["survey"] if each["type"] == "text"] == [32_000]


def test_questions_that_share_an_answer_have_names_of_their_own():
    shared = [{"type": "text", "name": "a", "valueName": "v"}, {"type": "text", "name": "b", "valueName": "v"}]
    survey, told = went_out({"elements": shared})
    assert [each["name"] for each in survey["survey"] if each["type"] == "text"] == ["a", "b"]
    reason = "it shares its answer with another question; there each has its own"
    assert [(each.where, each.reason) for each in told] == [("/elements/1", reason)]


def told_of(element):
    return [
        (each.kind.value, each.where, each.reason) for each in went_out({"elements": [{"name": "q", **element}]})[1]
    ]


@pytest.mark.parametrize(
    ("html", "without"),
    [
        ("<p>Just words</p>", None),
        ("Go <b>on</b>", "emphasis"),
        ('<a href="https://example.org">There</a>', "links"),
        ('<p><img src="https://example.org/a.png" alt="A"></p>', "pictures"),
        ("<h2>Now</h2><ul><li><i>a</i></li></ul>", "emphasis, headings, lists"),
        ("<table><tr><td>a</td></tr></table>", "tables"),
        ('<video src="a"></video><iframe src="b"></iframe>', "sounds and films, what is embedded"),
    ],
)
def test_what_html_loses_is_told(html, without):
    reason = f"only its words go out, without {without}"
    told = told_of({"type": "html", "html": {"default": "x", "de": html}})
    assert told == ([("approximated", "/elements/0/html", reason)] if without else [])


def test_title_in_other_languages_is_told():
    title = {"default": "Visit", "de": "Besuch", "fr": "Visite"}
    (told,) = went_out({"title": title, "elements": [{"type": "text", "name": "q", "title": title}]})[1]
    assert (told.kind.value, told.where, told.what, told.reason) == (
        "lost", "/title", "the title in de, fr", "the title of a form has one language",
    )  # fmt: skip


def test_text_that_lacks_a_language_is_said_in_it_as_respondents_see_it_here():
    title = {"default": "Came?", "de": "Da?"}
    asked = {"type": "radiogroup", "name": "q", "title": title, "choices": [{"value": 1, "text": "Yes"}, 2]}
    form = went_out({"elements": [asked]})[0]
    assert [list(row.values())[1:] for row in form["choices"]] == [["1", "Yes", "Yes"], ["2", "2", "2"]]
    assert [row.get("label::German (de)") for row in form["survey"]][1] == "Da?"


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Dear {nobody}", "it stays as it is written: a form has no such answer"),
        ("Dear {q}", None),
        ("a" * 32_001, "a cell holds 32,000 characters"),
        ("bell\x07", "no workbook can hold them"),
    ],
)
def test_what_a_text_loses_is_told(title, reason):
    assert told_of({"type": "text", "title": title}) == (
        [("lost", "/elements/0/title/default", reason)] if reason else []
    )


def test_choices_lose_the_same_thing_once():
    choices = [{"value": place, "score": place, "imageLink": "a.png"} for place in range(1, 4)]
    assert told_of({"type": "radiogroup", "choices": choices}) == [
        ("lost", "/elements/0/choices/0/score", "answers have no points"),
        ("lost", "/elements/0/choices/0/imageLink", "choices have words only"),
    ]


@pytest.mark.parametrize("kind", ["checkbox", "ranking"])
def test_choice_that_stands_alone_goes_out_where_choices_are_not_ranked(kind):
    told = told_of({"type": kind, "choices": [{"value": "a", "isExclusive": True}, "b"]})
    place, reason = "/elements/0/choices/0/isExclusive", "it can be chosen beside others"
    assert [each for each in told if each[1] == place] == ([("lost", place, reason)] if kind == "ranking" else [])


def test_yes_or_no_in_rows_goes_out_beside_a_question_of_its_name():
    rows = {"type": "matrixdynamic", "name": "m", "columns": [{"name": "a", "cellType": "boolean"}]}
    form = went_out({"elements": [{"type": "text", "name": "a"}, rows]})[0]
    assert [row["name"] for row in form["choices"]] == ["true", "false"]


def repeat(name, condition):
    asked = [
        {"type": "text", "name": "a"},
        {"type": "text", "name": "b", "title": "So {panel.a}?", "visibleIf": condition},
    ]
    return {"type": "paneldynamic", "name": name, "templateElements": asked}


def test_names_that_meet_are_told_and_each_condition_means_its_own():
    last = {"type": "text", "name": "a", "visibleIf": "sumInArray({k1}, 'b') > 3 or sumInArray({k2}, 'b') > 3"}
    form, told = went_out(
        {"elements": [repeat("k1", "{panel.a} = 1 and {a} = 2"), repeat("k2", "{panel.a} = 3"), last]}
    )
    asks = {row["name"]: row.get("relevant") for row in form["survey"] if row["type"] == "text"}
    assert asks == {
        "a": None, "b": "(${a} = 1) and (${a_3} = 2)", "a_2": None, "b_2": "${a_2} = 3",
        "a_3": "(sum(${b}) > 3) or (sum(${b_2}) > 3)",
    }  # fmt: skip
    assert [row["label"] for row in form["survey"] if row.get("name") in {"b", "b_2"}] == ["So ${a}?", "So ${a_2}?"]
    assert [(each.kind.value, each.where, each.reason) for each in told] == [
        ("approximated", "/elements/1/templateElements/0/name", "it is called a_2 there"),
        ("approximated", "/elements/1/templateElements/1/name", "it is called b_2 there"),
        ("approximated", "/elements/2/name", "it is called a_3 there"),
    ]


@pytest.mark.parametrize(
    ("name", "given"), [("What is it?", "What_is_it"), ("1st", "q1st"), ("größe", "gr_e"), ("ok", "ok")]
)
def test_name_that_is_no_word_is_told(name, given):
    form, told = went_out(
        {"elements": [{"type": "text", "name": name}], "calculatedValues": [{"name": f"{name}!", "expression": "1"}]}
    )
    assert [row["name"] for row in form["survey"] if row["type"] == "text"] == [given]
    assert [each.where for each in told] == ["/elements/0/name"] * (name != given) + ["/calculatedValues/0/name"]


def test_repeat_is_never_called_as_the_whole_form_is():
    form, told = went_out({"elements": [repeat("data", "{panel.a} = 1")]})
    assert form["survey"][1]["name"] == "data_2"
    assert [each.reason for each in told] == ["it is called data_2 there"]


def test_choice_in_a_text_is_told_to_be_its_value():
    asked = [{"type": "radiogroup", "name": "a", "choices": ["x"]}, {"type": "text", "name": "q", "title": "Why {a}?"}]
    form, told = went_out({"elements": asked})
    assert form["survey"][2]["label"] == "Why ${a}?"
    assert [(each.kind.value, each.where, each.reason) for each in told] == [
        ("approximated", "/elements/1/title/default", "the value of the choice stands there, not its words")
    ]
