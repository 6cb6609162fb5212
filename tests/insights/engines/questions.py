"""Questions of every shape that the product asks, made from a seed; and a table with all that makes them hard."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import ibis

from kithkin.insights.engines import day_month, quarter, year
from kithkin.platform.registries.facts import FactColumn, FactKind
from tests.insights.warehouse.ledger import Truth

COLUMNS = (
    FactColumn("score", FactKind.SCORE),
    FactColumn("other", FactKind.SCORE),
    FactColumn("weight", FactKind.NUMBER),
    FactColumn("unit", FactKind.ID),
    FactColumn("channel", FactKind.CATEGORY),
    FactColumn("words", FactKind.TEXT),
    FactColumn("day", FactKind.DAY),
    FactColumn("late", FactKind.TRUTH),
)
CHANNELS = ("mail", "Post", "Zürich", "it's", "", None)
DIMENSIONS: dict[str, Callable[[Any], Any]] = {
    "month": lambda t: t.month,
    "quarter": lambda t: quarter(t.month),
    "year": lambda t: year(t.month),
    "unit": lambda t: t.unit,
    "channel": lambda t: t.channel,
    "late": lambda t: t.late,
    "day_month": lambda t: day_month(t.day),
    "bucket": lambda t: t.key % 7,
    "top": lambda t: t.score >= 9,
}
MEASURES: dict[str, Callable[[Any], Any]] = {
    "n": lambda t: t.count(),
    "answered": lambda t: t.score.count(),
    "promoters": lambda t: (t.score >= 9).ifelse(1, 0).sum(),
    "sum": lambda t: wide(t.score).sum(),
    "squares": lambda t: (wide(t.score) * wide(t.score)).sum(),
    "cross": lambda t: (wide(t.score) * wide(t.other)).sum(),
    "weights": lambda t: t.weight.sum(),
    "weighted": lambda t: (t.weight * wide(t.score)).sum(),
    "weights_squared": lambda t: (t.weight * t.weight).sum(),
    "mean": lambda t: wide(t.score).sum() / t.score.count().nullif(0),
    "least": lambda t: t.score.min(),
    "last": lambda t: t.day.max(),
    "late": lambda t: t.late.ifelse(1, 0).sum(),
    "people": lambda t: t.unit.nunique(),
    "detractors": lambda t: t.count(where=t.score <= 6),
    "units": lambda t: t.unit.cast("int64").sum(),
}
FILTERS: tuple[Callable[[Any, random.Random], Any], ...] = (
    lambda t, pick: t.unit.isin(pick.sample(range(8), 3)),
    lambda t, _pick: t.unit.notin([1, 2]),
    lambda t, _pick: t.channel.isin(["mail", "it's", "Zürich"]),
    lambda t, _pick: t.channel.isnull(),
    lambda t, _pick: t.score.notnull(),
    lambda t, pick: t.score.between(2, pick.randint(3, 10)),
    lambda t, _pick: t.month.between("2025-11", "2026-04"),
    lambda t, _pick: t.day.between(date(2026, 1, 15), date(2026, 5, 1)),
    lambda t, _pick: (t.unit == 3) | t.late,
    lambda t, _pick: ~t.late,
    lambda t, pick: t.key > pick.randint(1, 2000),
    lambda t, _pick: t.unit == 999,
)


def wide(column: Any) -> Any:
    """Cast before arithmetic."""
    return column.cast("float64")


def question(table: ibis.Table, seed: int) -> ibis.Table:
    """By 0 to 4 dimensions, with 0 to 3 filters, several measures, sometimes the largest groups only."""
    pick = random.Random(seed)
    rows = table
    for rule in pick.sample(FILTERS, pick.randint(0, 3)):
        rows = rows.filter(rule(rows, pick))
    dimensions = {f"by_{name}": DIMENSIONS[name](rows) for name in pick.sample(sorted(DIMENSIONS), seed % 5)}
    measures = {name: MEASURES[name](rows) for name in pick.sample(sorted(MEASURES), pick.randint(1, 6))}
    found = rows.group_by(dimensions).agg(**measures) if dimensions else rows.agg(**measures)
    if "n" in measures and dimensions and pick.random() < 0.3:
        found = found.filter(found.n >= 5)
    return found


def survey(seed: int = 5, rows: int = 2_500) -> Truth:
    """Nulls everywhere, texts in every script, months of two years, a weight that is no whole number."""
    pick, one = random.Random(seed), Truth("answers", COLUMNS)
    for key in range(1, rows + 1):
        day = date(2025, 9, 1) + timedelta(days=pick.randint(0, 300))
        one.rows[key] = {
            "month": f"{day:%Y-%m}",
            "score": pick.choice([None, *map(float, range(11))]),
            "other": pick.choice([None, 1.0, 2.5, 5.0]),
            "weight": pick.uniform(0.2, 3.0),
            "unit": pick.choice([None, *range(8), 2**31 - 1]),
            "channel": pick.choice(CHANNELS),
            "words": pick.choice(["", "long " * 20, None]),
            "day": pick.choice([day, None]),
            "late": pick.choice([True, False, None]),
        }
    return one
