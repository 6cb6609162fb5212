"""SurveyJS's own JSON goes in and comes out as it was; what only Kithkin knows is told when it goes out."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kithkin.questionnaire import Questionnaire
from kithkin.questionnaire.formats import Kind, read, write
from kithkin.questionnaire.formats.surveyjs import COMES_IN, GOES_OUT
from tests.questionnaire.drawn import bodies, logical

RATING = {"type": "rating", "name": "nps"}


def turned(body):
    """A body after a way in and a way out."""
    return json.loads(write(read(json.dumps(body).encode(), "surveyjs").questionnaire, "surveyjs").content)


@settings(max_examples=60)
@given(bodies | logical())
def test_every_body_comes_out_as_it_went_in(body):
    assert turned(body) == body


OURS = st.fixed_dictionaries(
    {},
    optional={
        "metrics": st.just([{"question": "q1", "measures": "nps"}]),
        "quotas": st.lists(st.builds(lambda name: {"name": name}, st.sampled_from("abc")), max_size=3),
        "randomisation": st.just([{"name": "r", "of": ["q1", "q2"]}]),
        "scoring": st.just([{"name": "s", "questions": ["q1"]}]),
        "embedded": st.lists(
            st.builds(lambda name, value: {"name": name, "default": value}, st.sampled_from(["x", "y"]), st.integers()),
            max_size=2,
            unique_by=lambda each: each["name"],
        ),
        "completion": st.just(
            [{"when": "{q1} = 1", "html": "Great"}, {"url": "https://example.org"}, {"title": "Bye"}]
        ),
        "identity": st.sampled_from(["anonymous", "identified"]),
    },
)


@settings(max_examples=60)
@given(logical(), OURS)
def test_each_part_of_our_own_goes_out_or_is_told(body, ours):
    envelope = {"format": "kithkin.questionnaire", "version": 1, "body": body, "kithkin": ours}
    asked = Questionnaire.from_json(envelope)
    out = write(asked, "surveyjs")
    told = {each.what for each in out.losses if each.kind is not Kind.KEPT}
    own = asked.ours
    assert told >= {
        f"identity {own.identity}", *(f"quota {each.name}" for each in own.quotas),
        *(f"randomisation {each.name}" for each in own.randomisation), *(f"score {each.name}" for each in own.scoring),
        *(f"{each.measures} measured by {each.question}" for each in own.metrics),
        *(f"embedded value {each.name}" for each in own.embedded),
    }  # fmt: skip
    written = json.loads(out.content)
    assert len(written.get("completedHtmlOnCondition", [])) + len(written.get("navigateToUrlOnCondition", [])) == len(
        own.completion
    )
    names = [each["name"] for each in written.get("calculatedValues", [])]
    assert names[len(body.get("calculatedValues", [])) :] == [each.name for each in own.embedded]


def test_a_page_at_the_end_that_has_a_title_alone_says_it():
    envelope = {"format": "kithkin.questionnaire", "version": 1, "body": {"elements": [RATING]}}
    out = write(Questionnaire.from_json(envelope | {"kithkin": {"completion": [{"title": "Bye"}]}}), "surveyjs")
    assert json.loads(out.content)["completedHtmlOnCondition"] == [{"expression": "true", "html": "Bye"}]


IN = {
    "types and properties": {"elements": [RATING]},
    "unknown types": {"elements": [{"type": "hologram", "name": "h"}]},
    "`choicesByUrl`": {"elements": [{"type": "dropdown", "name": "d", "choicesByUrl": {"url": "https://a.example"}}]},
    "`clearInvisibleValues`": {"elements": [RATING], "clearInvisibleValues": "none"},
    "conditions that are": {"elements": [{**RATING, "visibleIf": "{a"}]},
    "functions that are": {"elements": [{**RATING, "visibleIf": "loyalty({a}) > 1"}]},
    "time limits": {"elements": [RATING], "maxTimeToFinish": 60},
}
OUT = {
    "the body": ({"elements": [RATING]}, {}),
    "`constantsum`": ({"elements": [{"type": "constantsum", "name": "c", "choices": ["a"]}]}, {}),
    "embedded values": ({"elements": [RATING]}, {"embedded": [{"name": "team", "default": 1}]}),
    "completion pages": ({"elements": [RATING]}, {"completion": [{"when": "{nps} > 8", "html": "Great"}]}),
    "metrics, quotas": ({"elements": [RATING]}, {"metrics": [{"question": "nps", "measures": "nps"}]}),
}


def worst(losses):
    kinds = {each.kind for each in losses if not each.what.startswith("identity")}
    return next(kind for kind in (Kind.LOST, Kind.APPROXIMATED, Kind.KEPT) if kind in kinds)


@pytest.mark.parametrize("row", COMES_IN, ids=lambda row: row.element)
def test_row_has_a_sample_that_comes_in_as_it_says(row):
    (body,) = [each for start, each in IN.items() if row.element.startswith(start)]
    assert worst(read(json.dumps(body).encode()).losses) is row.kind


@pytest.mark.parametrize("row", GOES_OUT, ids=lambda row: row.element)
def test_row_has_a_sample_that_goes_out_as_it_says(row):
    (sample,) = [each for start, each in OUT.items() if row.element.startswith(start)]
    envelope = {"format": "kithkin.questionnaire", "version": 1, "body": sample[0], "kithkin": sample[1]}
    assert worst(write(Questionnaire.from_json(envelope), "surveyjs").losses) is row.kind


VALIDATED = {**RATING, "validators": [{"type": "expression", "expression": "luhn({nps})"}]}


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"elements": [VALIDATED]}, "/body/elements/0/validators/0/expression"),
        (
            {"elements": [{"type": "checkbox", "name": "c", "choices": [{"value": 1, "visibleIf": "luhn(1)"}]}]},
            "/body/elements/0/choices/0/visibleIf",
        ),
        (
            {"elements": [RATING], "calculatedValues": [{"name": "x", "expression": "luhn({nps})"}]},
            "/body/calculatedValues/0/expression",
        ),
    ],
)
def test_function_that_is_not_known_is_told_wherever_it_is_called(body, where):
    told = [each for each in read(json.dumps(body).encode()).losses if each.kind is not Kind.KEPT]
    assert [(each.where, each.reason) for each in told] == [
        (where, "the function luhn() is not known here and gives nothing")
    ]


def test_expression_that_cannot_be_read_is_told_wherever_it_stands():
    body = {"elements": [RATING], "calculatedValues": [{"name": "x", "expression": "{a"}]}
    told = [each for each in read(json.dumps(body).encode()).losses if each.kind is not Kind.KEPT]
    assert [each.where for each in told] == ["/body/calculatedValues/0/expression"]
    assert told[0].reason.startswith("it is no expression, and nobody can answer before it is mended: ")


@pytest.mark.parametrize(
    ("setting", "value"), [("maxTimeToFinish", 60), ("showPrevButton", False), ("cookieName", "seen")]
)
def test_what_would_bind_respondents_there_is_told(setting, value):
    losses = read(json.dumps({"elements": [RATING], setting: value}).encode()).losses
    assert [each.where for each in losses.of(Kind.APPROXIMATED)] == [f"/{setting}"]


def test_time_limit_of_a_page_is_told():
    losses = read(json.dumps({"pages": [{"name": "p", "elements": [RATING], "timeLimit": 30}]}).encode()).losses
    assert [(each.where, each.what) for each in losses.of(Kind.APPROXIMATED)] == [
        ("/body/pages/0/timeLimit", "timeLimit of page p")
    ]


def test_lists_that_are_null_go_out_with_what_is_added():
    empty = dict.fromkeys(("calculatedValues", "completedHtmlOnCondition", "navigateToUrlOnCondition"))
    own = {"embedded": [{"name": "x", "default": 1}], "completion": [{"html": "Bye"}, {"url": "https://a.example"}]}
    envelope = {"format": "kithkin.questionnaire", "version": 1, "body": {"elements": [RATING], **empty}}
    body = json.loads(write(Questionnaire.from_json(envelope | {"kithkin": own}), "surveyjs").content)
    assert [len(body[name]) for name in empty] == [1, 1, 1]
