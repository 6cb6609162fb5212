"""Reading figures: what there is, and the values of those that somebody said, unit by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd
from django.db.models import Count, Max, Min

from kithkin.insights.models import Outcome, OutcomeMeasure

LEAST_UNITS = 8
"""Units that must have both figures in a month before the month is offered."""


@dataclass(frozen=True)
class FigureKnown:
    """A figure with how much is known of it."""

    measure: OutcomeMeasure
    values: int
    units: int
    months: int
    first: str
    last: str


def figures_known() -> list[FigureKnown]:
    """Every figure that has a value, those that somebody said first; one statement."""
    rows = OutcomeMeasure.objects.annotate(
        count=Count("values"),
        units=Count("values__unit", distinct=True),
        months=Count("values__month", distinct=True),
        first=Min("values__month"),
        last=Max("values__month"),
    ).filter(count__gt=0)
    found = [FigureKnown(row, row.count, row.units, row.months, row.first, row.last) for row in rows]
    order = {"kin": 0, "kith": 1, "": 2}
    return sorted(found, key=lambda one: (order[one.measure.side], one.measure.pk))


def months_of_both(inside: Collection[int], outside: Collection[int]) -> list[str]:
    """Months in which enough units have figures of both sides, the newest first; two statements."""
    sides = [
        set(Outcome.objects.filter(measure__in=some).values_list("month", "unit").distinct())
        for some in (inside, outside)
    ]
    units = Counter(month for month, _unit in sides[0] & sides[1])
    return sorted((month for month, count in units.items() if count >= LEAST_UNITS), reverse=True)


def values_of(measures: Collection[int], months: Sequence[str] = ()) -> pd.DataFrame:
    """measure, unit, name, month, value and n of these figures (in these months); one statement."""
    rows = Outcome.objects.filter(measure__in=measures)
    if months:
        rows = rows.filter(month__in=months)
    columns = ["measure", "unit", "name", "month", "value", "n"]
    fields = ("measure_id", "unit_id", "unit__name", "month", "value", "n")
    frame = pd.DataFrame.from_records(rows.order_by("unit_id", "measure_id").values_list(*fields), columns=columns)
    return frame.astype({"value": float, "n": float})
