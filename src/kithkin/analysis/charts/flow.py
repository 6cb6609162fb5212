"""Pictures of how requests flow through groups: where they breach, where they wait, who hands over to whom."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from kithkin.analysis.charts.intervals import Axis, Layout, Row, Tone, intervals
from kithkin.analysis.charts.picture import Form, Picture, fluid, rows_of
from kithkin.analysis.charts.theme import KIN
from kithkin.analysis.charts.wording import number, percent
from kithkin.analysis.flow import FlowReport, GroupFlow, Waiting
from kithkin.analysis.results import Estimate

SHOWN = 15
IN_MATRIX = {Form.WIDE: 10, Form.NARROW: 6}
CLEARLY = 0.05
FAINTEST, STRONGEST = 0.06, 0.5


def worse_than_rest(group: GroupFlow) -> bool:
    """Whether the group breaches more often than all others, with false discoveries held at 5 %."""
    return group.q is not None and group.q <= CLEARLY


def breach_by_groups_touched(report: FlowReport) -> Picture:
    """The share of broken promises by how many groups a request touched, with intervals."""
    rows = [
        _share(_groups(row.groups), row.breach, Tone.SOFT) for row in report.by_groups_touched if row.breach is not None
    ]
    return _shares(rows, report, "Per cent of requests that broke their promise, by groups touched")


def breach_by_group(report: FlowReport) -> Picture:
    """The share of broken promises among the requests that touched each group, with intervals; the most used first.

    Of many groups those that breach more than the rest are drawn, and then the most used.
    """
    every = [group for group in report.groups if group.breach is not None]
    first = sorted(every, key=lambda group: not worse_than_rest(group))[:SHOWN]
    known = [group for group in every if group in first]
    rows = [
        _share(group.group, group.breach, Tone.KIN if worse_than_rest(group) else Tone.SOFT)
        for group in known
        if group.breach is not None
    ]
    return _shares(rows, report, "Per cent of requests that broke their promise, by group")


def _groups(touched: str) -> str:
    return "1 group" if touched == "1" else f"{touched.rstrip('+')}{' or more' if touched.endswith('+') else ''} groups"


def _share(label: str, breach: Estimate, tone: Tone) -> Row:
    low, high = (number(100 * limit, 1) for limit in (breach.low, breach.high))
    return Row(
        label,
        100 * breach.value,
        100 * breach.low,
        100 * breach.high,
        reading=percent(breach.value),
        detail=f"{low} to {high} %, n = {breach.n:,}",
        tone=tone,
    )


def _shares(rows: Sequence[Row], report: FlowReport, title: str) -> Picture:
    overall = report.breach
    axis = Axis(title, include=(0.0,), reference=None if overall is None else 100 * overall.value)
    said = "; ".join(f"{row.label} {row.reading} ({row.detail})" for row in rows)
    picture = intervals(rows, axis, f"{title}, with intervals. {said}.")
    legend = [("soft", f"share with its {percent(report.confidence)} interval")]
    if any(row.tone is Tone.KIN for row in rows):
        legend.insert(0, ("kin", "breaches more often than the rest"))
    if overall is not None:
        legend.append(("dash", f"zero, and all requests: {percent(overall.value)}"))
    return Picture(picture.wide, picture.narrow, picture.description, tuple(legend))


def waiting_by_group(report: FlowReport) -> Picture:
    """The median hours that requests stay in each group, with intervals; hollow where there are too few for one."""
    rows = [_wait(group.group, group.waiting) for group in report.groups[:SHOWN]]
    said = "; ".join(f"{row.label} {row.reading} ({row.detail})" for row in rows)
    picture = intervals(rows, Axis("Median hours in the group", include=(0.0,)), f"Median hours in each group. {said}.")
    legend = [("soft", f"median with its {percent(report.confidence)} interval")]
    if any(row.tone is Tone.FAINT for row in rows):
        legend.append(("faint", "too few for an interval"))
    return Picture(picture.wide, picture.narrow, picture.description, tuple(legend))


def _wait(label: str, waiting: Waiting) -> Row:
    known = waiting.low is not None and waiting.high is not None
    low, high = (waiting.low, waiting.high) if known else (waiting.median, waiting.median)
    assert low is not None
    assert high is not None
    between = f"{number(low, 1)} to {number(high, 1)} h, " if known else ""
    return Row(
        label,
        waiting.median,
        low,
        high,
        reading=f"{number(waiting.median, 1)} h",
        detail=f"{between}n = {waiting.n:,}",
        tone=Tone.SOFT if known else Tone.FAINT,
    )


def hand_overs(report: FlowReport) -> Picture:
    """Who hands over to whom: giving groups as rows, taking groups as numbered columns, the stronger the more often."""
    said = "; ".join(f"{over.from_group} to {over.to_group} {over.volume:,} times" for over in report.handovers[:SHOWN])
    wide, narrow = (_matrix(report, form) for form in Form)
    legend = (("kin square", "the stronger the colour, the more hand-overs; columns carry the numbers of the rows"),)
    return Picture(wide, narrow, f"Hand-overs between groups. {said}.", legend)


def busiest(report: FlowReport, most: int) -> list[str]:
    """The groups with the most hand-overs, given or taken."""
    volume: dict[str, int] = {}
    for over in report.handovers:
        for group in (over.from_group, over.to_group):
            volume[group] = volume.get(group, 0) + over.volume
    return sorted(volume, key=lambda group: -volume[group])[:most]


def _matrix(report: FlowReport, form: Form) -> alt.LayerChart:
    groups = busiest(report, IN_MATRIX[form])
    numbers = {group: str(place) for place, group in enumerate(groups, start=1)}
    layout = Layout.of([f"{numbers[group]} {group}" for group in groups], [""] * len(groups), form)
    rows = dict(zip(groups, layout.places, strict=True))
    shown = [over for over in report.handovers if over.from_group in numbers and over.to_group in numbers]
    largest = max((over.volume for over in shown), default=1)
    values = [
        {
            "column": numbers[over.to_group],
            "upper": rows[over.from_group]["middle"] - 14,
            "lower": rows[over.from_group]["middle"] + 14,
            "middle": rows[over.from_group]["middle"],
            "strength": FAINTEST + (STRONGEST - FAINTEST) * (over.volume / largest) ** 0.5,
            "text": short(over.volume),
            "name": f"{over.from_group} → {over.to_group}",
            "volume": f"{over.volume:,}",
            "wait": f"median {number(over.waiting.median, 1)} h",
        }
        for over in shown
    ]
    order = list(numbers.values())
    axis = alt.Axis(orient="top", labelAngle=0, title="to", grid=False)
    x = alt.X("column:N", sort=order, scale=alt.Scale(domain=order, paddingInner=0.04), axis=axis)
    base = alt.Chart(rows_of(values))
    fields = (("name", " "), ("volume", "hand-overs"), ("wait", "waiting before"))
    cells = base.mark_rect(fill=KIN, cornerRadius=3).encode(
        x=x,
        y=layout.y("upper"),
        y2=alt.Y2("lower:Q"),
        opacity=alt.Opacity("strength:Q", scale=None, legend=None),
        tooltip=[alt.Tooltip(f"{field}:N", title=title) for field, title in fields],
    )
    words = base.mark_text(baseline="middle", fontSize=12).encode(x=x, y=layout.y("middle"), text=alt.Text("text:N"))
    named = alt.Chart(rows_of(list(layout.places)))
    return fluid([cells, words, *layout.words(named)], int(layout.height))


def short(count: int) -> str:
    """A count in at most four letters.

    >>> short(940), short(12_345), short(2_400_000)
    ('940', '12k', '2.4M')
    """
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if count >= size:
            value = count / size
            return f"{value:.1f}{letter}" if value < 10 else f"{value:.0f}{letter}"
    return str(count)
