"""What the expressions refuse."""

from __future__ import annotations


class ExpressionError(ValueError):
    """A text is no expression, or costs more than an answer may; `position` counts characters from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message, position)
        self.message = message
        self.position = position

    def __str__(self) -> str:
        return f"{self.message} (character {self.position + 1})"


class Unanswerable(Exception):
    """The expression asks for what has no answer, such as an element of nothing; survey-core throws in its place."""
