"""Relevance, constraints, calculations and filters are said in ours, or told."""

from datetime import UTC, datetime

import pytest

from kithkin.questionnaire import replay
from tests.questionnaire.formats.xlsform.samples import asked, elements, row, told

NOW = datetime(2026, 11, 25, tzinfo=UTC)
ASKED = (
    row("select_one colors or_other", "one"), row("select_multiple colors", "many"), row("integer", "n"),
    row("text", "t"), row("date", "born"), row("begin_repeat", "kids"), row("integer", "age"), row("text", "name"),
    row("end_repeat"), row("calculate", "double", None, calculation="${n} * 2"),
)  # fmt: skip
FULL = {
    "one": "red", "many": ["red", "blue"], "n": 7, "t": "abc", "born": "2000-05-17",
    "kids": [{"age": 3, "name": "A"}, {"age": 5}],
}  # fmt: skip


def shown(relevant, answers=FULL):
    """Whether a question with this condition is shown."""
    imported = asked(*ASKED, row("text", "z", relevant=relevant))
    assert told(imported) == []
    return "z" in replay(imported.questionnaire, answers, language="en", now=NOW, seed=1).visible


@pytest.mark.parametrize(
    "relevant",
    [
        "${one} = 'red'", "${one}='red' and ${n}>6", "selected(${one}, 'red')", "selected(${many}, 'blue')",
        "not(selected(${many}, 'green'))", "count-selected(${many}) = 2", "selected-at(${many}, 1) = 'blue'",
        "${n} + 1 = 8", "${n} - 2 = 5", "${n} * 2 = 14", "${n} div 2 = 3.5", "${n} mod 4 = 3", "-${n} < 0",
        "${double} = 14", "if(${n} > 5, 'a', 'b') = 'a'", "coalesce(${one_other}, 'x') = 'x'", "${one_other} = ''",
        "${t} != ''", "string-length(${t}) = 3", "substr(${t}, 1, 2) = 'b'", "substr(${t}, 1) = 'bc'",
        "concat(${one}, '-', ${t}) = 'red-abc'", "contains(${t}, 'b')", "starts-with(${t}, 'ab')",
        "int(${n} div 2) = 3", "round(${n} div 2, 0) = 4", "abs(0 - ${n}) = 7", "floor(3.5) = 3", "ceiling(3.2) = 4",
        "pow(${n}, 2) = 49", "sqrt(49) = 7", "pi() > 3", "min(${n}, 3) = 3", "max(${n}, 3) = 7",
        "sum(${age}) = 8", "max(${age}) = 5", "count(${kids}) = 2", "count-non-empty(${name}) = 1",
        "indexed-repeat(${age}, ${kids}, 2) = 5", "${born} < today()", "date('2001-01-01') > ${born}",
        "format-date(${born}, '%Y') = 2000", "int((today() - ${born}) div 365.25) = 26", "true()", "not(false())",
        "jr:choice-name(${one}, '${one}') = 'Red'", "number(${n}) = 7", "string(${n}) = '7'",
        "${n} >= 7", "/form/group/n = 7", "../n = 7", "current()/../n = 7", "today() - ${born} > 9000",
        "${born} - today() < 0", "${born} + 1 > date('2000-05-17')", "${born} - 1 < date('2000-05-17')",
        "1 + ${born} > ${born}", "today() - 9000 > ${born}", "date(${born}) + 1 = date('2000-05-18')",
    ],
)  # fmt: skip
def test_condition_holds_as_there(relevant):
    assert shown(relevant)


@pytest.mark.parametrize("relevant", ["${one} = 'blue'", "false()", "${n} > 7", "selected(${many}, 'green')"])
def test_condition_fails_as_there(relevant):
    assert not shown(relevant)


@pytest.mark.parametrize(
    ("relevant", "reason"),
    [
        ("pulldata('a', 'b', 'c', 'd') = 1", "the function pulldata() is not known here"),
        ("${nobody} = 1", "there is no question nobody in it"),
        ("${age} > 3", "age is asked several times, and which of them is meant is not told"),
        ("../x = 1", "there is no question x in it"),
        ("instance('a')/root/item = 1", "'/root/item' cannot stand there"),
        ("today() + today() > 1", "it adds two dates"),
        ("3 - today() > 1", "it takes a date from a number"),
        ("today() * 2 > 5", "it reckons with dates as numbers of days"),
        ("${n} >", "it ends too early"),
        ("regex(${t}, 'a')", "patterns are known only as a constraint that must hold"),
        ("instance('x') = 1", "the function instance() is not known here"),
    ],
)
def test_condition_that_cannot_be_said_shows_its_question_and_is_told(relevant, reason):
    imported = asked(*ASKED, row("text", "z", relevant=relevant))
    assert told(imported) == [("lost", "/survey/12/relevant", f"it is always shown instead: {reason}")]
    assert "z" in replay(imported.questionnaire, {}, language="en", now=NOW, seed=1).visible


