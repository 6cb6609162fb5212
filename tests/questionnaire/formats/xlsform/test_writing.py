"""Questionnaires go out as forms; what does not fit is told, and what both sides can say comes back as it was."""

import pytest

from kithkin.questionnaire import Questionnaire
from kithkin.questionnaire.formats import Kind, read, write
from tests.questionnaire.formats.xlsform.samples import asked, form, row, sheets, told
from tests.questionnaire.replayed import errors, run

CHOICES = [{"value": "a", "text": "One"}, {"value": "b", "text": "Two"}]


def written(*elements, **more):
    return write(Questionnaire.from_json({"pages": [{"name": "p", "elements": list(elements)}], **more}), "xlsform")


def rows(*elements, **more):
    """The rows of the survey inside its page."""
    return sheets(written(*elements, **more).content)["survey"][1:-1]


def only(element, **more):
    found = rows({"name": "q", "title": "What?", **element}, **more)[0]
    return {name: value for name, value in found.items() if name not in {"name", "label"}}


@pytest.mark.parametrize(
    ("element", "becomes"),
    [
        ({"type": "text"}, {"type": "text"}),
        ({"type": "text", "inputType": "number"}, {"type": "decimal"}),
        ({"type": "text", "inputType": "number", "step": 1, "min": 0, "max": 9},
         {"type": "integer", "constraint": "(. >= 0) and (. <= 9)"}),
        ({"type": "text", "inputType": "date", "min": "2020-01-31"},
         {"type": "date", "constraint": ". >= date('2020-01-31')"}),
        ({"type": "text", "inputType": "datetime-local"}, {"type": "dateTime"}),
        ({"type": "text", "maxLength": 20}, {"type": "text", "constraint": "string-length(.) <= 20"}),
        ({"type": "comment"}, {"type": "text", "appearance": "multiline"}),
        ({"type": "radiogroup", "choices": CHOICES}, {"type": "select_one list_q"}),
        ({"type": "dropdown", "choices": CHOICES}, {"type": "select_one list_q", "appearance": "minimal"}),
        ({"type": "radiogroup", "choices": CHOICES, "hasOther": True}, {"type": "select_one list_q or_other"}),
        ({"type": "checkbox", "choices": CHOICES, "minSelectedChoices": 1, "choicesOrder": "random"},
         {"type": "select_multiple list_q", "constraint": "count-selected(.) >= 1", "parameters": "randomize=true"}),
        ({"type": "ranking", "choices": CHOICES}, {"type": "rank list_q"}),
        ({"type": "rating", "rateMax": 3}, {"type": "select_one list_q", "appearance": "likert"}),
        ({"type": "boolean"}, {"type": "select_one list_q"}),
        ({"type": "slider", "min": 1, "max": 7}, {"type": "range", "parameters": "start=1 end=7 step=1"}),
        ({"type": "file", "acceptedTypes": "image/*"}, {"type": "image"}),
        ({"type": "signaturepad"}, {"type": "image", "appearance": "signature"}),
        ({"type": "text", "isRequired": True, "requiredErrorText": "Please"},
         {"type": "text", "required": "yes", "required_message": "Please"}),
        ({"type": "text", "readOnly": True, "defaultValue": "x"}, {"type": "text", "read_only": "yes", "default": "x"}),
        ({"type": "text", "description": "Say"}, {"type": "text", "hint": "Say"}),
        ({"type": "text", "validators": [{"type": "regex", "regex": "^a$", "text": "No"}]},
         {"type": "text", "constraint": "regex(., '^a$')", "constraint_message": "No"}),
        ({"type": "text", "validators": [{"type": "regex", "regex": "a"}]},
         {"type": "text", "constraint": "regex(., '.*(?:a).*')"}),
        ({"type": "text", "validators": [{"type": "regex", "regex": "^a|b$"}]},
         {"type": "text", "constraint": "regex(., '.*(?:^a|b$).*')"}),
        ({"type": "text", "validators": [{"type": "regex", "regex": "a\\$"}]},
         {"type": "text", "constraint": "regex(., '.*(?:a\\$).*')"}),
        ({"type": "text", "validators": [{"type": "expression", "expression": "{q} > 3"}]},
         {"type": "text", "constraint": ". > 3"}),
    ],
)  # fmt: skip
def test_type_becomes_its_like(element, becomes):
    assert only(element) == becomes


