"""Reckoning with dates as other formats write it: terms one after the other, and how far two dates lie apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def one_by_one(first: T, operators: Sequence[str], rest: Sequence[T], step: Callable[[T, str, T], T]) -> T:
    """Each term joined to what those before it make.

    >>> one_by_one(10, ["-", "-"], [3, 2], lambda left, _, right: left - right)
    5
    """
    found = first
    for operator, other in zip(operators, rest, strict=True):
        found = step(found, operator, other)
    return found


def apart(later: str, earlier: str, unit: str) -> str:
    """How many units from the one date to the other, below zero where they stand the other way round."""
    distance = f"dateDiff({earlier}, {later}, '{unit}')"
    return f"iif({later} < {earlier}, 0 - {distance}, {distance})"
