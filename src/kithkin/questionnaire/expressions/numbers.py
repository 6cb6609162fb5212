"""Which answers count as numbers, and sums without the dust of binary fractions."""

from __future__ import annotations

import math
import re
from typing import Any

from kithkin.questionnaire.expressions.errors import Unanswerable
from kithkin.questionnaire.expressions.numerals import (
    BLANKS,
    fits_fixed,
    leading_float,
    leading_integer,
    number_to_text,
    text_to_number,
    to_fixed,
)
from kithkin.questionnaire.expressions.values import is_number, is_whole, to_number, to_plain, to_text

_DIGIT = re.compile("[0-9]")
_LONGEST_DIGITS = 15
_LONGEST_HEX = 32


def as_number(value: Any) -> float:
    """The number that an answer stands for, or NaN. A comma may be the decimal mark; long rows of digits are names."""
    if isinstance(value, str):
        return _in_text(value)
    if isinstance(value, bool) or value is None:
        return math.nan
    if is_number(value):
        return float(value) if math.isfinite(value) else math.nan
    return _whole_text(to_text(value))


def _in_text(value: str) -> float:
    if len(value) <= _LONGEST_DIGITS and value.isascii() and value.isdigit():
        return float(value)
    if not _DIGIT.search(value):
        return math.nan
    text = value.strip(BLANKS)
    if text.startswith("0x"):
        return leading_integer(text) if len(text) <= _LONGEST_HEX else math.nan
    if (len(text) > _LONGEST_DIGITS and _only_digits(text)) or _is_formula(text):
        return math.nan
    return _whole_text(text.replace(",", ".") if text.count(",") == 1 else text)


def _whole_text(text: str) -> float:
    return leading_float(text) if math.isfinite(text_to_number(text)) else math.nan


def _only_digits(text: str) -> bool:
    return all("0" <= one <= "9" for one in text)


def _is_formula(text: str) -> bool:
    if text.rfind("-") > 0 or text.rfind("+") > 0:
        return False
    return any(mark in text for mark in "*^/%")


def stands_for_number(value: Any) -> bool:
    """Whether `as_number` finds one."""
    return not math.isnan(as_number(value))


def plain_sum(left: Any, right: Any) -> Any:
    """JavaScript's +: texts are joined, all else is added as numbers."""
    left, right = to_plain(left), to_plain(right)
    if isinstance(left, str) or isinstance(right, str):
        return to_text(left) + to_text(right)
    return to_number(left) + to_number(right)


def tidy_sum(left: Any, right: Any, result: Any) -> Any:
    """A sum or difference with no more decimals than its parts have: 0.1 + 0.2 is 0.3."""
    return _cut(result, max(decimals(left), decimals(right)))


def tidy_total(left: Any, right: Any) -> Any:
    """What + makes of two values, tidy."""
    if is_whole(left) and is_whole(right):
        return float(left) + right
    return tidy_sum(left, right, plain_sum(left, right))


def tidy_product(left: Any, right: Any, result: float) -> Any:
    """A product with no more decimals than its factors have together."""
    return _cut(result, decimals(left) + decimals(right))


def _cut(result: Any, places: int) -> Any:
    if not places:
        return result
    if not is_number(result) or not fits_fixed(places):
        raise Unanswerable
    return to_fixed(result, places)


def decimals(value: Any) -> int:
    """Digits after the first point of a number as it is written, of a text that stands for a number too."""
    if is_number(value):
        if not math.isfinite(value) or value == math.floor(value):
            return 0
        parts = number_to_text(value).split(".")
    elif stands_for_number(value):
        parts = to_text(value).split(".")
    else:
        return 0
    return len(parts[1]) if len(parts) > 1 else 0
