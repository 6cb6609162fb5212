"""Expressions grown from the grammar: every operator between all operands, and nestings by a seeded chance."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import product

from tests.questionnaire.expressions.operands import OPERANDS, OPERATORS, PATHS, VALUES
from tests.questionnaire.expressions.survey_core import Question


def pairs() -> Iterator[Question]:
    """Every operator between every pair of operands, and what stands before or behind one alone."""
    for spellings, left, right in product(OPERATORS, OPERANDS, OPERANDS):
        yield Question(f"{left} {spellings[0]} {right}", VALUES)
    for operand in [*OPERANDS, *PATHS]:
        for around in ("%s", "!%s", "negate %s", "%s empty", "%s notempty", "%s contains", "[%s]", "[%s, %s]"):
            yield Question(around.replace("%s", operand), VALUES)


class Grower:
    """Grows expressions from a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def expression(self, depth: int) -> str:
        """One of at most so many levels."""
        if depth <= 1 or self.chance.random() < 0.15:
            return self.chance.choice([*OPERANDS, *PATHS])
        grow: Callable[[int], str] = self.chance.choices(
            [self._binary, self._negated, self._emptiness, self._list, self._call, self._brackets], [10, 1, 1, 1, 4, 2]
        )[0]
        return grow(depth - 1)

    def _binary(self, depth: int) -> str:
        operator = self.chance.choice(self.chance.choice(OPERATORS))
        space = self.chance.choice([" ", " ", "  ", "\n"])
        return f"{self.expression(depth)}{space}{operator} {self.expression(depth)}"

    def _negated(self, depth: int) -> str:
        return self.chance.choice(["!", "! ", "negate "]) + self._brackets(depth)

    def _emptiness(self, _: int) -> str:
        return f"{self.chance.choice([*PATHS, *OPERANDS])} {self.chance.choice(['empty', 'notempty', 'NotEmpty'])}"

    def _list(self, depth: int) -> str:
        return f"[{', '.join(self.expression(depth) for _ in range(self.chance.randint(1, 3)))}]"

    def _brackets(self, depth: int) -> str:
        return f"({self.expression(depth)})"

    def _call(self, depth: int) -> str:
        name = self.chance.choice(
            ["iif", "iif", "sum", "avg", "min", "max", "count", "round", "trunc", "substring", "unknown"]
        )
        return f"{name}({', '.join(self.expression(depth) for _ in range(self.chance.randint(1, 4)))})"


def nestings(seed: int, number: int, depth: int = 4) -> Iterator[Question]:
    """Random expressions to a depth."""
    grower = Grower(seed)
    for _ in range(number):
        yield Question(grower.expression(depth), VALUES)
