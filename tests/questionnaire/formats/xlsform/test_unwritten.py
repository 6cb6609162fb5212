"""Nothing of a questionnaire stays behind unsaid when it goes out as a form."""

import re

import pytest
from hypothesis import given, settings

from kithkin.questionnaire import Questionnaire
from kithkin.questionnaire.formats import read, write
from kithkin.questionnaire.vocabulary import QUESTIONS, State
from tests.questionnaire.drawn import logical
from tests.questionnaire.formats.xlsform.samples import sheets

PARTS = {
    "choices": ["a", "b", "c"], "columns": ["x", "y"], "rows": ["r", "s"], "items": [{"name": "f"}, {"name": "g"}],
    "templateElements": [{"type": "text", "name": "in"}],
}  # fmt: skip
SAID = {
    "expression": "{other} = 1", "flag": True, "number": 3, "whole": 3, "localised": "Some words", "text": "word",
    "value": "a", "names": ["a"], "items": ["a", "d"],
    "validators": [{"type": "expression", "expression": "{other} = 1"}],
}  # fmt: skip
ALONE = {
    "type", "name", "visible", "autoGenerate", "rateType", "placeholder", "valueName", "step", "title", "cellType",
    "noneText", "otherText", "refuseText", "dontKnowText", "selectAllText", "choices", "detailPanelMode",
    "choicesFromQuestionMode", "choiceTextsFromQuestion", "choiceValuesFromQuestion", "minSelectedChoices",
    "maxSelectedChoices",
}  # fmt: skip
"""Looks, and properties that decide nothing while another one does not."""


def body(kind, **more):
    known = QUESTIONS[kind].properties
    asked = {name: part for name, part in PARTS.items() if name in known}
    if kind in {"matrixdropdown", "matrixdynamic"}:
        asked["columns"] = [{"name": "c", "cellType": "text"}]
    if kind == "expression":
        asked["expression"] = "1"
    return {"elements": [{"type": "text", "name": "other"}, {"type": kind, "name": "q", **asked, **more}]}


def went_out(found):
    written = write(Questionnaire.from_json(found), "xlsform")
    return sheets(written.content), [each for each in written.losses if each.kind.value != "kept"]


def evaluated():
    for kind, type_ in sorted(QUESTIONS.items()):
        for name, each in type_.properties.items():
            said = SAID.get(each.kind, each.kind.split("|")[-1] if "|" in each.kind else None)
            if each.state is not State.KEPT and name not in ALONE and said is not None:
                yield kind, name, said


@pytest.mark.parametrize("kind", sorted(QUESTIONS))
def test_every_property_is_in_the_form_or_told(kind):
    before = went_out(body(kind))
    if any(each.where == "/elements/1" and each.kind.value == "lost" for each in before[1]):
        return
    silent = [
        name for each, name, said in evaluated() if each == kind and went_out(body(kind, **{name: said})) == before
    ]
    assert silent == []


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


def test_questions_that_share_an_answer_have_names_of_their_own():
    shared = [{"type": "text", "name": "a", "valueName": "v"}, {"type": "text", "name": "b", "valueName": "v"}]
    survey, told = went_out({"elements": shared})
    assert [each["name"] for each in survey["survey"] if each["type"] == "text"] == ["a", "b"]
    reason = "it shares its answer with another question; there each has its own"
    assert [(each.where, each.reason) for each in told] == [("/elements/1", reason)]
