"""The questionnaire engine: one vocabulary, read, replayed and checked. No framework, no files, no network."""

from kithkin.questionnaire.checking import Finding, Kind, Lacking, Severity, check, estimated_minutes, lacking
from kithkin.questionnaire.errors import (
    BadExpression,
    Malformed,
    NewerVersion,
    NotJson,
    QuestionnaireError,
    TooLarge,
)
from kithkin.questionnaire.questionnaire import Questionnaire
from kithkin.questionnaire.replaying import Problem, Reason, Replay, replay

__all__ = [
    "BadExpression",
    "Finding",
    "Kind",
    "Lacking",
    "Malformed",
    "NewerVersion",
    "NotJson",
    "Problem",
    "Questionnaire",
    "QuestionnaireError",
    "Reason",
    "Replay",
    "Severity",
    "TooLarge",
    "check",
    "estimated_minutes",
    "lacking",
    "replay",
]
