"""Control charts: values in time, their centre and limits, and the points that the rules call signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from kithkin.analysis.charts.picture import Form, Picture, distinct, fluid, in_order, rows_of
from kithkin.analysis.charts.theme import CARD, KIN, SOFT
from kithkin.analysis.charts.wording import decimals, number
from kithkin.analysis.control import PChart, Rule, Signal, XmRChart
from kithkin.analysis.errors import BadShape

MOST_POINTS = 500


@dataclass(frozen=True)
class _Series:
    """Values with a centre and limits for each, in the order of time; `factor` turns them into what is shown."""

    labels: Sequence[str]
    values: Sequence[float]
    centre: float
    lower: Sequence[float]
    upper: Sequence[float]
    signals: Sequence[Signal]
    title: str
    factor: float = 1

    @property
    def places(self) -> int:
        return decimals(self.factor * max(map(abs, (*self.values, *self.upper)), default=1.0))

    def figure(self, value: float) -> str:
        return number(self.factor * value, self.places)


def xmr(chart: XmRChart, labels: Sequence[str] | None = None, *, title: str = "Value") -> Picture:
    """Individuals with centre and natural limits (Shewhart); signals are diamonds. `labels` name the points in order.

    Of a long series the last `MOST_POINTS` are drawn.
    """
    names = _names(labels, len(chart.values))
    limits = [chart.lower] * len(names), [chart.upper] * len(names)
    return _picture(_Series(names, chart.values, chart.centre, *limits, chart.signals, title))


def moving_ranges(chart: XmRChart, labels: Sequence[str] | None = None) -> Picture:
    """The moving ranges of an XmR chart, from its second point on, with their limit."""
    names = _names(labels, len(chart.values))[1:]
    zero, limit = [0.0] * len(names), [chart.moving_range_limit] * len(names)
    wide = [place for place, moved in enumerate(chart.moving_ranges) if moved > chart.moving_range_limit]
    signals = [Signal(place, Rule.BEYOND_LIMITS, "The moving range lies beyond its limit.") for place in wide]
    return _picture(_Series(names, chart.moving_ranges, chart.mean_moving_range, zero, limit, signals, "Moving range"))


def p_chart(chart: PChart, labels: Sequence[str] | None = None, *, title: str = "Share, %") -> Picture:
    """Shares in per cent with limits that follow each size (p chart, or Laney's p′)."""
    names = _names(labels, len(chart.values))
    return _picture(_Series(names, chart.values, chart.centre, chart.lower, chart.upper, chart.signals, title, 100))


def _names(labels: Sequence[str] | None, count: int) -> list[str]:
    names = [str(place) for place in range(1, count + 1)] if labels is None else [str(label) for label in labels]
    if len(names) != count:
        raise BadShape(f"labels: {len(names)} for {count} points. Give one label per point.")
    return names


def _picture(series: _Series) -> Picture:
    told = [f"{series.labels[signal.position]}: {signal.sentence}" for signal in series.signals]
    said = "; ".join(dict.fromkeys(told)) or "No point is a signal."
    span = f"centre {series.figure(series.centre)}, {len(series.values)} points"
    legend = [("soft", "value"), ("rule", f"centre {series.figure(series.centre)}"), ("dash", "limits")]
    if series.signals:
        legend.insert(0, ("kin", "signal: more than chance"))
    wide, narrow = (_drawn(series, form) for form in Form)
    return Picture(wide, narrow, f"{series.title}, {span}. {said}", tuple(legend))


def _drawn(series: _Series, form: Form) -> alt.LayerChart:
    reasons: dict[int, list[str]] = {}
    for signal in series.signals:
        reasons.setdefault(signal.position, []).append(signal.sentence)
    first, names = max(0, len(series.values) - MOST_POINTS), distinct(series.labels)
    values = [
        {
            "order": place,
            "name": names[place],
            "value": series.factor * series.values[place],
            "low": series.factor * series.lower[place],
            "high": series.factor * series.upper[place],
            "centre": series.factor * series.centre,
            "figure": series.figure(series.values[place]),
            "signal": " ".join(reasons.get(place, ["no signal"])),
            "told": place in reasons,
        }
        for place in range(first, len(series.values))
    ]
    base = alt.Chart(rows_of(values))
    x = in_order("name")

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", title=series.title, scale=alt.Scale(zero=False), axis=alt.Axis(grid=False))

    limits = [
        base.mark_line(color=SOFT, strokeWidth=1, strokeDash=dash, interpolate="step").encode(x=x, y=y(field))
        for field, dash in (("low", [3, 3]), ("high", [3, 3]), ("centre", [1, 0]))
    ]
    fields = (("name", " "), ("figure", "value"), ("signal", "rule"))
    tooltips = [alt.Tooltip(f"{field}:N", title=title) for field, title in fields]
    calm, told = base.transform_filter("!datum.told"), base.transform_filter("datum.told")
    dot = calm.mark_point(shape="circle", fill=SOFT, stroke=CARD, strokeWidth=1, size=50, opacity=1)
    sign = told.mark_point(shape="diamond", fill=KIN, stroke=CARD, strokeWidth=1, size=130, opacity=1)
    layers = [
        *limits,
        base.mark_line(color=SOFT, strokeWidth=1.5, opacity=0.6).encode(x=x, y=y("value")),
        *(mark.encode(x=x, y=y("value"), tooltip=tooltips) for mark in (dot, sign)),
    ]
    return fluid(layers, 280 if form is Form.WIDE else 240)
