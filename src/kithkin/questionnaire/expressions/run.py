"""One evaluation: what it may look at, and how much it may still do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from types import NoneType
from typing import Any, Protocol

from kithkin.questionnaire.expressions.errors import ExpressionError
from kithkin.questionnaire.expressions.scope import Scope
from kithkin.questionnaire.expressions.values import Absent

MOST_WORK = 300_000
"""Values that one evaluation may look at: far more than any questionnaire needs, and done within a second."""

LIGHT: frozenset[type] = frozenset((NoneType, bool, int, float, Absent))
"""Kinds of which every value is looked at at once. What each part of a text costs is bounded by the text's length."""

LIGHT_TEXT = 256
"""A text shorter than this is too."""


NO_NAMES: frozenset[str] = frozenset()


@dataclass(slots=True)
class Purse:
    """What several evaluations may look at together."""

    left: int


class Caller(Protocol):
    """Whoever knows the functions."""

    @property
    def known(self) -> Mapping[str, Callable[[Any], Any]]:
        """What answers, by name."""


class Run:
    """The answers, the functions and the present of one evaluation; `ordered` are names whose lists have an order."""

    __slots__ = ("functions", "left", "now", "ordered", "scope")

    def __init__(self, scope: Scope, functions: Caller, now: datetime, left: int = MOST_WORK) -> None:
        self.scope = scope
        self.functions = functions
        self.now = now
        self.left = left
        self.ordered: frozenset[str] = NO_NAMES

    @property
    def zone(self) -> tzinfo:
        """The zone in which dates are read: that of the present."""
        return self.now.tzinfo or UTC

    def within(self) -> Run:
        """The same for rows, whose members are found before what is around them; each row's come into its scope."""
        return Run(Scope(None, self.scope), self.functions, self.now, self.left)

    def spend(self, work: int) -> None:
        """Raises ExpressionError when the answers make the expression cost more than it may."""
        self.left -= work
        if self.left < 0:
            raise ExpressionError("With these answers the expression takes too long to work out.", 0)

    def spend_on(self, left: Any, right: Any, *, each: bool = False) -> None:
        """What it costs to look at two values; where `each` part of one is looked for in the other, it multiplies."""
        one, other = weight(left), weight(right)
        self.spend(one * other if each else one + other)


Work = Callable[[Run], Any]
"""What a part of an expression comes to in a run."""


def weight(value: Any) -> int:
    """How many values there are in a value; a long text counts as several."""
    if isinstance(value, str):
        return 1 + len(value) // LIGHT_TEXT
    total, ahead = 1, [value] if isinstance(value, list | dict) else []
    while ahead:
        held = ahead.pop()
        total += len(held)
        for one in held.values() if isinstance(held, dict) else held:
            if type(one) is str:
                total += len(one) // LIGHT_TEXT
            elif type(one) not in LIGHT and isinstance(one, list | dict):
                ahead.append(one)
    return total
