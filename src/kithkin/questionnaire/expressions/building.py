"""Nodes from what the parser finds, each with its depth and size; what is too deep is refused where it begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kithkin.questionnaire.expressions.errors import ExpressionError
from kithkin.questionnaire.expressions.nodes import (
    Call,
    Chain,
    Emptiness,
    Listed,
    Literal,
    Negated,
    Node,
    Null,
    Variable,
)
from kithkin.questionnaire.expressions.numerals import leading_float, leading_integer
from kithkin.questionnaire.expressions.operators import Operator

DEEPEST = 100
"""Levels of brackets, functions, negations and operators within one another."""

_ESCAPED = re.compile(r"\\(['\"])")


def null(_: str) -> Node:
    """Nothing."""
    return Null()


def truth(said: str) -> Node:
    """True or false."""
    return Literal(said.lower() == "true")


def hexadecimal(said: str) -> Node:
    """A number to the base of 16, of the digits 0 to 9 only."""
    return Literal(leading_integer(said))


def number(said: str) -> Node:
    """A number."""
    return Literal(leading_float(said))


def word(said: str) -> Node:
    """A text without quotes."""
    return Literal(said)


def text(said: str) -> Node:
    """A text between quotes."""
    return Literal(_ESCAPED.sub(r"\1", said[1:-1]))


@lru_cache(maxsize=4_096)
def variable(said: str) -> Node:
    """A path; with # before it the answer is taken as it is."""
    name = said[1:-1]
    as_it_is = len(name) > 1 and name[0] == "#"
    return Variable(name[1:] if as_it_is else name, as_it_is)


def chain(head: Node, steps: Sequence[tuple[Operator, Node]]) -> Node:
    """Operands and the operators of one rank between them."""
    depth, size = head.depth, head.size
    for _, node in steps:
        depth = max(depth, node.depth)
        size += node.size
    return Chain(head, tuple(steps), depth=1 + depth, size=1 + size)


def inside(content: Node, at: int) -> Node:
    """What stands in brackets."""
    _check(at, (content,))
    return content


def negated(operand: Node, at: int) -> Node:
    """Not."""
    return Negated(operand, **_measured(at, (operand,)))


def emptiness(operand: Node, *, wanted: bool) -> Node:
    """Whether a variable or a literal is empty, or is not."""
    return Emptiness(operand, wanted, depth=1 + operand.depth, size=1 + operand.size)


def listed(items: Sequence[Node], at: int) -> Node:
    """A list in square brackets."""
    taken = _taken(items)
    return Listed(taken, **_measured(at, taken))


def call(name: str, arguments: Sequence[Node], at: int) -> Node:
    """A function and its arguments."""
    taken = _taken(arguments)
    return Call(name.rstrip("()"), taken, **_measured(at, taken))


def _taken(items: Sequence[Node]) -> tuple[Node, ...]:
    """Elements or arguments. When the first is null, survey-core takes none of them."""
    return () if items and isinstance(items[0], Null) else tuple(items)


def _measured(at: int, parts: Sequence[Node]) -> dict[str, int]:
    _check(at, parts)
    return {
        "depth": 1 + max((part.depth for part in parts), default=0),
        "size": 1 + sum(part.size for part in parts),
    }


def _check(at: int, parts: Sequence[Node]) -> None:
    if any(part.depth >= DEEPEST for part in parts):
        raise ExpressionError(f"What begins here is nested more than {DEEPEST} levels deep.", at)
