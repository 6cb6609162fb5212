"""When two answers are equal, and which of them is greater."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from kithkin.questionnaire.expressions.moments import Moment, moment_from_text
from kithkin.questionnaire.expressions.numerals import BLANKS, leading_float, leading_integer, text_to_number
from kithkin.questionnaire.expressions.values import (
    UNDEFINED,
    is_empty,
    is_nothing,
    is_number,
    to_number,
    to_plain,
    to_text,
)

_NOT_THERE = "undefined"
_TO_SECONDS, _TO_MINUTES, _TO_HOURS = 17, 14, 11
"""A text shorter than this says nothing of the seconds, the minutes, the hours."""


def are_equal(left: Any, right: Any, *, ordered: bool = False) -> bool:
    """Equality of answers: texts whatever their case and the blanks around them, "12" and 12, lists in any order."""
    if type(left) is Moment or type(right) is Moment:
        left, right = _dated(left, right)
    return same(left, right, ordered=ordered)


def equal_to(right: Any) -> Callable[[Any], bool]:
    """`are_equal` beside an operand that never changes: a text is made ready once."""
    if type(right) is not str or right == _NOT_THERE:
        return lambda left: are_equal(left, right)
    ready = right.strip(BLANKS).lower()

    def equals(left: Any) -> bool:
        if type(left) is str and left != _NOT_THERE:
            return left == right or left.strip(BLANKS).lower() == ready
        return are_equal(left, right)

    return equals


def same(left: Any, right: Any, *, ordered: bool = False) -> bool:
    """Equality without regard to dates; the text "undefined" is what is not there."""
    if type(left) is str:
        if type(right) is str and left == right:
            return True
        if left == _NOT_THERE:
            left = UNDEFINED
    if type(right) is str and right == _NOT_THERE:
        right = UNDEFINED
    return alike(left, right, ordered=ordered)


def alike(left: Any, right: Any, *, ordered: bool) -> bool:
    """The comparison that goes down into lists and objects."""
    if isinstance(left, str) and isinstance(right, str):
        return left.strip(BLANKS).lower() == right.strip(BLANKS).lower()
    if is_number(left) and is_number(right):
        return left == right
    if _number_and_word(left, right) or _number_and_word(right, left):
        return False
    if left is right or _both_blank(left, right) or _both_blank(right, left) or _same_number(left, right):
        return True
    if is_empty(left) != is_empty(right):
        return False
    both = _is_object(left) and _is_object(right)
    return _objects_alike(left, right, ordered=ordered) if both else _plain_alike(left, right)


def _number_and_word(left: Any, right: Any) -> bool:
    return is_number(left) and isinstance(right, str) and math.isnan(text_to_number(right))


def _plain_alike(left: Any, right: Any) -> bool:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, bool) and isinstance(other, str):
            return to_text(one) == other.lower()
    return not (_is_object(left) or _is_object(right)) and loosely_equal(left, right)


def _objects_alike(left: Any, right: Any, *, ordered: bool) -> bool:
    if isinstance(left, list) and isinstance(right, list):
        if len(left) != len(right):
            return False
        pairs = zip(left, right, strict=True) if ordered else zip(_sorted(left), _sorted(right), strict=True)
        return all(alike(one, other, ordered=ordered) for one, other in pairs)
    if isinstance(left, Moment) and isinstance(right, Moment):
        return left.milliseconds == right.milliseconds
    ours, theirs = _members(left), _members(right)
    return ours.keys() == theirs.keys() and all(
        alike(value, theirs[name], ordered=ordered) for name, value in ours.items()
    )


def _both_blank(left: Any, right: Any) -> bool:
    """An empty list against what is not there, or an empty text against that or null."""
    if isinstance(left, list):
        return not left and right is UNDEFINED
    return is_nothing(left) and isinstance(right, str) and not right


def _same_number(left: Any, right: Any) -> bool:
    for one in (left, right):
        if is_nothing(one) or isinstance(one, list) or math.isnan(to_number(one)):
            return False
    texts = to_text(left), to_text(right)
    return leading_integer(texts[0]) == leading_integer(texts[1]) and leading_float(texts[0]) == leading_float(texts[1])


def _is_object(value: Any) -> bool:
    return isinstance(value, list | dict | Moment)


def _members(value: Any) -> dict[str, Any]:
    if isinstance(value, list):
        return {str(place): one for place, one in enumerate(value)}
    return value if isinstance(value, dict) else {}


def _sorted(values: list[Any]) -> list[Any]:
    there = [one for one in values if one is not UNDEFINED]
    return sorted(there, key=lambda one: in_units(to_text(one))) + [UNDEFINED] * (len(values) - len(there))


def in_units(text: str) -> bytes:
    """A text as the 16-bit units that JavaScript counts and orders it by."""
    return text.encode("utf-16-be", "surrogatepass")


def loosely_equal(left: Any, right: Any) -> bool:
    """JavaScript's ==."""
    if is_nothing(left) or is_nothing(right):
        return is_nothing(left) and is_nothing(right)
    if _is_object(left) and _is_object(right):
        return left is right
    if is_number(left) and is_number(right):
        return left == right
    left, right = to_plain(left), to_plain(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return to_number(left) == to_number(right)


def is_greater(left: Any, right: Any) -> bool:
    """Whether an answer is greater than another; nothing is neither greater nor less than anything."""
    if is_nothing(left) or is_nothing(right):
        return False
    if type(left) is Moment or type(right) is Moment:
        left, right = _dated(left, right)
    return is_above(left, right)


def is_less(left: Any, right: Any) -> bool:
    """Whether an answer is less than another."""
    if is_nothing(left) or is_nothing(right):
        return False
    if type(left) is Moment or type(right) is Moment:
        left, right = _dated(left, right)
    return is_above(right, left)


def is_above(left: Any, right: Any) -> bool:
    """JavaScript's >: two texts by their letters, all else as numbers."""
    if is_number(left) and is_number(right):
        return left > right
    left, right = (one if isinstance(one, Moment) else to_plain(one) for one in (left, right))
    if isinstance(left, str) and isinstance(right, str):
        return in_units(left) > in_units(right)
    return to_number(left) > to_number(right)


def _dated(left: Any, right: Any) -> tuple[Any, Any]:
    """A text beside a moment is read as a date; the moment then is as exact as the text, to the second at most."""
    if isinstance(left, str) and isinstance(right, Moment):
        right = right.moved(millisecond=0)
        return _beside(left, right), right
    if isinstance(left, Moment) and isinstance(right, str):
        left = _as_exact_as(left, len(in_units(right)) // 2)
        return left, _beside(right, left)
    return left, right


def _beside(text: str, moment: Moment) -> Moment:
    """The date in a text: of the beginning of its day, if that is all the moment says."""
    read, shown = moment_from_text(text, moment.zone), moment.parts
    if shown.hour > 0 or shown.minute > 0 or shown.second > 0:
        return read
    return read.moved(hour=0, minute=0, second=0)


def _as_exact_as(moment: Moment, length: int) -> Moment:
    if length < _TO_HOURS:
        return moment.moved(hour=0, minute=0, second=0, millisecond=0)
    if length < _TO_MINUTES:
        return moment.moved(minute=0, second=0, millisecond=0)
    if length < _TO_SECONDS:
        return moment.moved(second=0, millisecond=0)
    return moment.moved(millisecond=0)
