"""The operators between two operands, by the name that the grammar gives them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kithkin.questionnaire.expressions import comparing, containing
from kithkin.questionnaire.expressions.numbers import plain_sum, stands_for_number, tidy_product, tidy_sum
from kithkin.questionnaire.expressions.values import (
    is_empty,
    is_number,
    is_true,
    is_whole,
    joined,
    to_number,
)


@dataclass(frozen=True)
class Operator:
    """`apply` takes both operands; `ordered` instead of it where the order of a list counts.
    `beside` takes a right operand that never changes, and gives what takes the left; it is `costly` to look for each
    part of one in the other.
    """

    apply: Callable[[Any, Any], Any]
    ordered: Callable[[Any, Any], Any] | None = None
    costly: bool = False
    beside: Callable[[Any], Callable[[Any], Any]] | None = None


def _both_filled(left: Any, right: Any) -> tuple[Any, Any]:
    """The operands of arithmetic and logic: an empty one becomes 0, or empty of the other's kind."""
    left = _filled(left, right)
    return left, _filled(right, left)


def _filled(value: Any, other: Any) -> Any:
    if not is_empty(value):
        return value
    if is_number(other):
        return 0
    if isinstance(value, str):
        return value
    if isinstance(other, str):
        return ""
    return [] if isinstance(other, list) else 0


def _and(left: Any, right: Any) -> Any:
    if type(left) is bool and type(right) is bool:
        return left and right
    left, right = _both_filled(left, right)
    return right if is_true(left) else left


def _or(left: Any, right: Any) -> Any:
    if type(left) is bool and type(right) is bool:
        return left or right
    left, right = _both_filled(left, right)
    return left if is_true(left) else right


def _plus(left: Any, right: Any) -> Any:
    if is_whole(left) and is_whole(right):
        return float(left) + right
    left, right = _both_filled(left, right)
    if stands_for_number(left) and stands_for_number(right):
        total = plain_sum(left, right)
        return total if isinstance(left, str) or isinstance(right, str) else tidy_sum(left, right, total)
    if isinstance(left, list) and isinstance(right, list):
        return [*left, *right]
    if isinstance(left, list):
        return _list_plus(left, right, first=True)
    return _list_plus(right, left, first=False) if isinstance(right, list) else plain_sum(left, right)


def _list_plus(values: list[Any], other: Any, *, first: bool) -> Any:
    """A list and a text: the list's texts beside it. A list and a number: the sum of the list's numbers and it."""
    if isinstance(other, str):
        text = joined(values, ", ")
        return text + other if first else other + text
    if is_number(other):
        total: Any = 0.0
        for one in [*(one for one in values if is_number(one)), other]:
            total = tidy_sum(total, one, total + one)
        return total
    return plain_sum(values, other) if first else plain_sum(other, values)


def _minus(left: Any, right: Any) -> Any:
    if is_whole(left) and is_whole(right):
        return float(left) - right
    left, right = _both_filled(left, right)
    return tidy_sum(left, right, to_number(left) - to_number(right))


def _times(left: Any, right: Any) -> Any:
    if is_whole(left) and is_whole(right):
        return float(left) * right
    left, right = _both_filled(left, right)
    return tidy_product(left, right, to_number(left) * to_number(right))


def _over(left: Any, right: Any) -> Any:
    if is_whole(left) and is_whole(right) and right:
        return left / right
    return divided(*_both_filled(left, right))


def divided(left: Any, right: Any) -> Any:
    """None where the divisor is 0 or nothing."""
    if not is_true(right):
        return None
    above, below = to_number(left), to_number(right)
    if below:
        return above / below
    return math.nan if not above or math.isnan(above) else math.copysign(math.inf, above) * math.copysign(1, below)


def _rest(left: Any, right: Any) -> Any:
    left, right = _both_filled(left, right)
    if not is_true(right):
        return None
    above, below = to_number(left), to_number(right)
    return math.nan if not below or math.isinf(above) else math.fmod(above, below)


def _raised(left: Any, right: Any) -> float:
    left, right = _both_filled(left, right)
    return power(to_number(left), to_number(right))


def power(base: float, exponent: float) -> float:
    """JavaScript's power: NaN where it is no real number."""
    if math.isnan(exponent) or (abs(base) == 1 and math.isinf(exponent)):
        return math.nan
    try:
        return math.pow(base, exponent)
    except OverflowError:
        odd = exponent.is_integer() and exponent % 2 == 1
        return -math.inf if base < 0 and odd else math.inf
    except ValueError:
        odd = exponent.is_integer() and exponent % 2 == 1
        return math.nan if base else math.copysign(math.inf, base) if odd else math.inf


def _greater_or_equal(left: Any, right: Any) -> bool:
    return comparing.are_equal(left, right) or comparing.is_greater(left, right)


def _less_or_equal(left: Any, right: Any) -> bool:
    return comparing.are_equal(left, right) or comparing.is_less(left, right)


def _unequal_to(right: Any) -> Callable[[Any], bool]:
    equals = comparing.equal_to(right)
    return lambda left: not equals(left)


def _unequal(left: Any, right: Any) -> bool:
    return not comparing.are_equal(left, right)


OPERATORS = {
    "or": Operator(_or),
    "and": Operator(_and),
    "plus": Operator(_plus),
    "minus": Operator(_minus),
    "times": Operator(_times),
    "divided": Operator(_over),
    "rest": Operator(_rest),
    "power": Operator(_raised),
    "equal": Operator(
        comparing.are_equal,
        ordered=lambda left, right: comparing.are_equal(left, right, ordered=True),
        beside=comparing.equal_to,
    ),
    "unequal": Operator(
        _unequal,
        ordered=lambda left, right: not comparing.are_equal(left, right, ordered=True),
        beside=_unequal_to,
    ),
    "greater": Operator(comparing.is_greater),
    "greater_or_equal": Operator(_greater_or_equal),
    "less": Operator(comparing.is_less),
    "less_or_equal": Operator(_less_or_equal),
    "contains": Operator(containing.contains, costly=True),
    "lacks": Operator(containing.lacks, costly=True),
    "any_of": Operator(containing.any_of, costly=True),
    "none_of": Operator(containing.none_of, costly=True),
    "all_of": Operator(containing.all_of, costly=True),
}
_NAMES = {id(operator): name for name, operator in OPERATORS.items()}


def name_of(operator: Operator) -> str:
    """What an operator is called in `OPERATORS`.

    >>> name_of(OPERATORS["equal"])
    'equal'
    """
    return _NAMES[id(operator)]