def test_answers_in_a_repeat_are_those_of_the_same_one():
    found = elements(
        row("begin_repeat", "kids"), row("integer", "age"),
        row("text", "school", "Where is ${age}?", relevant="${age} > 5"),
        row("text", "nth", relevant="position(..) = 2"), row("end_repeat"),
    )[0]["templateElements"]  # fmt: skip
    assert (found[1]["visibleIf"], found[1]["title"]) == ("{panel.age} > 5", "Where is {panel.age}?")
    assert found[2]["visibleIf"] == "({panelIndex} + 1) = 2"


def test_constraint_is_not_asked_of_an_empty_answer():
    found = elements(row("integer", "q", constraint=". > 3 and . < ${n}", constraint_message="No"), row("integer", "n"))
    assert found[0]["validators"] == [
        {"type": "expression", "expression": "{q} empty or (({q} > 3) and ({q} < {n}))", "text": "No"}
    ]


def test_pattern_becomes_one():
    assert elements(row("text", "q", constraint="regex(., '[a-z]+')"))[0]["validators"] == [
        {"type": "regex", "regex": "^(?:[a-z]+)$"}
    ]


def test_required_may_be_a_condition():
    found = elements(row("integer", "n"), row("text", "q", required="${n} > 3"), row("text", "r", required="true()"))
    assert (found[1]["requiredIf"], found[2]["isRequired"]) == ("{n} > 3", True)


def test_choices_are_filtered_by_their_columns():
    choices = (
        {"list_name": "country", "name": "de", "label": "Germany"},
        {"list_name": "country", "name": "fr", "label": "F"},
        {"list_name": "town", "name": "b", "label": "Berlin", "in": "de"},
        {"list_name": "town", "name": "p", "label": "Paris", "in": "fr"},
    )  # fmt: skip
    found = elements(
        row("select_one country", "c"), row("select_one town", "t", choice_filter="in = ${c}"), choices=choices
    )[1]
    assert [each["visibleIf"] for each in found["choices"]] == ["'de' = {c}", "'fr' = {c}"]


def test_filter_that_cannot_be_said_shows_all_choices_and_is_told():
    imported = asked(row("select_one colors", "q", choice_filter="wild(name)"))
    assert told(imported) == [
        ("lost", "/survey/2/choice_filter", "all choices are always shown: the function wild() is not known here")
    ]


def test_piece_of_a_text_that_means_no_one_answer_stays_and_is_told():
    imported = asked(*ASKED, row("text", "z", "Hello ${name} and ${t}"))
    assert told(imported) == [("lost", "/survey/12/${name}", "it stays as it is written: no one answer is meant by it")]
    title = next(each.title for each in imported.questionnaire.questions() if each.name == "z")
    assert title.said_in("en") == "Hello ${name} and {t}"


def test_pattern_and_what_else_must_hold_become_two():
    found = elements(
        row("text", "z", constraint="regex(., '[a-c]+') and string-length(.) > 2", constraint_message="No")
    )
    assert found[0]["validators"] == [
        {"type": "regex", "regex": "^(?:[a-c]+)$", "text": "No"},
        {"type": "expression", "expression": "{z} empty or (iif({z} empty, 0, {z.length}) > 2)", "text": "No"},
    ]


def test_pattern_among_alternatives_is_told():
    reason = "any answer is accepted: patterns are known only as a constraint that must hold"
    assert told(asked(row("text", "z", constraint="regex(., 'a') or . = 'b'"))) == [
        ("lost", "/survey/2/constraint", reason)
    ]


@pytest.mark.parametrize(("kids", "accepted"), [(None, False), ([{}], False), ([{"a": "x"}, {"a": "y"}], True)])
def test_there_must_be_as_many_repetitions_as_are_counted(kids, accepted):
    rows = (row("integer", "n"), row("begin_repeat", "kids", repeat_count="${n}"), row("text", "a"), row("end_repeat"))
    answers = {"n": 2} | ({"kids": kids} if kids else {})
    found = replay(asked(*rows).questionnaire, answers, language="en", now=NOW, seed=1)
    assert (not found.errors) is accepted


def test_of_two_questions_of_one_name_the_first_is_meant():
    found = elements(row("integer", "n"), row("integer", "n"), row("text", "z", relevant="${n} > 5"))
    assert [each["name"] for each in found] == ["n", "n_2", "z"]
    assert found[-1]["visibleIf"] == "{n} > 5"


def test_one_choice_of_several_is_compared_with_all_that_were_made():
    assert (shown("${many} = 'red'"), shown("${many} = 'red'", FULL | {"many": ["red"]})) == (False, True)
