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
        "completion": st.just([{"when": "{q1} = 1", "html": "Great"}, {"url": "https://example.org"}]),
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


IN = {
    "types and properties": {"elements": [RATING]},
    "unknown types": {"elements": [{"type": "hologram", "name": "h"}]},
    "`choicesByUrl`": {"elements": [{"type": "dropdown", "name": "d", "choicesByUrl": {"url": "https://a.example"}}]},
    "`clearInvisibleValues`": {"elements": [RATING], "clearInvisibleValues": "none"},
    "conditions that are": {"elements": [{**RATING, "visibleIf": "{a"}]},
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
