"""The lists that comments are put together from."""

from __future__ import annotations

from dataclasses import dataclass

Phrases = tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """Of one language: by touchpoint what went well or badly, by driver what pleased or not, and how it ends."""

    days: Phrases
    things: Phrases
    good: dict[str, Phrases]
    bad: dict[str, Phrases]
    pleased: dict[str, Phrases]
    displeased: dict[str, Phrases]
    happy_end: Phrases
    sad_end: Phrases
    middling: Phrases
