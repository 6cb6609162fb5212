"""Nothing that was read is lost, and what is not known is listed."""

import json

from hypothesis import given, settings

from kithkin.questionnaire import Questionnaire
from tests.questionnaire.drawn import bodies


def kept(*elements, **body):
    asked = Questionnaire.from_json({"pages": [{"elements": list(elements)}], **body})
    return [(each.where, each.what) for each in asked.kept]


@given(bodies)
@settings(deadline=None)
def test_what_was_read_comes_out_as_it_went_in(body):
    asked = Questionnaire.from_json(json.dumps(body))
    assert asked.to_json()["body"] == body
    assert Questionnaire.from_json(asked.to_text()).to_json() == asked.to_json()


@given(bodies)
@settings(deadline=None)
def test_known_types_and_properties_are_not_listed_as_unknown(body):
    listed = Questionnaire.from_json(body).kept
    assert [each for each in listed if each.what.startswith(("property", "question type"))] == []


def test_unknown_type_is_listed():
    assert kept({"type": "hologram", "name": "q", "depth": 3}) == [("/pages/0/elements/0", "question type 'hologram'")]


def test_unknown_property_is_listed():
    assert kept({"type": "text", "name": "q", "smell": 1}, odour=2) == [
        ("/odour", "property 'odour' of the questionnaire"),
        ("/pages/0/elements/0/smell", "property 'smell' of a text question"),
    ]


def test_unknown_validator_and_trigger_are_listed():
    validators = [{"type": "horoscope"}]
    assert kept({"type": "text", "name": "q", "validators": validators}, triggers=[{"type": "explode"}]) == [
        ("/pages/0/elements/0/validators/0", "validator 'horoscope'"),
        ("/triggers/0", "trigger 'explode'"),
    ]


def test_word_that_is_none_is_listed():
    assert kept({"type": "text", "name": "q", "inputType": "telepathy"}) == [
        ("/pages/0/elements/0/inputType", "inputType 'telepathy'")
    ]


def test_changing_what_was_written_does_not_change_the_questionnaire():
    asked = Questionnaire.from_json({"elements": [{"type": "text", "name": "q"}]})
    asked.to_json()["body"]["elements"].clear()
    assert asked.to_json()["body"] == {"elements": [{"type": "text", "name": "q"}]}
