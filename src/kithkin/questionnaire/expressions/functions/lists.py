"""Sums and extremes of one column over the rows of a matrix or the panels of a dynamic panel, with a filter."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from kithkin.questionnaire.expressions.comparing import is_above, loosely_equal
from kithkin.questionnaire.expressions.errors import ExpressionError
from kithkin.questionnaire.expressions.functions.asked import Asked, Builtin
from kithkin.questionnaire.expressions.nodes import Literal, Node
from kithkin.questionnaire.expressions.numbers import as_number, plain_sum, tidy_sum
from kithkin.questionnaire.expressions.parsing import parsed
from kithkin.questionnaire.expressions.run import Run
from kithkin.questionnaire.expressions.scope import member
from kithkin.questionnaire.expressions.values import UNDEFINED, is_empty, is_nothing, is_true, to_number


def sum_in_array(asked: Asked) -> Any:
    """The sum of a column."""
    result: Any = 0.0
    for value in _numbers(asked):
        if not is_nothing(value):
            result = tidy_sum(result, value, plain_sum(result, value))
    return result


def count_in_array(asked: Asked) -> int:
    """The rows that have an answer in a column."""
    return sum(1 for _ in _values(asked))


def mean_in_array(asked: Asked) -> float:
    """The mean of a column; 0 of nothing."""
    rows = count_in_array(asked)
    return to_number(sum_in_array(asked)) / rows if rows else 0.0


def least_in_array(asked: Asked) -> Any:
    """The least of a column."""
    return _extreme(asked, lambda value, least: is_above(least, value))


def greatest_in_array(asked: Asked) -> Any:
    """The greatest of a column."""
    return _extreme(asked, is_above)


def _extreme(asked: Asked, is_better: Callable[[Any, Any], bool]) -> Any:
    result: Any = UNDEFINED
    for value in _numbers(asked):
        if is_nothing(result):
            result = value
        elif not is_nothing(value):
            result = result if is_better(result, value) else value
    return result


def _numbers(asked: Asked) -> Iterator[Any]:
    """The column's answers; texts are numbers, or nothing."""
    for value in _values(asked):
        if isinstance(value, str):
            number = as_number(value)
            yield UNDEFINED if math.isnan(number) else number
        else:
            yield value


def _values(asked: Asked) -> Iterator[Any]:
    """The column's answers that are not empty, of the rows that pass the filter."""
    rows, name = asked.value(0), asked.value(1)
    if not 2 <= len(asked.values) <= 3 or not is_true(rows) or not isinstance(name, str):
        return
    passes = _filter(asked)
    for row in rows if isinstance(rows, list) else rows.values() if isinstance(rows, dict) else []:
        value = member_as_written(row, name)
        if is_true(row) and not is_empty(value) and passes(row):
            yield value


def member_as_written(row: Any, name: str) -> Any:
    """A row's answer under exactly this name."""
    return row.get(name, UNDEFINED) if isinstance(row, dict) else member(row, name)


def _filter(asked: Asked) -> Callable[[Any], bool]:
    if len(asked.nodes) < 3:
        return lambda _: True
    root = _condition(asked.nodes[2])
    if root is None:
        return lambda _: False
    return lambda row: _holds(root, asked.run, row)


def _condition(node: Node) -> Node | None:
    """The filter: an expression, or a text that is one; None where the text is none."""
    if isinstance(node, Literal) and isinstance(node.value, str) and node.value:
        try:
            return parsed(node.value).root
        except ExpressionError:
            return None
    return node


def _holds(root: Node, run: Run, row: Any) -> bool:
    run.spend(root.size)
    return loosely_equal(root.evaluate(run.within(row)), True)


FUNCTIONS: dict[str, Builtin] = {
    "sumInArray": sum_in_array,
    "countInArray": count_in_array,
    "avgInArray": mean_in_array,
    "minInArray": least_in_array,
    "maxInArray": greatest_in_array,
}
