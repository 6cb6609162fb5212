"""Figures from elsewhere, as rows for the warehouse: one per measure, unit and month."""

from __future__ import annotations

import pyarrow as pa
from django.db.models import Max

from kithkin.insights.models import Outcome
from kithkin.platform.registries.facts import FactColumn, FactKind, FactTable

TABLE = "outcomes"
COLUMNS = (
    FactColumn("measure", FactKind.ID),
    FactColumn("unit", FactKind.ID),
    FactColumn("value", FactKind.NUMBER),
    FactColumn("n", FactKind.NUMBER),
)


def tables() -> list[FactTable]:
    """The one table of figures, whatever they measure."""
    return [OUTCOMES]


def _rows(first: int, last: int) -> pa.Table:
    fields = ("pk", "month", "measure_id", "unit_id", "value", "n")
    found = Outcome.objects.filter(pk__range=(first, last)).order_by("pk").values_list(*fields)
    columns = list(zip(*found, strict=True)) or [()] * len(fields)
    return pa.table([list(column) for column in columns], schema=OUTCOMES.schema)


def _following(after: int, count: int) -> int | None:
    next_keys = Outcome.objects.filter(pk__gt=after).order_by("pk").values("pk")[:count]
    return Outcome.objects.filter(pk__in=next_keys).aggregate(last=Max("pk"))["last"]


OUTCOMES = FactTable(TABLE, COLUMNS, rows=_rows, following=_following)
