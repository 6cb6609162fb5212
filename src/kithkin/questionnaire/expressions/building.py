"""Nodes, made by the parser as it goes: no tree is ever walked that could be too deep to walk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lark import Token, Transformer

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
from kithkin.questionnaire.expressions.operators import OPERATORS, Operator

DEEPEST = 100
"""Levels of brackets, functions, negations and operators within one another."""

_WORDS = {
    "or": "or ||",
    "and": "and &&",
    "plus": "+",
    "minus": "-",
    "times": "*",
    "divided": "/",
    "rest": "%",
    "power": "^ power",
    "equal": "= == equal",
    "unequal": "!= notequal",
    "greater": "> greater",
    "greater_or_equal": ">= greaterorequal",
    "less": "< less",
    "less_or_equal": "<= lessorequal",
    "contains": "*= contains contain",
    "lacks": "notcontains notcontain",
    "any_of": "anyof",
    "none_of": "noneof",
    "all_of": "allof",
}
_OPERATORS = {word: OPERATORS[name] for name, words in _WORDS.items() for word in words.split()}
_ESCAPED = re.compile(r"\\(['\"])")


class Builder(Transformer[Token, Node]):
    """Called by the parser with the parts of each rule of the grammar."""

    def chain(self, parts: Sequence[Any]) -> Node:
        """Operands and the operators between them; one operand alone is itself."""
        head, rest = parts[0], parts[1:]
        return _chain(head, [(_OPERATORS[rest[i].lower()], rest[i + 1]) for i in range(0, len(rest), 2)])

    def containing(self, parts: Sequence[Any]) -> Node:
        """The same where the operator may stand without its second operand."""
        return _chain(parts[0], parts[1:])

    def containment(self, parts: Sequence[Any]) -> tuple[Operator, Node]:
        """An operator with what it looks for."""
        return _OPERATORS[parts[0].lower()], parts[1] if len(parts) > 1 else Null()

    def inside(self, parts: Sequence[Any]) -> Node:
        """What stands in brackets."""
        _check(parts[0], parts[1:])
        return parts[1]  # type: ignore[no-any-return]

    def negated(self, parts: Sequence[Any]) -> Node:
        """Not."""
        return Negated(parts[1], **_measured(parts[0], parts[1:]))

    def emptiness(self, parts: Sequence[Any]) -> Node:
        """Empty or not."""
        return Emptiness(parts[0], parts[1].lower() == "empty", **_measured(parts[1], parts[:1]))

    def listed(self, parts: Sequence[Any]) -> Node:
        """A list in square brackets."""
        return Listed(parts[1], **_measured(parts[0], parts[1]))

    def no_elements(self, _: Sequence[Any]) -> Node:
        """A list of nothing."""
        return Listed(())

    def call(self, parts: Sequence[Any]) -> Node:
        """A function and its arguments."""
        arguments = parts[1] if len(parts) > 1 else ()
        return Call(parts[0].rstrip("()"), arguments, **_measured(parts[0], arguments))

    def arguments(self, parts: Sequence[Any]) -> tuple[Node, ...]:
        """Elements or arguments. When the first is null, survey-core takes none of them."""
        return () if isinstance(parts[0], Null) else tuple(parts)

    def no_arguments(self, _: Sequence[Any]) -> tuple[Node, ...]:
        """What begins with a comma."""
        return ()

    def null(self, _: Sequence[Any]) -> Node:
        """Nothing."""
        return Null()

    def truth(self, parts: Sequence[Any]) -> Node:
        """True or false."""
        return Literal(parts[0].lower() == "true")

    def hexadecimal(self, parts: Sequence[Any]) -> Node:
        """A number to the base of 16, of the digits 0 to 9 only."""
        return Literal(leading_integer(parts[0]))

    def number(self, parts: Sequence[Any]) -> Node:
        """A number."""
        return Literal(leading_float(parts[0]))

    def word(self, parts: Sequence[Any]) -> Node:
        """A text without quotes."""
        return Literal(str(parts[0]))

    def text(self, parts: Sequence[Any]) -> Node:
        """A text between quotes."""
        return Literal(_ESCAPED.sub(r"\1", parts[0][1:-1]))

    def variable(self, parts: Sequence[Any]) -> Node:
        """A path; with # before it the answer is taken as it is."""
        name = parts[0][1:-1]
        as_it_is = len(name) > 1 and name[0] == "#"
        return Variable(name[1:] if as_it_is else name, as_it_is)


def _chain(head: Node, steps: Sequence[tuple[Operator, Node]]) -> Node:
    if not steps:
        return head
    parts = [head, *(node for _, node in steps)]
    depth = 1 + max(part.depth for part in parts)
    return Chain(head, tuple(steps), depth=depth, size=1 + sum(part.size for part in parts))


def _measured(token: Token, parts: Sequence[Node]) -> dict[str, int]:
    _check(token, parts)
    return {
        "depth": 1 + max((part.depth for part in parts), default=0),
        "size": 1 + sum(part.size for part in parts),
    }


def _check(token: Token, parts: Sequence[Node]) -> None:
    if any(part.depth >= DEEPEST for part in parts):
        message = f"What begins here is nested more than {DEEPEST} levels deep."
        raise ExpressionError(message, token.start_pos or 0)
