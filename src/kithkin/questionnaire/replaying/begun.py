"""What a whole began with, by default, in each of its rows or panels: nobody can change what is disabled of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kithkin.questionnaire.replaying.emptiness import is_empty
from kithkin.questionnaire.replaying.options import is_scalar, spelled


@dataclass(frozen=True, slots=True)
class Begun:
    """What was there at a place before anybody answered. Rows without names move: what stood in any of them is kept,
    and together what stood in the same.
    """

    said: tuple[Any, ...] = ()
    named: bool = True

    def at(self, key: str) -> Begun:
        """The same of a question, or of a row with a name."""
        inside = (each.get(key) for each in self.said if isinstance(each, Mapping))
        return Begun(tuple(value for value in inside if not is_empty(value)), self.named)

    def anywhere(self) -> Begun:
        """The same of a row or panel, whichever it was."""
        return Begun(tuple(one for each in self.said if isinstance(each, list) for one in each), named=False)

    def held(self, handed_in: Any) -> Any:
        """What what is disabled holds; None where it began with nothing, or what was handed in never stood there."""
        if self.named:
            return self.said[0] if self.said else None
        name = spelled(handed_in) if is_scalar(handed_in) else None
        alike = (each for each in self.said if each == handed_in or (is_scalar(each) and spelled(each) == name))
        return next(alike, None)

    def beside(self, key: str, held: Any) -> Begun:
        """The same of the rows or panels in which this stood."""
        if self.named:
            return self
        return Begun(
            tuple(each for each in self.said if isinstance(each, Mapping) and each.get(key) == held), named=False
        )


NOTHING = Begun()
