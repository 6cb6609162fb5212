"""Where an expression finds the answers that it names."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from kithkin.questionnaire.expressions.comparing import in_units
from kithkin.questionnaire.expressions.numbers import as_number
from kithkin.questionnaire.expressions.values import UNDEFINED, is_nothing, to_text

_LENGTH = "length"
_LONGEST_PLACE = 19


class Found(NamedTuple):
    """An answer that is there, be it null; `ordered` where the order of a list is part of it, as in a ranking."""

    value: Any
    ordered: bool = False


class Stretch(NamedTuple):
    """Names of a path up to the place in a list that they lead to, or to the end: "row.panel[0]". Places below 0 count
    from the end.
    """

    names: tuple[str, ...]
    place: float | None = None


class Scope:
    """The answers by name. A replay overrides what only it can know: display texts, properties, what is ready.

    Paths go through objects and lists: "panel[0].q", "row.col", "q.length". A name with dots in it is found before its
    parts are; names are found whatever their case.

    >>> Scope({"panel": [{"q": 5}, {"q": 7}], "first.name": "Ada"}).find("Panel[-1].Q")
    Found(value=7, ordered=False)
    """

    def __init__(self, values: Any, around: Scope | None = None) -> None:
        self.values = values
        self.around = around

    def effort(self, name: str) -> int:
        """What it may cost to find a name: where it does not stand as written, every name is looked at, and every
        beginning of a path.
        """
        values, here = self.values, 1 + name.count(".") ** 2 // 16
        if type(values) is dict or isinstance(values, Mapping):
            if name in values:
                return 1
            here += len(values) // 32
        return here if self.around is None else here + self.around.effort(name)

    def find(self, name: str) -> Found | None:
        """The answer at a path, or None where there is none; the length of what is not there is 0."""
        found = self.look(name)
        return Found(0) if found is None and name.endswith("." + _LENGTH) else found

    def look(self, name: str) -> Found | None:
        """The answer at a path here, or else around; "$name" asks for a property of an element."""
        if name.startswith("$"):
            return self.element(name[1:])
        found = walk(self.values, name)
        return self.around.look(name) if found is None and self.around is not None else found

    def element(self, name: str) -> Found | None:
        """What "$name.property" asks for; here, where elements are not known, the answer."""
        return self.look(name)

    def original(self, name: str) -> Found | None:
        """The answer as it was given, where expressions otherwise see a part of it only: choices that are objects."""
        return self.find(name)

    def text(self, name: str) -> str | None:
        """What piping shows for a path, or None where there is none."""
        found = self.find(name)
        if found is None:
            return None
        return "" if is_nothing(found.value) else to_text(found.value)

    def display_value(self, question: str, value: Any = None) -> Any:
        """What the respondent reads for the answer of a question, or for a given value of it."""
        return self.around.display_value(question, value) if self.around else None

    def property_value(self, question: str, name: str) -> Any:
        """A property of a question, as it is now."""
        return self.around.property_value(question, name) if self.around else None

    def comment(self, question: str, item: Any = None) -> Any:
        """What was written beside a question, or beside one of its choices."""
        return self.around.comment(question, item) if self.around else None

    def is_ready(self, container: str, place: int | None = None) -> bool:
        """Whether a page, a panel or a dynamic panel has no errors."""
        return self.around.is_ready(container, place) if self.around else False

    def is_display_mode(self) -> bool | None:
        """Whether the questionnaire is only shown; None where there is no questionnaire."""
        return self.around.is_display_mode() if self.around else None


def walk(values: Any, name: str) -> Found | None:
    """The value at a path; the longest name that fits is taken first."""
    if (type(values) is dict or isinstance(values, Mapping)) and name in values and not name.endswith("]"):
        return Found(values[name])
    value = values
    for names, place in path(name):
        value = member(value, names[0]) if len(names) == 1 else _within(value, names)
        if place is not None:
            value = _at(value, place)
        if value is UNDEFINED:
            return None
    return Found(value)


def _within(value: Any, names: tuple[str, ...]) -> Any:
    at = 0
    while at < len(names) and value is not UNDEFINED:
        for end in range(len(names), at, -1):
            found = member(value, ".".join(names[at:end]))
            if found is not UNDEFINED:
                break
        value, at = found, end
    return value


def _at(value: Any, place: float) -> Any:
    if not isinstance(value, list):
        return UNDEFINED
    index = place + len(value) if place < 0 else place
    return value[int(index)] if 0 <= index < len(value) and index == int(index) else UNDEFINED


def member(value: Any, name: str) -> Any:
    """The member of an object by its name, whatever the case; a list's elements have their places as names."""
    if isinstance(value, list | str):
        return _of_list(value, name)
    if not name or not (type(value) is dict or isinstance(value, Mapping)):
        return UNDEFINED
    if name in value:
        return value[name]
    lowered, length = name.lower(), len(name)
    if lowered not in "\0".join(value).lower():  # all names at once, which is much quicker than one after the other
        return UNDEFINED
    return next((one for key, one in value.items() if len(key) == length and key.lower() == lowered), UNDEFINED)


def _of_list(value: list[Any] | str, name: str) -> Any:
    if name == _LENGTH:
        return len(value) if isinstance(value, list) else len(in_units(value)) // 2
    if isinstance(value, str) or not (name.isascii() and name.isdigit()):
        return UNDEFINED
    place = int(name) if len(name) < _LONGEST_PLACE else len(value)
    return value[place] if place < len(value) else UNDEFINED


@lru_cache(maxsize=4096)
def path(name: str) -> tuple[Stretch, ...]:
    """A path taken apart: names between dots, some with a place in brackets behind them."""
    found: list[Stretch] = []
    names: list[str] = []
    for part in name.split("."):
        start = part.rfind("[") if part.endswith("]") else -1
        place = as_number(part[start + 1 : -1]) if start >= 0 else math.nan
        if math.isnan(place):
            names.append(part)
        else:
            found.append(Stretch((*names, part[:start]), place))
            names = []
    return (*found, Stretch(tuple(names))) if names else tuple(found)
