"""Expressions of other tools as trees: operands, operators between them, calls. Which there are, each format says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kithkin.questionnaire.expressions import LONGEST as MOST_LETTERS

LONGEST = 20_000
DEEPEST = 40
MOST_TOKENS = 4_000


class Untranslatable(Exception):
    """Something that cannot be said here; its text is the reason, as it stands in a loss report."""


def check_fits(translation: str) -> None:
    """Raises Untranslatable for a piece that no expression can hold.

    It is asked of each piece: a function that says its argument three times makes 3^40 of it within forty of itself.
    """
    if len(translation) > MOST_LETTERS:
        raise Untranslatable("its translation is too long")


class Kind(StrEnum):
    """What a part of an expression is."""

    NUMBER = "number"
    TEXT = "text"
    NAME = "name"
    CALL = "call"
    PREFIX = "prefix"
    CHAIN = "chain"


@dataclass(frozen=True, slots=True)
class Node:
    """A part. A chain has operands of one rank and one operator fewer, from left to right."""

    kind: Kind
    value: str
    parts: tuple[Node, ...] = ()
    operators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Syntax:
    """How a format writes expressions.

    `tokens` has the groups number, text, name and mark. `ranks` holds operators, those that bind loosest first;
    a name in operator's place is one of them in any case.
    """

    tokens: re.Pattern[str]
    ranks: tuple[frozenset[str], ...]
    prefixes: frozenset[str] = frozenset({"!", "-", "+"})
    escapes: bool = True
    known: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", frozenset().union(*self.ranks))

    def parsed(self, text: str) -> Node:
        """The tree. Raises Untranslatable."""
        if len(text) > LONGEST:
            raise Untranslatable(f"it has more than {LONGEST:,} characters")
        return _Parser(self, _tokens(self, text)).whole()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def _tokens(syntax: Syntax, text: str) -> list[_Token]:
    found: list[_Token] = []
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        match = syntax.tokens.match(text, place)
        if match is None or match.end() == place:
            raise Untranslatable(f"{text[place]!r} cannot be read in it")
        found.append(_Token(match.lastgroup or "mark", match[0]))
        if len(found) > MOST_TOKENS:
            raise Untranslatable("it is too long")
        place = match.end()
    return found


class _Parser:
    def __init__(self, syntax: Syntax, tokens: Sequence[_Token]) -> None:
        self._syntax, self._tokens = syntax, tokens
        self._place = self._depth = 0

    def whole(self) -> Node:
        if not self._tokens:
            raise Untranslatable("it is empty")
        found = self._ranked(0)
        if self._place < len(self._tokens):
            raise Untranslatable(f"{self._tokens[self._place].text[:40]!r} cannot stand there")
        return found

    def _peek(self) -> _Token:
        return self._tokens[self._place] if self._place < len(self._tokens) else _Token("end", "")

    def _next(self) -> _Token:
        token = self._peek()
        self._place += 1
        return token

    def _operator(self, rank: int) -> str | None:
        token = self._peek()
        if token.kind not in {"name", "mark"}:
            return None
        said = token.text.lower()
        return said if said in self._syntax.ranks[rank] else None

    def _ranked(self, rank: int) -> Node:
        if rank == len(self._syntax.ranks):
            return self._prefixed()
        parts, operators = [self._ranked(rank + 1)], []
        while operator := self._operator(rank):
            self._place += 1
            operators.append(operator)
            parts.append(self._ranked(rank + 1))
        return Node(Kind.CHAIN, "", tuple(parts), tuple(operators)) if operators else parts[0]

    def _prefixed(self) -> Node:
        token = self._peek()
        if token.kind == "mark" and token.text in self._syntax.prefixes:
            self._place += 1
            self._deeper()
            found = Node(Kind.PREFIX, token.text, (self._prefixed(),))
            self._depth -= 1
            return found
        return self._operand()

    def _operand(self) -> Node:
        token = self._next()
        if token.kind == "number":
            return Node(Kind.NUMBER, token.text)
        if token.kind == "text":
            return Node(Kind.TEXT, self._unquoted(token.text))
        if token.kind == "name":
            if self._peek().text == "(":
                self._place += 1
                return Node(Kind.CALL, token.text, self._arguments())
            return Node(Kind.NAME, token.text)
        if token.text == "(":
            self._deeper()
            found = self._ranked(0)
            self._depth -= 1
            self._expect(")")
            return found
        raise Untranslatable("it ends too early" if token.kind == "end" else f"{token.text!r} cannot stand there")

    def _arguments(self) -> tuple[Node, ...]:
        self._deeper()
        found: list[Node] = []
        while self._peek().text != ")":
            if found:
                self._expect(",")
            found.append(self._ranked(0))
        self._place += 1
        self._depth -= 1
        return tuple(found)

    def _expect(self, mark: str) -> None:
        if self._next().text != mark:
            raise Untranslatable(f"a {mark!r} is missing in it")

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Untranslatable(f"it is nested more than {DEEPEST} levels deep")

    def _unquoted(self, text: str) -> str:
        inner = text[1:-1]
        return re.sub(r"\\(['\"\\])", r"\1", inner) if self._syntax.escapes else inner
