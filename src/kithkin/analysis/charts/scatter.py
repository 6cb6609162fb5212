"""Two figures of the same units against one another: a point for each unit, and the line of least squares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from kithkin.analysis.association import Association
from kithkin.analysis.charts.picture import Form, Picture, fluid, rows_of
from kithkin.analysis.charts.theme import CARD, INK, KITH, SOFT
from kithkin.analysis.charts.wording import _, between, number

HEIGHT = {Form.WIDE: 380, Form.NARROW: 300}
MOST = 2_000
"""Points that are drawn; of more, every so manieth."""


@dataclass(frozen=True)
class Point:
    """One unit with both figures, and of how many each is where that is known."""

    name: str
    x: float
    y: float
    x_n: int | None = None
    y_n: int | None = None


def scatter(points: Sequence[Point], names: tuple[str, str], found: Association) -> Picture:
    """Each unit's first figure (to the right) against its second (upwards)."""
    said = _("%(first)s against %(second)s, %(units)s units: r = %(r)s (%(interval)s).") % {
        "first": names[0],
        "second": names[1],
        "units": number(found.n),
        "r": number(found.r, 2),
        "interval": between(number(found.low, 2), number(found.high, 2)),
    }
    legend = (("kith", _("one unit")), ("dash", _("line of least squares")))
    shown = points[:: -(-len(points) // MOST)] if points else points
    wide, narrow = (_drawn(shown, points, names, found, form) for form in Form)
    return Picture(wide, narrow, said, legend)


def _drawn(
    shown: Sequence[Point], every: Sequence[Point], names: tuple[str, str], found: Association, form: Form
) -> alt.LayerChart:
    rows = [
        {"name": one.name, "x": one.x, "y": one.y, "said": f"{_of(one.x, one.x_n)} → {_of(one.y, one.y_n)}"}
        for one in shown
    ]
    x = alt.X("x:Q", title=names[0], scale=alt.Scale(zero=False), axis=alt.Axis(grid=False, tickCount=6))
    y = alt.Y("y:Q", title=names[1], scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=6))
    tooltip = [alt.Tooltip("name:N", title=" "), alt.Tooltip("said:N", title=" ")]
    layers = []
    if rows:
        dots = alt.Chart(rows_of(rows)).mark_point(
            shape="circle", fill=KITH, stroke=CARD, strokeWidth=0.5, size=46 if form is Form.WIDE else 30, opacity=0.7
        )
        layers.append(dots.encode(x, y, tooltip=tooltip))
    ends = [min(one.x for one in every), max(one.x for one in every)] if every else []
    if ends:
        line = [{"x": at, "y": found.intercept + found.slope * at} for at in ends]
        mark = alt.Chart(rows_of(line)).mark_line(color=INK, strokeDash=[6, 4], strokeWidth=1.5)
        layers.append(mark.encode(x, y))
    if not layers:
        layers.append(alt.Chart(rows_of([{"x": 0, "y": 0}])).mark_point(color=SOFT, opacity=0).encode(x, y))
    return fluid(layers, HEIGHT[form])


def _of(value: float, n: int | None) -> str:
    return number(value, 2) if n is None else f"{number(value, 2)} (n = {number(n)})"
