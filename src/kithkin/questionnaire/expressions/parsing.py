"""From text to nodes, by the grammar beside this file; errors point at the character."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from lark import Lark, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from kithkin.questionnaire.expressions.building import Builder
from kithkin.questionnaire.expressions.compiling import compiled
from kithkin.questionnaire.expressions.errors import ExpressionError
from kithkin.questionnaire.expressions.nodes import Node, Variable
from kithkin.questionnaire.expressions.run import Work

LONGEST = 32_768
_SHORT = 1_000

_SPELLINGS = (("=>", ">="), ("=<", "<="), ("<>", "!="), ("equals", "equal "))


@dataclass(frozen=True, slots=True)
class Parsed:
    """An expression's root, the paths it names, and what works it out."""

    root: Node
    names: frozenset[str]
    work: Work


def parsed(text: str) -> Parsed:
    """The parts of an expression; equal texts are read once, and some 60 MB kept at most. Raises ExpressionError."""
    if len(text) > LONGEST:
        raise ExpressionError(f"An expression has at most {LONGEST:,} characters; this has {len(text):,}.", LONGEST)
    return _read_short(text) if len(text) <= _SHORT else _read_long(text)


def _read(text: str) -> Parsed:
    mended = text
    for misspelt, spelt in _SPELLINGS:
        mended = mended.replace(misspelt, spelt)
    try:
        root: Node = _parser().parse(mended)  # type: ignore[assignment]  # the builder makes nodes of the tree
    except UnexpectedInput as error:
        raise _refusal(error, text) from None
    return Parsed(root, frozenset(_names(root)), compiled(root))


_read_short = lru_cache(maxsize=1024)(_read)
_read_long = lru_cache(maxsize=16)(_read)


@cache
def _parser() -> Lark:
    return Lark.open(
        "grammar.lark",
        rel_to=__file__,
        parser="lalr",
        lexer="contextual",
        transformer=Builder(),
        maybe_placeholders=False,
    )


def _names(node: Node) -> Iterator[str]:
    if isinstance(node, Variable):
        yield node.name
    for part in node.parts():
        yield from _names(part)


def _refusal(error: UnexpectedInput, text: str) -> ExpressionError:
    """What a person can act on: what stands there, and that it cannot stand there."""
    at = cast("int | None", error.pos_in_stream)
    if (isinstance(error, UnexpectedToken) and error.token.type == "$END") or at is None or at >= len(text):
        return ExpressionError("The expression ends too early: something must follow.", len(text.rstrip()))
    if isinstance(error, UnexpectedCharacters) and text[at] in "'\"{":
        closing = "}" if text[at] == "{" else text[at]
        return ExpressionError(f"What begins with {text[at]} is not closed with {closing} as it should be.", at)
    return ExpressionError(f"{text[at]!r} cannot stand here.", at)
