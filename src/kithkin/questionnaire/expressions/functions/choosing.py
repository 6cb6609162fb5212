"""Functions that choose and cut."""

from __future__ import annotations

import math
from typing import Any

from kithkin.questionnaire.expressions.asked import Asked, Builtin
from kithkin.questionnaire.expressions.numbers import stands_for_number
from kithkin.questionnaire.expressions.values import to_number


def iif(asked: Asked) -> Any:
    """The second argument where the first is true, else the third."""
    if len(asked.values) < 2:
        return None
    return asked.value(1) if asked.given(0) else asked.value(2)


def substring(asked: Asked) -> str:
    """A piece of a text, counted in 16-bit units as JavaScript does."""
    text, start, end = asked.value(0), asked.value(1), asked.value(2)
    if not isinstance(text, str) or not stands_for_number(start):
        return ""
    units = text.encode("utf-16-le", "surrogatepass")
    length = len(units) // 2
    first = _within(to_number(start), length)
    last = _within(to_number(end), length) if stands_for_number(end) else length
    low, high = sorted((first, last))
    return units[2 * low : 2 * high].decode("utf-16-le", "surrogatepass")


def _within(place: float, length: int) -> int:
    return 0 if math.isnan(place) else int(min(max(place, 0), length))


FUNCTIONS: dict[str, Builtin] = {"iif": iif, "substring": substring}
