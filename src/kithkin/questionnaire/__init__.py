"""The questionnaire engine: one vocabulary, read, replayed and checked. No framework, no files, no network."""

from kithkin.questionnaire.errors import (
    BadExpression,
    Malformed,
    NewerVersion,
    NotJson,
    QuestionnaireError,
    TooLarge,
)
from kithkin.questionnaire.questionnaire import Questionnaire
from kithkin.questionnaire.replay import Problem, Reason, Replay, replay

__all__ = [
    "BadExpression",
    "Malformed",
    "NewerVersion",
    "NotJson",
    "Problem",
    "Questionnaire",
    "QuestionnaireError",
    "Reason",
    "Replay",
    "TooLarge",
    "replay",
]
