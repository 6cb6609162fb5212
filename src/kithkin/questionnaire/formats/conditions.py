"""Expressions put together from parts. Every part that comes back can stand in another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kithkin.questionnaire.expressions import ExpressionError, compile_expression, literal

__all__ = ["ALWAYS", "NEVER", "all_of", "answer", "any_of", "compared", "inside", "is_readable", "literal", "negated"]

ALWAYS = "true"
NEVER = "false"


def answer(*path: str) -> str:
    """The answer at a path: `{question.row}`."""
    return "{" + ".".join(path) + "}"


def compared(left: str, operator: str, right: Any) -> str:
    """Two sides and an operator between them; `right` is a value."""
    return f"{left} {operator} {literal(right)}"


def all_of(parts: Iterable[str | None]) -> str | None:
    """True where all are; None where there is nothing to ask. What is always true is left out."""
    found = list(dict.fromkeys(part for part in parts if part and part != ALWAYS))
    if NEVER in found:
        return NEVER
    return found[0] if len(found) == 1 else " and ".join(map(inside, found)) or None


def any_of(parts: Iterable[str | None]) -> str | None:
    """True where one is; None where there is nothing to ask, or one part asks nothing."""
    found = list(dict.fromkeys(part or ALWAYS for part in parts))
    if ALWAYS in found:
        return None
    found = [part for part in found if part != NEVER] or found[:1]
    return found[0] if len(found) == 1 else " or ".join(map(inside, found)) or None


def negated(part: str | None) -> str:
    """True where the part is not. None, which asks nothing, is always true."""
    if part in {None, ALWAYS}:
        return NEVER
    return ALWAYS if part == NEVER else f"!({part})"


def inside(part: str) -> str:
    """In brackets."""
    return f"({part})"


def is_readable(expression: str) -> bool:
    """Whether the engine reads it."""
    try:
        compile_expression(expression)
    except ExpressionError:
        return False
    return True
