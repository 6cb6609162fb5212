"""How far each part of the load is, for whoever waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Tell(Protocol):
    """Is told of a part that so many of so many are done."""

    def __call__(self, part: str, done: int, of: int) -> None: ...


def nobody(part: str, done: int, of: int) -> None:
    """Nobody waits."""


def told(rows: Sequence[T], part: str, tell: Tell, *, every: int = 50) -> Iterator[T]:
    """The rows one by one; `tell` is told as they are taken."""
    tell(part, 0, len(rows))
    for place, row in enumerate(rows, start=1):
        yield row
        if place % every == 0:
            tell(part, place, len(rows))
    tell(part, len(rows), len(rows))
