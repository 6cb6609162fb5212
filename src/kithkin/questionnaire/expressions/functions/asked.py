"""What a function is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kithkin.questionnaire.expressions.nodes import Node
from kithkin.questionnaire.expressions.run import Run
from kithkin.questionnaire.expressions.values import UNDEFINED, is_true


@dataclass(frozen=True, slots=True)
class Asked:
    """The values of the arguments, the arguments themselves, and what may be looked at."""

    values: list[Any]
    nodes: Sequence[Node]
    run: Run

    def value(self, place: int) -> Any:
        """An argument's value; undefined where none is given."""
        return self.values[place] if place < len(self.values) else UNDEFINED

    def given(self, place: int) -> bool:
        """Whether an argument is given, and is not empty, 0 or false."""
        return is_true(self.value(place))


Builtin = Callable[[Asked], Any]
