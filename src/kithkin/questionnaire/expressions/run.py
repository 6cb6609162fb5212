"""One evaluation: what it may look at, and how much it may still do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any, Protocol

from kithkin.questionnaire.expressions.errors import ExpressionError
from kithkin.questionnaire.expressions.scope import Scope

MOST_WORK = 300_000
"""Values that one evaluation may look at: far more than any questionnaire needs, and done within a second."""


_LARGE = (list, dict, str)


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
        return Run(Scope(item, self.scope), self.functions, self.now, set(), self.budget)

    def call(self, name: str, values: list[Any], nodes: Sequence[Any]) -> Any:
        """What a function answers."""
        return self.functions.call(name, values, nodes, self)

    def spend(self, work: int) -> None:
        """Raises ExpressionError when the answers make the expression cost more than it may."""
        self.budget.left -= work
        if self.budget.left < 0:
            raise ExpressionError("With these answers the expression takes too long to work out.", 0)

    def spend_on(self, left: Any, right: Any, *, each: bool = False) -> None:
        """What it costs to look at two values; where `each` part of one is looked for in the other, it multiplies."""
        if isinstance(left, _LARGE) or isinstance(right, _LARGE):
            one, other = weight(left), weight(right)
            self.spend(one * other if each else one + other)
        else:
            self.spend(1)


def weight(value: Any) -> int:
    """How many values there are in a value; a long text counts as several."""
    if isinstance(value, str):
        return 1 + len(value) // 256
    if not isinstance(value, list | dict):
        return 1
    held = value.values() if isinstance(value, dict) else value
    return 1 + len(held) + sum(weight(one) - 1 for one in held if isinstance(one, _LARGE))
