"""The JSON Schema (draft 2020-12) of a questionnaire, written from the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kithkin.questionnaire.vocabulary import ours
from kithkin.questionnaire.vocabulary.parts import COLUMN, FIELD, ITEM
from kithkin.questionnaire.vocabulary.property import Property, Type
from kithkin.questionnaire.vocabulary.questions import QUESTION, QUESTIONS
from kithkin.questionnaire.vocabulary.survey import CALCULATED, CONDITION, PAGE, PANEL, SURVEY, TRIGGERS, VALIDATORS

Schema = dict[str, Any]

_SCALAR = {"type": ["string", "number", "boolean"]}
_KINDS: dict[str, Schema] = {
    "text": {"type": "string"},
    "localised": {"$ref": "#/$defs/localised"},
    "flag": {"type": "boolean"},
    "number": {"type": "number"},
    "whole": {"type": "integer"},
    "expression": {"type": "string"},
    "value": {},
    "names": {"type": "array", "items": {"type": "string"}},
    "list": {"type": "array"},
    "object": {"type": "object"},
    "elements": {"type": "array", "items": {"$ref": "#/$defs/element"}},
    "pages": {"type": "array", "items": {"$ref": "#/$defs/page"}},
    "items": {"type": "array", "items": {"$ref": "#/$defs/item"}},
    "columns": {"type": "array", "items": {"$ref": "#/$defs/column"}},
    "fields": {"type": "array", "items": {"$ref": "#/$defs/field"}},
    "validators": {"type": "array", "items": {"$ref": "#/$defs/validator"}},
    "triggers": {"type": "array", "items": {"$ref": "#/$defs/trigger"}},
    "calculated": {"type": "array", "items": {"$ref": "#/$defs/calculated"}},
    "conditions": {"type": "array", "items": {"$ref": "#/$defs/condition"}},
}
IDENTIFIER = "urn:kithkin:questionnaire:1"


def schema() -> Schema:
    """The whole schema: an envelope, or a bare body. Unknown types and properties are allowed, since they are kept."""
    required: Mapping[str, tuple[str, ...]] = {
        "metrics": ("question", "measures"), "quotas": ("name",), "randomisation": ("name", "of"),
        "embedded": ("name",), "scoring": ("name", "questions"),
    }  # fmt: skip
    parts = {
        name: {"type": "array", "items": _object(table.values(), required.get(name, ()))}
        for name, table in ours.PARTS.items()
    }
    own = _object(ours.OURS.values())
    own["properties"] = {name: {**said, **parts.get(name, {})} for name, said in own["properties"].items()}
    envelope = _object(ours.ENVELOPE.values(), ("format", "version", "body"))
    envelope["properties"] |= {
        "format": {"const": "kithkin.questionnaire"},
        "version": {"const": 1},
        "body": {"$ref": "#/$defs/survey"},
        "kithkin": {"$ref": "#/$defs/kithkin"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": IDENTIFIER,
        "title": "A questionnaire of Kithkin",
        "description": "The vocabulary of SurveyJS in an envelope, with a part of Kithkin's own beside it.",
        "type": "object",
        "if": {"properties": {"format": {"const": "kithkin.questionnaire"}}, "required": ["format"]},
        "then": envelope,
        "else": {"$ref": "#/$defs/survey"},
        "$defs": {**_definitions(), "kithkin": own},
    }


def _definitions() -> dict[str, Schema]:
    localised = {"type": ["string", "object"], "additionalProperties": {"type": "string"}}
    item = {"anyOf": [_SCALAR, _object(ITEM.values(), ("value",))]}
    item["anyOf"][1]["properties"]["value"] = _SCALAR
    element = {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"type": "string"}},
        "allOf": [_when("type", "panel", {"$ref": "#/$defs/panel"})]
        + [_when("type", name, {"$ref": f"#/$defs/{name}"}) for name in QUESTIONS],
        "if": {"properties": {"type": {"const": "panel"}}},
        "else": {"required": ["name"], "properties": {"name": {"type": "string", "minLength": 1}}},
    }
    column = _object(COLUMN.values(), ("name",)) | {
        "allOf": [
            _when("cellType", name, {"$ref": f"#/$defs/{name}"})
            for name in QUESTIONS
            if name in COLUMN["cellType"].words
        ]
    }
    column["properties"]["name"] = {"type": "string", "minLength": 1}
    field = _object(FIELD.values(), ("name",))
    field["properties"]["name"] = {"type": "string", "minLength": 1}
    return {
        "survey": _object(SURVEY.values()),
        "page": _object(PAGE.values()),
        "panel": _object(PANEL.values()),
        "element": element,
        "question": _object(QUESTION.values()),
        **{name: _question(found) for name, found in QUESTIONS.items()},
        "column": column,
        "field": field,
        "item": item,
        "localised": localised,
        "validator": _either(VALIDATORS, "validator"),
        "trigger": _either(TRIGGERS, "trigger"),
        "calculated": _object(CALCULATED.values(), ("name", "expression")),
        "condition": _object(CONDITION.values(), ("expression",)),
    }


def _question(found: Type) -> Schema:
    own = [said for name, said in found.properties.items() if QUESTION.get(name) is not said]
    return {"description": f"{found.says}.", "$ref": "#/$defs/question", **_object(own)}


def _either(types: Mapping[str, Type], what: str) -> Schema:
    return {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"type": "string", "description": f"what kind of {what}"}},
        "allOf": [_when("type", name, _object(found.properties.values())) for name, found in types.items()],
    }


def _when(name: str, word: str, then: Schema) -> Schema:
    return {"if": {"properties": {name: {"const": word}}, "required": [name]}, "then": then}


def _object(table: Iterable[Property], required: tuple[str, ...] = ()) -> Schema:
    described = {said.name: _described(said) for said in table}
    whole: Schema = {"type": "object", "properties": described}
    return whole | {"required": list(required)} if required else whole


def _described(said: Property) -> Schema:
    kind = {"enum": list(said.words)} if said.words and len(said.words) > 1 else _KINDS.get(said.kind, {})
    return {**kind, "description": f"{said.says} ({said.state})"}
