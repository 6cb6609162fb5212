"""What a function is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from kithkin.questionnaire.expressions.nodes import Node
from kithkin.questionnaire.expressions.run import Run, Work
from kithkin.questionnaire.expressions.values import UNDEFINED, is_true


class Argument(NamedTuple):
    """An argument as it was read, and what works it out."""

    node: Node
    work: Work


@dataclass(slots=True)
class Asked:
    """The values of the arguments, the arguments themselves, and what may be looked at."""

    values: list[Any]
    arguments: Sequence[Argument]
    run: Run

    def value(self, place: int) -> Any:
        """An argument's value; undefined where none is given."""
        return self.values[place] if place < len(self.values) else UNDEFINED

    def given(self, place: int) -> bool:
        """Whether an argument is given, and is not empty, 0 or false."""
        return is_true(self.value(place))


Builtin = Callable[[Asked], Any]
