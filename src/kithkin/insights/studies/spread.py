"""How far answers about one relation lie apart within a cell: one number per relation over everybody and all months.

Released cells hold n and the mean only, but the noise of a mean depends on the spread of the answers. Pooled over at
least 10 cells and 20 times the floor, it tells nothing of any group.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kithkin.analysis.metrics import Metric
from kithkin.forms.models import Field
from kithkin.insights.asking.cells import Cut, counted
from kithkin.insights.asking.dimensions import UNIT, member_of
from kithkin.insights.asking.metric import metric_of
from kithkin.surveys.models import Program

LEAST_CELLS = 10
LEAST_FLOORS = 20


def spreads(program: Program, field: Field) -> Mapping[str, float]:
    """The pooled standard deviation within unit and month, by relation; none where there are too few answers."""
    groups = _within(program, field, ("link", "month", UNIT))
    found = {}
    for link, rows in groups.groupby("link"):
        if (pooled := _pooled(program, rows)) is not None:
            found[str(link)] = pooled
    return found


def spread(program: Program, field: Field) -> float:
    """The same over all of a program that asks about no relation; NaN where there are too few answers."""
    found = _pooled(program, _within(program, field, ("month", UNIT)))
    return float("nan") if found is None else found


def _pooled(program: Program, rows: pd.DataFrame) -> float | None:
    people = float(rows["n"].sum())
    if len(rows) < LEAST_CELLS or people < LEAST_FLOORS * (program.floor or 1):
        return None
    return float(np.sqrt(max(rows["within"].sum(), 0.0) / (people - len(rows))))


def _within(program: Program, field: Field, keys: tuple[str, ...]) -> pd.DataFrame:
    """Answers and their squares around the mean, per cell of at least two."""
    cells = counted(Cut(program.table, field.column, keys, weighted=False))
    if cells.empty:
        return pd.DataFrame(columns=[*keys, "n", "within"])
    score = cells["score"]
    if metric_of(field) is Metric.NPS:
        score = 100.0 * ((score >= 9).astype(float) - (score <= 6).astype(float))
    cells = cells.assign(wx=cells["n"] * score, wxx=cells["n"] * score**2)
    if "link" in keys:
        cells["link"] = cells["link"].map(member_of)
    groups = cells.groupby(list(keys), dropna=False)[["n", "wx", "wxx"]].sum().reset_index()
    groups = groups[groups["n"] >= 2]
    return groups.assign(within=groups["wxx"] - groups["wx"] ** 2 / groups["n"])
