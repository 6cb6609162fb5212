"""Aggregate, protect, compute: one question, one way to answer it, for every page, file and program."""

from kithkin.insights.asking.answering import answer
from kithkin.insights.asking.answers import Answer, Group, State
from kithkin.insights.asking.dimensions import Dimension, dimensions_of
from kithkin.insights.asking.errors import CannotAnswer
from kithkin.insights.asking.months import Span
from kithkin.insights.asking.questions import Question

__all__ = ["Answer", "CannotAnswer", "Dimension", "Group", "Question", "Span", "State", "answer", "dimensions_of"]
