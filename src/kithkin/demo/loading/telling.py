"""How far each part of the load is, for whoever waits."""

from __future__ import annotations

from typing import Protocol


class Tell(Protocol):
    """Is told of a part that so many of so many are done."""

    def __call__(self, part: str, done: int, of: int) -> None:
        """The part's name, in words."""


def nobody(part: str, done: int, of: int) -> None:
    """Nobody waits."""
