"""The vocabulary is data: the reader knows what it names, and the schema says what it says."""

import json
import re
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings

import kithkin.questionnaire
from kithkin.questionnaire import Questionnaire
from kithkin.questionnaire.reading.questions import READERS
from kithkin.questionnaire.vocabulary import (
    CALCULATED,
    COLUMN,
    CONDITION,
    FIELD,
    ITEM,
    KINDS,
    OURS,
    PAGE,
    PANEL,
    PARTS,
    QUESTIONS,
    SURVEY,
    TRIGGERS,
    VALIDATORS,
    State,
)
from kithkin.questionnaire.vocabulary import ENVELOPE as ENVELOPE_OF
from kithkin.questionnaire.vocabulary.schema import schema
from tests.questionnaire.drawn import bodies

ISSUED = json.loads((files("kithkin.questionnaire") / "schemas/questionnaire-1.json").read_text("utf-8"))
VALID = jsonschema.Draft202012Validator(ISSUED)
ENVELOPE = {"format": "kithkin.questionnaire", "version": 1, "body": {}}


def test_reader_knows_the_types_of_the_vocabulary():
    assert READERS.keys() == QUESTIONS.keys()


def test_every_property_holds_a_kind_or_words():
    tables = [SURVEY, *(each.properties for each in [*QUESTIONS.values(), *TRIGGERS.values(), *VALIDATORS.values()])]
    odd = {said.kind for table in tables for said in table.values() if said.kind not in KINDS and "|" not in said.kind}
    assert odd == set()


def test_nothing_is_lost():
    assert {said.state for found in QUESTIONS.values() for said in found.properties.values()} == {
        State.EVALUATED,
        State.KEPT,
    }


def test_what_is_said_to_be_evaluated_is_read():
    own = [ENVELOPE_OF, OURS, *PARTS.values(), SURVEY, PAGE, PANEL, CALCULATED, CONDITION, COLUMN, FIELD, ITEM]
    tables = [*own, *(each.properties for each in [*QUESTIONS.values(), *TRIGGERS.values(), *VALIDATORS.values()])]
    said = {each.name for table in tables for each in table.values() if each.state is State.EVALUATED}
    room = Path(kithkin.questionnaire.__file__).parent
    sources = [*(room / "reading").rglob("*.py"), *(room / "replaying").rglob("*.py")]
    assert said - {name for each in sources for name in re.findall(r'"(\w+)"', each.read_text("utf-8"))} == set()


def test_issued_schema_is_the_one_of_the_vocabulary():
    assert schema() == ISSUED, "run: python docs/reference/make.py"


def test_schema_is_itself_valid():
    jsonschema.Draft202012Validator.check_schema(ISSUED)


@given(bodies)
@settings(deadline=None)
def test_what_the_schema_takes_is_read(body):
    VALID.validate(body)
    VALID.validate(Questionnaire.from_json(body).to_json())


@pytest.mark.parametrize(
    "wrong",
    [
        {"elements": [{"type": "text"}]},
        {"elements": [{"type": "text", "name": "q", "isRequired": "yes"}]},
        {"elements": [{"type": "radiogroup", "name": "q", "choices": [[]]}]},
        {"elements": [{"type": "panel", "elements": [{"type": "text", "name": "q", "maxLength": "x"}]}]},
        {"triggers": [{"type": "setvalue", "setToName": 3}]},
        ENVELOPE | {"version": 2},
        ENVELOPE | {"kithkin": {"metrics": [{"question": "q"}]}},
        ENVELOPE | {"kithkin": {"metrics": [{"question": "q", "measures": "joy"}]}},
        ENVELOPE | {"kithkin": {"identity": "secret"}},
    ],
)
def test_schema_refuses_what_is_wrong(wrong):
    with pytest.raises(jsonschema.ValidationError):
        VALID.validate(wrong)


def test_schema_lets_unknown_types_and_properties_be():
    VALID.validate({"elements": [{"type": "hologram", "name": "q", "depth": 3}], "odour": 1})
