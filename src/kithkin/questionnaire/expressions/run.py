"""One evaluation: what it may look at, and how much it may still do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from typing import Any, Protocol

from kithkin.questionnaire.expressions.errors import ExpressionError
from kithkin.questionnaire.expressions.scope import Scope

MOST_WORK = 2_000_000
"""Comparisons and calls that one evaluation may cost: far more than any questionnaire needs, less than seconds."""


class Caller(Protocol):
    """Whoever knows the functions."""

    def call(self, name: str, values: list[Any], nodes: Sequence[Any], run: Run) -> Any:
        """What a function answers."""


@dataclass(slots=True)
class Budget:
    """What may still be spent."""

    left: int = MOST_WORK


@dataclass(slots=True)
class Run:
    """The answers, the functions and the present of one evaluation."""

    scope: Scope
    functions: Caller
    now: datetime
    ordered: set[str] = field(default_factory=set)
    budget: Budget = field(default_factory=Budget)

    @property
    def zone(self) -> tzinfo:
        """The zone in which dates are read: that of the present."""
        return self.now.tzinfo or UTC

    def within(self, item: Any) -> Run:
        """The same for one item of a list: its members are found first."""
        return replace(self, scope=Scope(item if isinstance(item, dict) else {}, self.scope), ordered=set())

    def call(self, name: str, values: list[Any], nodes: Sequence[Any]) -> Any:
        """What a function answers."""
        return self.functions.call(name, values, nodes, self)

    def spend(self, work: int) -> None:
        """Raises ExpressionError when the answers make the expression cost more than it may."""
        self.budget.left -= work
        if self.budget.left < 0:
            raise ExpressionError("With these answers the expression takes too long to work out.", 0)

    def spend_on(self, left: Any, right: Any) -> None:
        """What looking for every element of one list in another costs."""
        self.spend(_length(left) * _length(right))


def _length(value: Any) -> int:
    return len(value) if isinstance(value, list) else 1
