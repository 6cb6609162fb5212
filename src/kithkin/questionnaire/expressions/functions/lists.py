"""Sums and extremes of one column over the rows of a matrix or the panels of a dynamic panel, with a filter."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from kithkin.questionnaire.expressions.asked import Argument, Asked, Builtin
from kithkin.questionnaire.expressions.comparing import is_above, loosely_equal
from kithkin.questionnaire.expressions.errors import ExpressionError
from kithkin.questionnaire.expressions.nodes import Literal, Variable
from kithkin.questionnaire.expressions.numbers import as_number, tidy_total
from kithkin.questionnaire.expressions.parsing import parsed
from kithkin.questionnaire.expressions.run import NO_NAMES, Run
from kithkin.questionnaire.expressions.scope import member
from kithkin.questionnaire.expressions.values import UNDEFINED, is_empty, is_nothing, is_true, to_number

_CONDITION = re.compile("[{}><=!]")
"""What tells a condition in a text from the name of a column."""


@dataclass(slots=True)
class Column:
    """Which column of which rows is asked for, under which condition; `shown` is the column to answer with."""

    rows: Any
    name: str
    shown: str
    condition: Argument | None

    @classmethod
    def of(cls, asked: Asked) -> Column | None:
        """From rows, a column, perhaps a column to answer with, perhaps a condition; None where that is not given."""
        rows, name, third = _rows(asked), asked.value(1), asked.value(2)
        if not 2 <= len(asked.values) <= 4 or not is_true(rows) or not isinstance(name, str):
            return None
        named = isinstance(third, str) and isinstance(asked.arguments[2].node, Literal) and not _CONDITION.search(third)
        rest = asked.arguments[3 if named else 2 :]
        return cls(rows, name, str(third) if named else name, rest[0] if rest else None)

    def items(self) -> list[Any]:
        """The rows."""
        if isinstance(self.rows, dict):
            return list(self.rows.values())
        return self.rows if isinstance(self.rows, list) else []


def _rows(asked: Asked) -> Any:
    """The rows as they were answered, where a question's answer otherwise is a part of them only."""
    first = asked.arguments[0].node if asked.arguments else None
    if isinstance(first, Variable):
        found = asked.run.scope.original(first.name)
        return found.value if found else asked.value(0)
    return asked.value(0)


def _members(asked: Asked) -> Iterator[tuple[Any, Any]]:
    """Rows that pass, each with its answer in the column, where that is not empty."""
    column = Column.of(asked)
    if column is None:
        return
    items, name, condition = column.items(), column.name, _condition(column.condition)
    inner = asked.run.within()
    if condition is not None:
        inner.spend(len(items) * condition.node.size)
    for row in items:
        value = _member(row, name)
        if not is_empty(value) and is_true(row) and (condition is None or _holds(condition, inner, row)):
            yield row, value
    asked.run.left = inner.left


def _member(row: Any, name: str) -> Any:
    """A row's answer under exactly this name."""
    if isinstance(row, dict):
        return row.get(name, UNDEFINED)
    if isinstance(row, str) and name != "length":
        return row[int(name)] if name.isascii() and name.isdigit() and int(name) < len(row) else UNDEFINED
    return member(row, name)


def _number(value: Any) -> Any:
    """A text is a number or nothing; the rest stays as it is."""
    if type(value) is int or not isinstance(value, str):
        return value
    number = as_number(value)
    return UNDEFINED if math.isnan(number) else number


def _condition(given: Argument | None) -> Argument | None:
    """The condition: an expression, or a text that is one. No row passes where the text is none."""
    text = given.node.value if given is not None and isinstance(given.node, Literal) else None
    if given is None or not isinstance(text, str) or not text:
        return given
    try:
        read = parsed(text)
    except ExpressionError:
        return Argument(given.node, lambda _: False)
    return Argument(read.root, read.work)


def _holds(condition: Argument, run: Run, row: Any) -> bool:
    """Whether a condition holds in a row; its members are found first."""
    run.scope.values, run.ordered = row, NO_NAMES
    found = condition.work(run)
    return found if type(found) is bool else loosely_equal(found, True)


def sum_in_array(asked: Asked) -> Any:
    """The sum of a column."""
    result: Any = 0.0
    for _, value in _members(asked):
        number = _number(value)
        if not is_nothing(number):
            result = tidy_total(result, number)
    return result


def count_in_array(asked: Asked) -> int:
    """The rows that have an answer in a column."""
    return sum(1 for _ in _members(asked))


def mean_in_array(asked: Asked) -> float:
    """The mean of a column; 0 of nothing."""
    rows = count_in_array(asked)
    return to_number(sum_in_array(asked)) / rows if rows else 0.0


def least_in_array(asked: Asked) -> Any:
    """The least of a column, or what another column says in that row."""
    return _extreme(asked, lambda value, least: is_above(least, value))


def greatest_in_array(asked: Asked) -> Any:
    """The greatest of a column, or what another column says in that row."""
    return _extreme(asked, is_above)


def _extreme(asked: Asked, is_better: Callable[[Any, Any], bool]) -> Any:
    best: Any = UNDEFINED
    where: Any = None
    for row, value in _members(asked):
        number = _number(value)
        if not is_nothing(number) and (is_nothing(best) or is_better(number, best)):
            best, where = number, row
    column = Column.of(asked)
    if column is None or where is None or column.shown == column.name:
        return best
    return _member(where, column.shown)


FUNCTIONS: dict[str, Builtin] = {
    "sumInArray": sum_in_array,
    "countInArray": count_in_array,
    "avgInArray": mean_in_array,
    "minInArray": least_in_array,
    "maxInArray": greatest_in_array,
}
