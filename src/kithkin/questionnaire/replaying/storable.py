"""What can be stored: texts, numbers, moments and objects that are what they should be; the rest is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from kithkin.questionnaire.replaying.result import Reason

LONGEST_TEXT = 100_000
_LONGEST_MOMENT = 40
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_WEEK = re.compile(r"\d{4}-W\d\d")


class Refused(Exception):
    """The answer is none that the question can have."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def text(value: Any, longest: int) -> str:
    """A text that is not too long and can be stored everywhere."""
    if not isinstance(value, str):
        raise Refused(Reason.WRONG_TYPE)
    if len(value) > (min(longest, LONGEST_TEXT) if longest > 0 else LONGEST_TEXT):
        raise Refused(Reason.TOO_LONG)
    return storable(value)


def storable(value: str) -> str:
    """The text, where every database can hold it: no NUL in it, and no half of a character."""
    if "\0" in value:
        raise Refused(Reason.WRONG_TYPE)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Refused(Reason.WRONG_TYPE) from None
    return value


def number(value: Any) -> float:
    """A finite number; a text that spells one is one."""
    if isinstance(value, str) and len(value) < 400 and "_" not in value:
        try:
            value = float(value)
        except ValueError:
            raise Refused(Reason.WRONG_TYPE) from None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e300:
        raise Refused(Reason.WRONG_TYPE)
    return int(value) if value == int(value) else value


def mapping(raw: Any) -> Mapping[str, Any]:
    """An object whose names are texts."""
    if not isinstance(raw, Mapping) or len(raw) > 10_000 or not all(isinstance(name, str) for name in raw):
        raise Refused(Reason.WRONG_TYPE)
    return raw


def is_written(value: str, kind: str) -> bool:
    """Whether a text is written as an input of a kind hands it in: a day, a time, a month, a colour."""
    return kind not in _WRITTEN or bool(_WRITTEN[kind](value))


def _reads(parse: Callable[[str], Any]) -> Callable[[str], bool]:
    def reads(value: str) -> bool:
        if len(value) > _LONGEST_MOMENT:  # digits of a second without end would be read
            return False
        try:
            parse(value)
        except ValueError:
            return False
        return True

    return reads


_WRITTEN: dict[str, Callable[[str], Any]] = {
    "date": lambda value: len(value) == 10 and "W" not in value and _reads(date.fromisoformat)(value),
    "datetime": lambda value: "T" in value and _reads(datetime.fromisoformat)(value),
    "datetime-local": lambda value: "T" in value and _reads(datetime.fromisoformat)(value),
    "time": lambda value: ":" in value and _reads(time.fromisoformat)(value),
    "month": _MONTH.fullmatch,
    "week": lambda value: _WEEK.fullmatch(value) and _reads(date.fromisoformat)(value),
    "color": _COLOUR.fullmatch,
}
