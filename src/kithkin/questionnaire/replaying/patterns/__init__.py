"""Regular expressions as JavaScript has them, matched in time that grows with the text and never explodes.

A respondent's text is held against a questionnaire's pattern on the server, so a pattern such as `(a+)+$` must not be
able to keep it busy: here every way through the pattern is followed at once, letter by letter (Thompson 1968), and no
way is ever tried again. What that cannot do (references back, looking behind) is named and not checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kithkin.questionnaire.replaying.patterns.following import found
from kithkin.questionnaire.replaying.patterns.making import emit
from kithkin.questionnaire.replaying.patterns.reading import Reader
from kithkin.questionnaire.replaying.patterns.room import Room, TooLong, Unsupported

LONGEST = 8_000
"""Letters of a pattern."""
LARGEST = 8_000
"""Instructions that a pattern comes to, those included that look ahead, and repetitions."""
MOST_STEPS = 2_000_000
MOST_WORK = 2 * MOST_STEPS
"""What one text may cost, where looking ahead and large sets of letters make a step cost more than one."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: instructions, of which the last is the end."""

    program: tuple[tuple[Any, ...], ...]

    def is_in(self, text: str, room: Room | None = None) -> bool:
        """Whether the pattern is found in a text. A text too long to look through counts as not fitting, and so does
        one for which there is no `room`, which several texts may share.
        """
        if len(self.program) * (len(text) + 1) > MOST_STEPS:
            return False
        most = MOST_WORK if room is None else min(MOST_WORK, room.left)
        own = Room(most, TooLong())
        try:
            return found(self.program, text, 0, own, anywhere=True)
        except TooLong:
            return False
        finally:
            if room is not None:
                room.left -= most - own.left


@lru_cache(maxsize=1_024)
def pattern(source: str, *, alike: bool = False) -> Pattern | str:
    """A compiled pattern, or in words what it holds that cannot be checked. `alike`: small and capital letters are.

    >>> pattern("^[a-z]{2}-\\\\d+$").is_in("de-12")
    True
    >>> pattern("(a+)+$").is_in("a" * 5_000 + "b")
    False
    """
    if len(source) > LONGEST:
        return f"more than {LONGEST:,} letters"
    try:
        tree = Reader(source, alike=alike).whole()
        program: list[tuple[Any, ...]] = []
        emit(tree, program, Room(LARGEST, Unsupported("too many repetitions")))
    except Unsupported as error:
        return str(error)
    return Pattern((*program, ("end",)))
