"""The questionnaire engine: one vocabulary, read and checked. No framework, no files, no network."""

from kithkin.questionnaire.errors import (
    BadExpression,
    Malformed,
    NewerVersion,
    NotJson,
    QuestionnaireError,
    TooLarge,
)
from kithkin.questionnaire.questionnaire import Questionnaire

__all__ = [
    "BadExpression",
    "Malformed",
    "NewerVersion",
    "NotJson",
    "Questionnaire",
    "QuestionnaireError",
    "TooLarge",
]
