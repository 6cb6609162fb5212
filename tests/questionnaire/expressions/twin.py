"""The published grammar of expressions, read by lark: what the parser by hand is held against."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partialmethod
from importlib.resources import files
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput

from kithkin.questionnaire import expressions
from kithkin.questionnaire.expressions import ExpressionError, building
from kithkin.questionnaire.expressions.nodes import Node, Null
from kithkin.questionnaire.expressions.tokens import OPERATOR_OF

SPELLINGS = (("=>", ">="), ("=<", "<="), ("<>", "!="), ("equals", "equal "))


def read(text: str) -> Node | None:
    """The root of an expression; None of what is none."""
    for misspelt, spelt in SPELLINGS:
        text = text.replace(misspelt, spelt)
    try:
        return _parser().parse(text)  # type: ignore[return-value]  # the builder makes nodes of the tree
    except (UnexpectedInput, ExpressionError):
        return None


@cache
def _parser() -> Lark:
    return Lark(
        (files(expressions) / "grammar.lark").read_text("utf-8"),
        parser="lalr",
        lexer="contextual",
        transformer=Builder(),
        maybe_placeholders=False,
    )


class Builder(Transformer[Token, Node]):
    """Called by lark with the parts of each rule."""

    def chain(self, parts: Sequence[Any]) -> Node:
        head, rest = parts[0], parts[1:]
        steps = [(OPERATOR_OF[rest[place].lower()], rest[place + 1]) for place in range(0, len(rest), 2)]
        return building.chain(head, steps) if steps else head

    def containing(self, parts: Sequence[Any]) -> Node:
        return building.chain(parts[0], parts[1:]) if parts[1:] else parts[0]

    def containment(self, parts: Sequence[Any]) -> Any:
        return OPERATOR_OF[parts[0].lower()], parts[1] if len(parts) > 1 else Null()

    def inside(self, parts: Sequence[Any]) -> Node:
        return building.inside(parts[1], parts[0].start_pos)

    def negated(self, parts: Sequence[Any]) -> Node:
        return building.negated(parts[1], parts[0].start_pos)

    def emptiness(self, parts: Sequence[Any]) -> Node:
        return building.emptiness(parts[0], wanted=parts[1].lower() == "empty")

    def listed(self, parts: Sequence[Any]) -> Node:
        return building.listed(parts[1], parts[0].start_pos)

    def no_elements(self, _: Sequence[Any]) -> Node:
        return building.listed((), 0)

    def call(self, parts: Sequence[Any]) -> Node:
        return building.call(parts[0], parts[1] if len(parts) > 1 else (), parts[0].start_pos)

    def arguments(self, parts: Sequence[Any]) -> Sequence[Node]:
        return parts

    def no_arguments(self, _: Sequence[Any]) -> Sequence[Node]:
        return ()

    def _atom(self, parts: Sequence[Any], kind: str) -> Node:
        return getattr(building, kind)(str(parts[0]))  # type: ignore[no-any-return]

    null = partialmethod(_atom, kind="null")
    truth = partialmethod(_atom, kind="truth")
    hexadecimal = partialmethod(_atom, kind="hexadecimal")
    number = partialmethod(_atom, kind="number")
    word = partialmethod(_atom, kind="word")
    text = partialmethod(_atom, kind="text")
    variable = partialmethod(_atom, kind="variable")