def condition(text):
    """How a condition is written."""
    known = (
        {"type": "radiogroup", "name": "one", "choices": CHOICES},
        {"type": "checkbox", "name": "many", "choices": ["x y", "b"]},
        {"type": "text", "name": "n", "inputType": "number"}, {"type": "boolean", "name": "yes"},
        {"type": "matrix", "name": "m", "rows": ["r"], "columns": ["a", "b"]},
        {"type": "paneldynamic", "name": "kids", "templateElements": [{"type": "text", "name": "age"}]},
    )  # fmt: skip
    return rows(*known, {"type": "text", "name": "z", "visibleIf": text})[-1].get("relevant")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{one} = 'a'", "${one} = 'a'"),
        ("{many} contains 'x y'", "selected(${many}, 'x_y')"),
        ("{many} notcontains 'b'", "not(selected(${many}, 'b'))"),
        ("{many} anyof ['x y', 'b']", "(selected(${many}, 'x_y') or selected(${many}, 'b'))"),
        ("{many.length} > 1", "count-selected(${many}) > 1"),
        ("{many[0]} = 'b'", "selected-at(${many}, 0) = 'b'"),
        ("{n} empty or {n} > 3", "(${n} = '') or (${n} > 3)"),
        ("({n} + 1) * 2 / 3 % 4 = 1", "((${n} + 1) * 2 div 3 mod 4) = 1"),
        ("{yes} = true", "${yes} = 'true'"),
        ("!({n} > 3)", "not(${n} > 3)"),
        ("iif({n} > 3, 'a', 'b') = 'a'", "if(${n} > 3, 'a', 'b') = 'a'"),
        ("{m.r} = 'a'", "${m_r} = 'a'"),
        ("sumInArray({kids}, 'age') > 3", "sum(${age}) > 3"),
        ("{kids.length} = 2", "count(${kids}) = 2"),
        ("sum({n}, 1) > 3", "(${n} + 1) > 3"),
        ("today() > '2020-01-01'", "today() > '2020-01-01'"),
        ("today(-7) < '2020-01-01'", "date(today() + -7) < '2020-01-01'"),
        ("dateAdd({one}, 2) > today()", "date(${one} + 2) > today()"),
        ("dateAdd(today(), {one}, 'days') > '2020-01-01'", "date(today() + ${one}) > '2020-01-01'"),
        ("displayValue('one') = 'One'", "jr:choice-name(${one}, '${one}') = 'One'"),
        ("trunc({n}) ^ 2 = 4", "pow(int(${n}), 2) = 4"),
    ],
)
def test_condition_is_said_in_xpath(text, said):
    found = condition(text)
    assert found.replace("(", "").replace(")", "") == said.replace("(", "").replace(")", "")


@pytest.mark.parametrize(("text", "name"), [("age({a}) > 3", "age"), ("dateAdd({a}, 1, 'months') > 3", "dateAdd")])
def test_condition_that_cannot_be_said_is_told(text, name):
    found = written({"type": "text", "name": "a"}, {"type": "text", "name": "z", "visibleIf": text})
    assert [(each.where, each.reason) for each in found.losses.of(Kind.LOST)] == [
        ("/pages/0/elements/1/visibleIf", f"it is always shown: the function {name}() has no like in a form")
    ]


