"""What a pattern may come to, and what one text may cost."""

from __future__ import annotations

from dataclasses import dataclass


class Unsupported(Exception):
    """A pattern that is none, or that holds what cannot be checked in bounded time."""


class TooLong(Exception):
    """The text costs more to look through than it may."""


@dataclass(slots=True)
class Room:
    """What may still be made, or done."""

    left: int
    refusal: Exception

    def take(self, much: int) -> None:
        """Raises the refusal where there is no room for so much."""
        self.left -= much
        if self.left < 0:
            raise self.refusal
