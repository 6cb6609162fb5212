"""What names stand for, and pieces of expressions of ours on their way."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.questionnaire.formats.conditions import is_readable
from kithkin.questionnaire.formats.infix import Untranslatable, check_fits


@dataclass(frozen=True, slots=True)
class Field:
    """What a name stands for: its place, whether it is a list of choices, a moment, and the repeat that it is in."""

    name: str
    several: bool = False
    moment: bool = False
    repeat: str = ""
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of an expression of ours."""

    text: str
    whole: bool = True
    moment: bool = False
    field: Field | None = None
    constant: str | int | float | None = None

    def __post_init__(self) -> None:
        check_fits(self.text)

    @property
    def inner(self) -> str:
        """As it can stand beside an operator."""
        return self.text if self.whole else f"({self.text})"


def number(said: str) -> Said:
    """A number."""
    found = float(said)
    if found > 1e15:
        raise Untranslatable("a number in it is too large")
    if found == int(found):
        return Said(str(int(found)), constant=int(found))
    return Said(f"{found:f}".rstrip("0"), constant=found)


def checked(text: str) -> str:
    """The text, if the engine reads it."""
    if not is_readable(text):
        raise Untranslatable("its translation is too long or too deep")
    return text
