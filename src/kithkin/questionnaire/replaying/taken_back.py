"""Answers that were taken back: they stay as None where something would otherwise come up again."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from kithkin.questionnaire.model.elements import Growing, MultipleText, Question

if TYPE_CHECKING:
    from kithkin.questionnaire.replaying.appearing import Appearing


def is_taken_back(question: Question, level: Appearing, answered: Container[str]) -> bool:
    """Whether a question was answered with nothing, and would have an answer again if nothing were kept of that."""
    if not level.states[question].shown or question.key not in level.given or question.key in answered:
        return False
    node = level.level.nodes[level.level.place_of[question]]
    return bool(
        question.default is not None
        or question.default_expression
        or question.set_expression
        or node.sets
        or (isinstance(question, Growing) and question.first)
        or (isinstance(question, MultipleText) and any(field.default_expression for field in question.fields))
    )


def keep_taken_back(level: Appearing) -> None:
    """Note it in the values of a row or panel."""
    for question in level.states:
        if isinstance(question, Question) and is_taken_back(question, level, level.values):
            level.values[question.key] = None
