"""A comment that fits its score, its place and what the same person marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kithkin.demo.records.words.english import ENGLISH
from kithkin.demo.records.words.german import GERMAN
from kithkin.demo.records.words.lists import Phrases

_LIKELY, _PASSIVE = 9, 7


@dataclass(frozen=True)
class Said:
    """What a comment has to fit: where, the recommendation 0…10, the marks 1…5 of drivers, the language."""

    touchpoint: str
    score: int
    marks: Mapping[str, int]
    german: bool


class _Choice:
    """Picks by one number, the same for the same number."""

    def __init__(self, number: int) -> None:
        self._left = (number * 0x9E3779B97F4A7C15 + 0x7F4A7C15) % 2**64

    def of(self, phrases: Phrases) -> str:
        return phrases[self.below(len(phrases))]

    def below(self, count: int) -> int:
        self._left = (self._left * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self._left >> 33) % count


def comment(said: Said, number: int) -> str:
    """In one to three sentences; another number says it otherwise.

    >>> comment(Said("Purchase", 2, {"waiting": 1}, german=False), 4)
    'One till open on a Saturday afternoon. The waiting is the worst. That was it for me.'
    """
    words, choice = GERMAN if said.german else ENGLISH, _Choice(number)
    if _PASSIVE <= said.score < _LIKELY and choice.below(3):
        parts = [choice.of(words.middling)]
    else:
        happy = said.score >= _PASSIVE
        parts = [choice.of((words.good if happy else words.bad)[said.touchpoint])]
        driver = _told(said.marks, happy=happy)
        if driver and choice.below(2):
            parts.append(choice.of((words.pleased if happy else words.displeased)[driver]))
        parts.append(choice.of(words.happy_end if happy else words.sad_end))
    text = " ".join(part for part in parts if part)
    if "{" not in text:
        return text
    thing = choice.of(words.things)
    return text.format(
        n=3 + choice.below(40), day=choice.of(words.days), thing=thing, Thing=thing[0].upper() + thing[1:]
    )


def _told(marks: Mapping[str, int], *, happy: bool) -> str | None:
    """The driver that pleased most, or least."""
    if not marks:
        return None
    return max(marks, key=lambda name: marks[name]) if happy else min(marks, key=lambda name: marks[name])
