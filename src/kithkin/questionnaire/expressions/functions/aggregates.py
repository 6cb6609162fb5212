"""Sums, means and extremes of all arguments, lists in them taken apart; numbers in texts count as numbers."""

from __future__ import annotations

import math
import re
import sys
from typing import Any

from kithkin.questionnaire.expressions.asked import Asked, Builtin
from kithkin.questionnaire.expressions.comparing import is_above
from kithkin.questionnaire.expressions.numbers import as_number, stands_for_number, tidy_total
from kithkin.questionnaire.expressions.operators import divided, power
from kithkin.questionnaire.expressions.values import UNDEFINED, is_nothing, is_true, to_number, to_text

_WHOLE, _DIGITS = re.compile(r"-?[0-9]+"), re.compile(r"[0-9]+")


def flat(values: list[Any]) -> list[Any]:
    """All values that are something, lists taken apart."""
    found: list[Any] = []
    for value in values:
        if isinstance(value, list):
            found += flat(value)
        elif not is_nothing(value):
            number = as_number(value)
            found.append(value if math.isnan(number) else number)
    return found


def total(asked: Asked) -> Any:
    """The sum."""
    result: Any = 0.0
    for value in flat(asked.values):
        result = tidy_total(result, value)
    return result


def mean(asked: Asked) -> Any:
    """The mean; 0 of nothing."""
    return to_number(total(asked)) / len(found) if (found := flat(asked.values)) else 0.0


def least(asked: Asked) -> Any:
    """The least."""
    return _extreme(flat(asked.values), greatest=False)


def greatest(asked: Asked) -> Any:
    """The greatest."""
    return _extreme(flat(asked.values), greatest=True)


def _extreme(values: list[Any], *, greatest: bool) -> Any:
    result = values[0] if values else UNDEFINED
    for value in values[1:]:
        if is_above(value, result) if greatest else is_above(result, value):
            result = value
    return result


def count(asked: Asked) -> int:
    """How many values there are."""
    return len(flat(asked.values))


def rounded(asked: Asked) -> Any:
    """The first argument, rounded half up to as many decimals as the second says."""
    number, places = _number_and_places(asked, 0)
    if not (stands_for_number(number) and stands_for_number(places)):
        return math.nan
    scale = power(10.0, to_number(places))
    scaled = to_number(number) * scale * (1 + sys.float_info.epsilon)
    if not math.isfinite(scaled):
        return divided(scaled, scale)
    whole = math.floor(scaled)
    return divided(float(whole + (scaled - whole >= 0.5)), scale)


def truncated(asked: Asked) -> float:
    """The first argument, cut after as many decimals as the second says."""
    number, places = _number_and_places(asked, -1)
    if not (stands_for_number(number) and stands_for_number(places)):
        return math.nan
    text, decimals = to_text(number), to_text(places)
    whole = _WHOLE.match(text)
    if whole is None:
        return math.nan
    end = whole.end()
    if decimals.isdigit() and end < len(text):
        tail = _DIGITS.match(text, end + 1)
        end = min(tail.end() if tail else end + 1, end + 1 + int(decimals))
    return to_number(text[:end])


def _number_and_places(asked: Asked, default: float) -> tuple[Any, Any]:
    values = [*flat(asked.values), UNDEFINED, UNDEFINED]
    return values[0], values[1] if is_true(values[1]) else default


FUNCTIONS: dict[str, Builtin] = {
    "sum": total,
    "avg": mean,
    "min": least,
    "max": greatest,
    "count": count,
    "round": rounded,
    "trunc": truncated,
}
