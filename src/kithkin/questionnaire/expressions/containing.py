"""Whether one answer is in another: in a list, in a text, or in the text that anything else becomes."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.expressions.comparing import same
from kithkin.questionnaire.expressions.values import is_empty, is_number, is_true, to_text


def contains(left: Any, right: Any) -> bool:
    """All of the right in the left."""
    return _holds(left, right, wanted=True)


def lacks(left: Any, right: Any) -> bool:
    """`notcontains`: nothing lacks everything."""
    if not is_true(left) and not is_empty(right):
        return True
    return _holds(left, right, wanted=False)


def any_of(left: Any, right: Any) -> bool:
    """At least one of the right in the left; a list that asks for nothing is always content."""
    if is_empty(left):
        return is_empty(right)
    if is_empty(right):
        return True
    if not isinstance(left, list):
        return contains(right, left)
    if not isinstance(right, list):
        return contains(left, right)
    return any(contains(left, one) for one in right)


def none_of(left: Any, right: Any) -> bool:
    """The opposite of `any_of`."""
    return not any_of(left, right)


def all_of(left: Any, right: Any) -> bool:
    """Every one of the right in the left."""
    if not is_true(left) and not is_empty(right):
        return False
    if not isinstance(right, list):
        return contains(left, right)
    return all(contains(left, one) for one in right)


def _is_among(part: Any, values: list[Any]) -> bool:
    for one in values:  # noqa: SIM110 (any() takes twice the time)
        if same(one, part):
            return True
    return False


def _holds(left: Any, right: Any, *, wanted: bool) -> bool:
    """Whether the left has all of the right (wanted), or not all of it; what is nothing has neither."""
    if isinstance(left, list) and not left:
        return not wanted
    if not is_true(left) and left is not False and not (is_number(left) and left == 0):
        return False
    if isinstance(left, list):
        parts = right if isinstance(right, list) else [right]
        return all(_is_among(part, left) for part in parts) == wanted
    if not is_true(right):
        return False
    return (to_text(right).lower() in to_text(left).lower()) == wanted
