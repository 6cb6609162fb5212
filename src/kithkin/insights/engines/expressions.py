"""The words in which questions are put, such that both engines mean the same by them."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from kithkin.platform.registries.facts import FactTable


def table_of(table: FactTable) -> ibis.Table:
    """The fact table as an expression, to be asked of any engine."""
    return ibis.table(ibis.Schema.from_pyarrow(table.schema), name=table.name)


def quarter(month: ir.StringValue) -> ir.StringValue:
    """ "2026-Q2" of "2026-05"; nothing of nothing."""
    number = month.substr(5, 2).cast("int32")
    which = ibis.cases((number <= 3, "1"), (number <= 6, "2"), (number <= 9, "3"), else_="4")
    return (month.substr(0, 4) + "-Q" + which).nullif("")


def year(month: ir.StringValue) -> ir.StringValue:
    """ "2026" of "2026-05"."""
    return month.substr(0, 4)


def day_month(day: ir.DateValue) -> ir.StringValue:
    """ "2026-05" of a day."""
    number = day.month().cast("string")
    return day.year().cast("string") + "-" + number.lpad(2, "0")
