"""The vocabulary as data: every type and property with what becomes of it. Schema and reference are written from it."""

from kithkin.questionnaire.vocabulary.ours import ENVELOPE, OURS, PARTS
from kithkin.questionnaire.vocabulary.parts import COLUMN, FIELD, ITEM
from kithkin.questionnaire.vocabulary.property import KINDS, STATES, Property, State, Type
from kithkin.questionnaire.vocabulary.questions import QUESTIONS
from kithkin.questionnaire.vocabulary.survey import CALCULATED, CONDITION, PAGE, PANEL, SURVEY, TRIGGERS, VALIDATORS

__all__ = [
    "CALCULATED",
    "COLUMN",
    "CONDITION",
    "ENVELOPE",
    "FIELD",
    "ITEM",
    "KINDS",
    "OURS",
    "PAGE",
    "PANEL",
    "PARTS",
    "QUESTIONS",
    "STATES",
    "SURVEY",
    "TRIGGERS",
    "VALIDATORS",
    "Property",
    "State",
    "Type",
]
