"""What stands under the columns of a matrix, and is known to expressions as {matrix-total.column}."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from typing import Any

from kithkin.questionnaire.expressions.numbers import tidy_total
from kithkin.questionnaire.model.elements import Question
from kithkin.questionnaire.replaying.emptiness import is_empty
from kithkin.questionnaire.replaying.storable import Refused, number
from kithkin.questionnaire.replaying.texts import expression_of, totalled

SUFFIX = "-total"


def totals(question: Question, value: Any, computed: Callable[[str], Any]) -> dict[str, Any]:
    """What stands under the columns of a matrix with this answer; `computed` says what an expression comes to."""
    columns = totalled(question)
    rows = _rows(value) if columns else []
    found = {}
    for column in columns:
        text = expression_of(column)
        under = _total(column, rows) if text is None else computed(text)
        if under is not None:
            found[column.name] = under
    return found


def _total(column: Question, rows: list[dict[str, Any]]) -> Any:
    """What stands under a column; None where nothing does."""
    kind = column.raw.get("totalType")
    answers = [row[column.key] for row in rows if not is_empty(row.get(column.key))]
    if kind == "count":
        return len(answers)
    found = list(numbers(answers))
    match kind:
        case "sum":
            return _sum(found)
        case "avg":
            return _sum(found) / len(found) if found else 0
        case "min":
            return min(found, default=None)
        case "max":
            return max(found, default=None)
    return None


def _sum(found: list[float]) -> float:
    """The sum without the dust of binary fractions, as expressions have it."""
    result: float = reduce(tidy_total, found, 0.0)
    return int(result) if result.is_integer() else result


def _rows(value: Any) -> list[dict[str, Any]]:
    """The rows of a matrix's answer."""
    found = value.values() if isinstance(value, dict) else value or ()
    return [row for row in found if isinstance(row, dict)]


def numbers(answers: list[Any]) -> Iterator[float]:
    """The answers that are numbers, or texts that spell one."""
    for answer in answers:
        try:
            yield number(answer)
        except Refused:
            continue
