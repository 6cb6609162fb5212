"""The aggregate step: any number of rows becomes a small table, from which the statistics are computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kithkin.tables import grouped
from kithkin.tables.engine import aggregate
from kithkin.tables.measures import Answers, Measure
from kithkin.tables.parquet import Parquet
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
    """`table`: the groups' columns (strings), score, n, sum_w, sum_w2; `by`: the groups' names in it.

    A group called like a figure ("n") bears " (group)" behind its name.
    """

    table: Any
    refused: tuple[Refusal, ...]
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Totals:
    """`table`: the groups' columns (strings), n, sum_w, sum_w2, sum_wx, sum_wx2, min, max; `by`: the groups' names.

    A group called like a figure ("n") bears " (group)" behind its name.
    """

    table: Any
    refused: tuple[Refusal, ...]
    by: tuple[str, ...] = ()


def count_cells(file: Format, positions: Mapping[str, int], measure: Measure) -> Cells:
    """Count the valid answers per group and score."""
    keys = [*measure.keys, "score"]
    if isinstance(file, Parquet) and grouped.in_engine(file, positions, measure):
        table, refused = grouped.cells(file, positions, measure, _order([*measure.keys, "s"]))
    else:
        answers = Answers(file, positions, measure)
        sql = f"SELECT {', '.join([*keys, _CELL_SUMS])} FROM rows GROUP BY {', '.join(keys)} {_order(keys)}"  # noqa: S608
        table = aggregate(answers, answers.schema, sql)
        refused = answers.refused
    by = _groups(measure, _COUNTED)
    return Cells(table.rename_columns([*by, *_COUNTED]), refused, by)


def sum_totals(file: Format, positions: Mapping[str, int], measure: Measure) -> Totals:
    """Sum the valid answers per group."""
    keys = list(measure.keys)
    if isinstance(file, Parquet) and grouped.in_engine(file, positions, measure):
        table, refused = grouped.totals(file, positions, measure, _order(keys))
    else:
        answers = Answers(file, positions, measure)
        groups = f"GROUP BY {', '.join(keys)} {_order(keys)}" if keys else "HAVING count(*) > 0"
        table = aggregate(answers, answers.schema, f"SELECT {', '.join([*keys, _TOTAL_SUMS])} FROM rows {groups}")  # noqa: S608
        refused = answers.refused
    by = _groups(measure, _SUMMED)
    return Totals(table.rename_columns([*by, *_SUMMED]), refused, by)


def _groups(measure: Measure, figures: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{name} (group)" if name in figures else name for name in measure.by)


def _order(keys: Sequence[str]) -> str:
    """Groups that are numbers stand before the others, in the order of numbers; the missing one stands last."""
    terms = [f"TRY_CAST({key} AS DOUBLE) NULLS LAST, {key} NULLS LAST" for key in keys]
    return f"ORDER BY {', '.join(terms)}" if terms else ""
