"""What an expression is made of, as it was read; `compiling` makes it work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kithkin.questionnaire.expressions.operators import Operator


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression. `depth` counts the levels below it, `size` all the parts."""

    depth: int = field(default=1, kw_only=True, compare=False)
    size: int = field(default=1, kw_only=True, compare=False)

    def parts(self) -> tuple[Node, ...]:
        """The parts that it is made of."""
        return ()


@dataclass(frozen=True, slots=True)
class Null(Node):
    """The word null. It is an operand, but nothing that could be negated or be an element of a list."""


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, a text, a word, true or false."""

    value: Any


@dataclass(frozen=True, slots=True)
class Variable(Node):
    """The answer at a path. Texts that look like numbers become numbers, unless asked for as they are with {#path}."""

    name: str
    as_it_is: bool = False


@dataclass(frozen=True, slots=True)
class Listed(Node):
    """A list of operands."""

    items: tuple[Node, ...]

    def parts(self) -> tuple[Node, ...]:
        """The elements."""
        return self.items


@dataclass(frozen=True, slots=True)
class Negated(Node):
    """Not."""

    operand: Node

    def parts(self) -> tuple[Node, ...]:
        """The operand."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Emptiness(Node):
    """Whether an operand is empty, or is not."""

    operand: Node
    wanted: bool

    def parts(self) -> tuple[Node, ...]:
        """The operand."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Operands with operators of one rank between them, worked out from left to right; all operands are looked at."""

    head: Node
    steps: tuple[tuple[Operator, Node], ...]

    def parts(self) -> tuple[Node, ...]:
        """The operands."""
        return (self.head, *(node for _, node in self.steps))


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function by its name, with its arguments."""

    name: str
    arguments: tuple[Node, ...]

    def parts(self) -> tuple[Node, ...]:
        """The arguments."""
        return self.arguments
