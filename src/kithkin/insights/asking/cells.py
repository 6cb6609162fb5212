"""Aggregate: what the engine counts for a question, and nothing of the statistics."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import ibis
import pandas as pd

from kithkin.insights.asking.months import ALWAYS, Span
from kithkin.insights.asking.waiting import ticket_now
from kithkin.insights.engines import engine, table_of
from kithkin.platform.acting import now_acting
from kithkin.platform.asked import as_id
from kithkin.platform.registries.facts import FactTable, fact_tables

_TABLES = "insights.fact_tables"
FIGURES = ("score", "n", "sum_w", "sum_w2")


@dataclass(frozen=True)
class Cut:
    """What is to be counted: answers in `score` of one table, per `keys`, of the rows that `where` and `span` let in.

    `where` gives for a column the values that are wanted, as they stand in addresses; "" stands for none.
    """

    table: str
    score: str
    keys: tuple[str, ...]
    where: Mapping[str, Collection[str]] = field(default_factory=dict)
    span: Span = ALWAYS
    weighted: bool = True


def narrowed(table: ibis.Table, where: Mapping[str, Collection[str]], span: Span) -> ibis.Table:
    """The rows that are let in."""
    rows = table
    if span.first is not None:
        rows = rows.filter(rows["month"] >= span.first)
    if span.last is not None:
        rows = rows.filter(rows["month"] <= span.last)
    for column, values in where.items():
        rows = rows.filter(_among(rows[column], values))
    return rows


def expression(cut: Cut, table: ibis.Table) -> ibis.Table:
    """The question in Ibis: the same runs on every engine.

    Weights of zero count nobody, as everywhere; no weight is a weight of one.
    """
    rows = narrowed(table.filter(table[cut.score].notnull()), cut.where, cut.span)  # noqa: PD004 (Ibis, not pandas)
    rows = rows.mutate(score=rows[cut.score].cast("float64"))
    if not (cut.weighted and "weight" in table.columns):
        counted_rows = rows.group_by([*cut.keys, "score"]).agg(n=rows.count().cast("float64"))
        return counted_rows.mutate(sum_w=counted_rows["n"], sum_w2=counted_rows["n"])
    rows = rows.mutate(w=ibis.coalesce(rows["weight"].cast("float64"), ibis.literal(1.0)))
    rows = rows.filter(rows["w"] > 0)
    return rows.group_by([*cut.keys, "score"]).agg(
        n=rows.count().cast("float64"), sum_w=rows["w"].sum(), sum_w2=(rows["w"] * rows["w"]).sum()
    )


def fact_table(name: str) -> FactTable | None:
    """What the table of that name is to hold; all are looked up once per request."""
    memory = now_acting().memory
    known: Mapping[str, FactTable] | None = memory.get(_TABLES)
    if known is None:
        known = fact_tables()
        memory.remember(_TABLES, known)
    return known.get(name)


def counted(cut: Cut) -> pd.DataFrame:
    """The cells: a row for each group and score, with n, Σw and Σw²; empty where the table is, or is not there."""
    known = fact_table(cut.table)
    if known is None:
        return pd.DataFrame(columns=[*cut.keys, *FIGURES])
    return engine().cells(expression(cut, table_of(known)), ticket=ticket_now()).to_pandas()


def _among(column: ibis.Value, values: Collection[str]) -> ibis.Value:
    given: list[object] = [value for value in values if value]
    if column.type().is_integer():
        given = [as_id(str(value)) for value in given]
    elif column.type().is_boolean():
        given = [value == "true" for value in given]
    inside = column.isin(given) if given else ibis.literal(value=False)
    return inside | column.isnull() if "" in values else inside  # noqa: PD003 (Ibis, not pandas)