def test_matrix_becomes_a_question_for_each_row_and_is_told():
    matrix = {"type": "matrix", "name": "m", "title": "M", "rows": ["r", "s"], "columns": ["a", "b"]}
    found = written(matrix)
    assert [(each.get("type"), each.get("name")) for each in sheets(found.content)["survey"]] == [
        ("begin_group", "p"), ("begin_group", "m"), ("select_one list_m", "m_r"), ("select_one list_m", "m_s"),
        ("end_group", None), ("end_group", None),
    ]  # fmt: skip
    assert [each.reason for each in found.losses.of(Kind.APPROXIMATED)] == ["each row is a question of its own"]


def test_choice_that_excludes_the_others_does_so_in_a_form():
    choices = ["a", {"value": "b", "isExclusive": True}]
    (found,) = [each for each in rows({"type": "checkbox", "name": "q", "choices": choices}) if each.get("constraint")]
    assert found["constraint"] == "(not(selected(., 'b')) or count-selected(.) = 1)"


@pytest.mark.parametrize("rule", [{"regex": "it's"}, {"regex": "a", "insensitive": True}])
def test_pattern_that_a_form_cannot_say_is_told(rule):
    found = written({"type": "text", "name": "q", "validators": [{"type": "regex", **rule}]})
    assert [each.reason for each in found.losses.of(Kind.LOST)] == [
        "any answer is accepted: the pattern cannot be written in a form"
    ]


@pytest.mark.parametrize("kind", ["maxdiff", "constantsum", "matrixdropdown", "image", "hologram"])
def test_type_that_no_form_has_is_lost(kind):
    found = written({"type": kind, "name": "q"})
    assert "a form has no such type" in [each.reason for each in found.losses.of(Kind.LOST)]


def test_what_only_kithkin_knows_is_lost_and_told():
    envelope = {
        "format": "kithkin.questionnaire", "version": 1,
        "body": {"elements": [{"type": "rating", "name": "nps"}], "completedHtml": "Thanks"},
        "kithkin": {
            "metrics": [{"question": "nps", "measures": "nps"}], "quotas": [{"name": "men"}],
            "scoring": [{"name": "s", "questions": ["nps"]}], "embedded": [{"name": "team", "default": 3}],
        },
    }  # fmt: skip
    found = write(Questionnaire.from_json(envelope), "xlsform")
    lost = {each.what for each in found.losses.of(Kind.LOST)}
    assert lost == {"nps measured by nps", "quota men", "score s", "a page at the end"}
    assert {"type": "hidden", "name": "team", "default": "3"} in sheets(found.content)["survey"]


def test_text_that_looks_like_a_formula_stays_a_text():
    found = rows({"type": "text", "name": "q", "title": "=1+1"})[0]["label"]
    assert found == "=1+1"
    assert read(written({"type": "text", "name": "q", "title": "=1+1"}).content).losses.is_whole


def test_what_no_workbook_holds_is_left_out_of_a_text():
    assert (
        rows({"type": "text", "name": "q", "title": "bell\x07, tab\t, line\nend"})[0]["label"]
        == "bell, tab\t, line\nend"
    )


def test_all_languages_go_out():
    title = {"default": "What?", "de": "Was?"}
    assert rows({"type": "text", "name": "q", "title": title})[0] == {
        "type": "text", "name": "q", "label::English (en)": "What?", "label::German (de)": "Was?",
    }  # fmt: skip


@pytest.mark.parametrize("pattern", ["b", "^a", "c$", "^abc$", "x|b", "^a|z$", "^(?:a)(b|c)$", "^(?:abc)$"])
@pytest.mark.parametrize("answer", ["abc", "xyz", "bz", "\u00e4bc", ""])
def test_pattern_accepts_the_same_answers_on_the_way_back(pattern, answer):
    validators = [{"type": "regex", "regex": pattern}]
    asked = Questionnaire.from_json({"elements": [{"type": "text", "name": "q", "validators": validators}]})
    back = read(write(asked, "xlsform").content).questionnaire
    assert len(errors(run(back, {"q": answer}))) == len(errors(run(asked, {"q": answer})))


