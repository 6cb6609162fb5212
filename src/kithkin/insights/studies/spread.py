"""How far answers about one relation lie apart within a cell: one number per relation over everybody and all months.

Released cells hold n and the mean only, but the noise of a mean depends on the spread of the answers. Pooled over at
least 10 cells and 20 times the floor, it tells nothing of any group.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

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
    cells = counted(Cut(program.table, field.column, ("link", "month", UNIT), weighted=False))
    if cells.empty:
        return {}
    score = cells["score"]
    if metric_of(field) is Metric.NPS:
        score = 100.0 * ((score >= 9).astype(float) - (score <= 6).astype(float))
    cells = cells.assign(wx=cells["n"] * score, wxx=cells["n"] * score**2, link=cells["link"].map(member_of))
    groups = cells.groupby(["link", "month", UNIT], dropna=False)[["n", "wx", "wxx"]].sum().reset_index()
    groups = groups[groups["n"] >= 2]
    groups["within"] = groups["wxx"] - groups["wx"] ** 2 / groups["n"]
    found = {}
    for link, rows in groups.groupby("link"):
        people = float(rows["n"].sum())
        if len(rows) >= LEAST_CELLS and people >= LEAST_FLOORS * (program.floor or 1):
            found[str(link)] = float(np.sqrt(max(rows["within"].sum(), 0.0) / (people - len(rows))))
    return found
