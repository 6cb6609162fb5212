"""The aggregate step: any number of rows becomes a small table, from which the statistics are computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kithkin.tables.engine import aggregate
from kithkin.tables.measures import Answers, Measure, unique_names
from kithkin.tables.refusals import Refusal
from kithkin.tables.rows import Format

_COUNTED = ("score", "n", "sum_w", "sum_w2")
_SUMMED = ("n", "sum_w", "sum_w2", "sum_wx", "sum_wx2", "min", "max")
_CELL_SUMS = "count(*) AS n, sum(weight) AS sum_w, sum(weight * weight) AS sum_w2"
_TOTAL_SUMS = (
    f"{_CELL_SUMS}, sum(weight * score) AS sum_wx, sum(weight * score * score) AS sum_wx2, min(score), max(score)"
)


@dataclass(frozen=True)
class Cells:
    """`table`: the groups' columns (strings), score, n, sum_w, sum_w2; `by`: the groups' names in it."""

    table: Any
    refused: tuple[Refusal, ...]
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Totals:
    """`table`: the groups' columns (strings), n, sum_w, sum_w2, sum_wx, sum_wx2, min, max; `by`: the groups' names."""

    table: Any
    refused: tuple[Refusal, ...]
    by: tuple[str, ...] = ()


def count_cells(file: Format, positions: Mapping[str, int], measure: Measure) -> Cells:
    """Count the valid answers per group and score."""
    answers = Answers(file, positions, measure)
    keys = [*measure.keys, "score"]
    sql = f"SELECT {', '.join([*keys, _CELL_SUMS])} FROM rows GROUP BY {', '.join(keys)} {_order(keys)}"  # noqa: S608 (keys are ours)
    names = unique_names(measure.by, _COUNTED)
    table = aggregate(answers, answers.schema, sql).rename_columns(names)
    return Cells(table, answers.refused, tuple(names[: len(measure.by)]))


def sum_totals(file: Format, positions: Mapping[str, int], measure: Measure) -> Totals:
    """Sum the valid answers per group."""
    answers = Answers(file, positions, measure)
    keys = list(measure.keys)
    groups = f"GROUP BY {', '.join(keys)} {_order(keys)}" if keys else "HAVING count(*) > 0"
    sql = f"SELECT {', '.join([*keys, _TOTAL_SUMS])} FROM rows {groups}"  # noqa: S608 (keys are ours)
    names = unique_names(measure.by, _SUMMED)
    table = aggregate(answers, answers.schema, sql).rename_columns(names)
    return Totals(table, answers.refused, tuple(names[: len(measure.by)]))


def _order(keys: Sequence[str]) -> str:
    """Groups that are all numbers stand in the order of numbers."""
    terms = [f"TRY_CAST({key} AS DOUBLE) NULLS LAST, {key} NULLS LAST" for key in keys]
    return f"ORDER BY {', '.join(terms)}" if terms else ""