def test_same_questionnaire_is_the_same_workbook():
    assert written({"type": "text", "name": "q"}).content == written({"type": "text", "name": "q"}).content


WHOLE = (
    row("begin_group", "about", "About you"), row("text", "t", "Name?", hint="Say", required="yes", default="x"),
    row("text", "long", appearance="multiline"), row("integer", "n", constraint=". > 3", constraint_message="No"),
    row("decimal", "d", relevant="${n} > 5 and ${t} != ''"), row("date", "born"), row("time", "at"),
    row("dateTime", "when", read_only="yes"), row("end_group"),
    row("begin_group", "more", "More"), row("select_one colors", "one", relevant="not(selected(${many}, 'red'))"),
    row("select_multiple colors", "many", default="red blue", parameters="randomize=true"),
    row("select_one colors or_other", "else"), row("rank colors", "r"),
    row("select_one colors", "drop", appearance="minimal"),
    row("range", "s", parameters="start=1 end=7 step=2"), row("acknowledge", "ok"), row("note", "hello", "Dear ${t}"),
    row("begin_group", "inner", "Inner", relevant="${n} * 2 > 7"), row("image", "pic"), row("end_group"),
    row("begin_repeat", "kids", "Child", repeat_count="2"), row("integer", "age"),
    row("text", "school", required="${age} > 5", constraint="regex(., '[a-z]+')"), row("end_repeat"),
    row("image", "sign", appearance="signature"), row("end_group"),
    row("hidden", "h", None, default="7"), row("calculate", "c", None, calculation="if(${n} > 3, 'a', 'b')"),
)  # fmt: skip


def test_what_both_sides_can_say_comes_back_as_it_was():
    first = asked(*WHOLE)
    assert told(first) == []
    out = write(first.questionnaire, "xlsform")
    assert told(out) == []
    again = read(out.content)
    assert told(again) == []
    assert again.questionnaire.to_json() == first.questionnaire.to_json()


def test_what_came_back_goes_out_the_same():
    once = write(asked(*WHOLE).questionnaire, "xlsform").content
    assert sheets(write(read(once).questionnaire, "xlsform").content) == sheets(once)


def test_filtered_choices_come_back_filtered():
    choices = (
        {"list_name": "towns", "name": "b", "label": "Berlin", "in": "de"},
        {"list_name": "towns", "name": "p", "label": "Paris", "in": "fr"},
    )
    first = read(form(row("text", "c"), row("select_one towns", "q", choice_filter="in = ${c}"), choices=choices))
    again = read(write(first.questionnaire, "xlsform").content)
    shown = again.questionnaire.to_json()["body"]["pages"][0]["elements"][1]["choices"]
    assert [each["visibleIf"] for each in shown] == [
        "(('b' != 'b') or ('de' = {c})) and (('b' != 'p') or ('fr' = {c}))",
        "(('p' != 'b') or ('de' = {c})) and (('p' != 'p') or ('fr' = {c}))",
    ]


@pytest.mark.parametrize(
    ("expression", "days"),
    [
        ("iif({to} < {from}, 0 - dateDiff({from}, {to}, 'days'), dateDiff({from}, {to}, 'days'))", -9),
        ("dateDiff({from}, {to}, 'days')", 9),
    ],
)
def test_days_between_dates_are_as_many_on_the_way_back(expression, days):
    dates = [{"type": "text", "name": name, "inputType": "date"} for name in ("from", "to")]
    computed = {"name": "days", "expression": expression, "includeIntoResult": True}
    asked = Questionnaire.from_json({"elements": dates, "calculatedValues": [computed]})
    back = read(write(asked, "xlsform").content).questionnaire
    answers = {"from": "2026-02-10", "to": "2026-02-01"}
    assert [run(each, answers).values["days"] for each in (asked, back)] == [days, days]
