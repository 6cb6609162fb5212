"""Values as JavaScript sees them: what is true, what is empty, and how one kind becomes another.

Answers are JSON, and stay Python's None, bool, int, float, str, list and dict. What is not there is `UNDEFINED`, which
differs from None in a few comparisons; a point in time is a `Moment`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime, time, tzinfo
from enum import Enum
from typing import Any, Final, TypeGuard

from kithkin.questionnaire.expressions.moments import Moment
from kithkin.questionnaire.expressions.numerals import float_of, number_to_text, text_to_number


class Absent(Enum):
    """The type of what is not there."""

    UNDEFINED = "undefined"


UNDEFINED: Final = Absent.UNDEFINED

_EXACT = 2**53
_AS_THEY_ARE = frozenset((type(None), str, bool, int, float, list, dict, Moment, Absent))


def is_nothing(value: object) -> bool:
    """Not there, or null."""
    return value is None or value is UNDEFINED


def is_number(value: object) -> TypeGuard[float]:
    """A number; to Python true and false are ones, here they are not."""
    return type(value) is int or type(value) is float


def is_whole(value: object) -> TypeGuard[float]:
    """A number without decimals, exact as a double."""
    if type(value) is int:
        return -_EXACT <= value <= _EXACT
    return type(value) is float and value.is_integer()


def is_true(value: object) -> bool:
    """What `!!value` says: all but nothing, false, 0, NaN and the empty text; an empty list is true."""
    if value is None or value is UNDEFINED:
        return False
    if isinstance(value, str | int):
        return bool(value)
    return type(value) is not float or not (value == 0 or math.isnan(value))


def is_empty(value: object) -> bool:
    """What counts as no answer: nothing, NaN, an empty text or list, and an object of such things alone."""
    kind = type(value)
    if kind is int or kind is bool:
        return False
    if kind is float:
        return value != value  # noqa: PLR0124 (NaN is not equal to itself)
    if isinstance(value, str | list):
        return not value
    if isinstance(value, dict):
        return all(is_empty(one) for one in value.values())
    return value is None or value is UNDEFINED


def to_text(value: object) -> str:
    """A value as JavaScript writes it into a text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_number(value):
        return number_to_text(value)
    if isinstance(value, list):
        return joined(value, ",")
    if isinstance(value, dict | Moment):
        return str(value) if isinstance(value, Moment) else "[object Object]"
    return "null" if value is None else "undefined"


def joined(values: list[Any], mark: str) -> str:
    """The elements' texts, nothing being written as nothing."""
    return mark.join("" if is_nothing(one) else to_text(one) for one in values)


def to_number(value: object) -> float:
    """A value as a number: null is 0, what is not there is NaN, lists and objects go through their text."""
    if value is None:
        return 0.0
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, int):
        return float_of(value)
    if isinstance(value, float):
        return value
    if isinstance(value, Moment):
        return value.milliseconds
    return math.nan if value is UNDEFINED else text_to_number(to_text(value))


def to_plain(value: object) -> object:
    """Lists, objects and moments as the text that they become when added or compared; the rest as it is."""
    return to_text(value) if isinstance(value, list | dict | Moment) else value


def from_json(value: Any, zone: tzinfo) -> Any:
    """An answer as it comes in: points in time become moments, whatever reads like a list or an object becomes one."""
    if type(value) in _AS_THEY_ARE:
        return float_of(value) if type(value) is int and abs(value) > _EXACT else value
    if isinstance(value, datetime):
        return Moment.of(value if value.tzinfo else value.replace(tzinfo=zone), zone)
    if isinstance(value, date):
        return Moment.of(datetime.combine(value, time(), zone), zone)
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple | set | frozenset) else to_json(value)


def to_json(value: Any) -> Any:
    """A result as JSON holds it: what JSON cannot hold (undefined, NaN, infinities) is None, moments are texts."""
    if isinstance(value, float):
        return _finite(value)
    if isinstance(value, Moment):
        return value.iso()
    if isinstance(value, list):
        return [to_json(one) for one in value]
    if isinstance(value, dict):
        return {name: to_json(one) for name, one in value.items()}
    return None if value is UNDEFINED else value


def _finite(value: float) -> float | None:
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < _EXACT else value
