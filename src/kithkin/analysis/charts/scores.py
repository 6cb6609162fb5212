"""Pictures of scores: groups on one axis, what an NPS is made of, and how a score moved."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import altair as alt

from kithkin.analysis.charts.intervals import MOST_ROWS, Axis, Layout, Row, intervals
from kithkin.analysis.charts.picture import Form, Picture, fluid, in_order, rows_of
from kithkin.analysis.charts.theme import CARD, INK, KITH, KITH_TINT, SOFT
from kithkin.analysis.charts.wording import Unit, _, number, percent
from kithkin.analysis.control import XmRChart
from kithkin.analysis.metrics import NetPromoter
from kithkin.analysis.results import Estimate

_PERIOD = re.compile(r"(19|20)\d\d([-/. ]?(Q[1-4]|[HS][12]|W\d\d|\d\d([-/.]\d\d)?))?")


def are_periods(labels: Sequence[str]) -> bool:
    """Whether all labels read as years, quarters, weeks, months or days, so that their order is time.

    >>> are_periods(["2017", "2018"]), are_periods(["2024-Q1", "2024-Q2"]), are_periods(["North", "2018"])
    (True, True, False)
    """
    return len(labels) > 0 and all(_PERIOD.fullmatch(label) for label in labels)


def estimates(groups: Mapping[str, Estimate], *, overall: Estimate | None = None) -> Picture:
    """Each group's score with its interval on one axis, in the order given; the dashed line is everybody together."""
    first = next(iter(groups.values()))
    unit = Unit.of(first)
    rows = [
        Row(
            label,
            estimate.value * unit.factor,
            estimate.low * unit.factor,
            estimate.high * unit.factor,
            reading=unit.figure(estimate.value),
            detail=f"{unit.interval(estimate.low, estimate.high)}, n = {number(estimate.n)}",
        )
        for label, estimate in groups.items()
    ]
    axis = Axis(unit.name, reference=None if overall is None else overall.value * unit.factor)
    picture = intervals(rows, axis, _described(groups, unit))
    legend = [("kith", _("score with its %(share)s interval") % {"share": percent(first.confidence)})]
    if overall is not None:
        legend.append(("dash", _("everybody: %(figure)s") % {"figure": unit.figure(overall.value)}))
    return Picture(picture.wide, picture.narrow, picture.description, tuple(legend))


def _described(groups: Mapping[str, Estimate], unit: Unit) -> str:
    lines = [f"{label} {unit.estimate(estimate)}" for label, estimate in list(groups.items())[:MOST_ROWS]]
    return _("%(what)s, with intervals. %(figures)s.") % {"what": unit.name, "figures": "; ".join(lines)}


def promoters(groups: Mapping[str, NetPromoter]) -> Picture:
    """What each net promoter score is made of: promoters, passives and detractors as parts of one bar."""
    shown = dict(list(groups.items())[:MOST_ROWS])
    lines = [
        f"{label}: {percent(score.promoters)} promoters, {percent(score.passives)} passives,"
        f" {percent(score.detractors)} detractors"
        for label, score in shown.items()
    ]
    return Picture(_stacked(shown, Form.WIDE), _stacked(shown, Form.NARROW), f"{'; '.join(lines)}.", MADE_OF)


MADE_OF = (("kith square", "promoters, 9 or 10"), ("tint", "passives, 7 or 8"), ("soft square", "detractors, 0 to 6"))
PARTS = (("promoters", KITH, CARD), ("passives", KITH_TINT, INK), ("detractors", SOFT, CARD))


def _stacked(groups: Mapping[str, NetPromoter], form: Form) -> alt.LayerChart:
    unit = Unit("NPS")
    layout = Layout.of(list(groups), [unit.figure(score.value) for score in groups.values()], form)
    values = []
    for place, score in zip(layout.places, groups.values(), strict=True):
        start = 0.0
        for part, _fill, _ink in PARTS:
            share = getattr(score, part)
            values.append(_part(place, part, start, share))
            start += share
    base = alt.Chart(rows_of(values))
    once = base.transform_filter(alt.datum.part == "promoters")
    x = alt.X("from:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    layers = layout.bands(once, [("name", " "), ("reading", "NPS"), ("parts", "made of")])
    for part, fill, ink in PARTS:
        own = base.transform_filter(alt.datum.part == part)
        words = own.transform_filter(alt.datum.share >= (0.07 if form is Form.WIDE else 0.14))
        layers += [
            own.mark_rect(fill=fill).encode(x=x, x2=alt.X2("to:Q"), y=layout.y("upper"), y2=alt.Y2("lower:Q")),
            words.mark_text(color=ink, baseline="middle").encode(
                x=alt.X("centre:Q", axis=None), y=layout.y("middle"), text=alt.Text("figure:N")
            ),
        ]
    return fluid([*layers, *layout.words(once)], int(layout.height))


def _part(place: Mapping[str, Any], part: str, start: float, share: float) -> dict[str, Any]:
    return dict(place) | {
        "part": part,
        "share": share,
        "from": start,
        "to": start + share,
        "centre": start + share / 2,
        "upper": place["middle"] - 11,
        "lower": place["middle"] + 11,
        "figure": percent(share),
        "parts": f"{percent(share)} {part}",
    }


def trend(periods: Mapping[str, Estimate], *, limits: XmRChart | None = None, changes: Collection[str] = ()) -> Picture:
    """A score over time, in the order given: the line, its interval as a band, and each period's figure.

    `limits` adds the centre and the natural limits of an XmR chart of these scores, dashed; `changes` names the last
    periods before the level changed, marked by a rule.
    """
    unit = Unit.of(next(iter(periods.values())))
    confidence = percent(next(iter(periods.values())).confidence)
    legend = [("kith", _("score")), ("tint", _("its %(share)s interval") % {"share": confidence})]
    if limits is not None:
        legend.append(("dash", _("usual range: %(range)s") % {"range": unit.interval(limits.lower, limits.upper)}))
    if changes:
        legend.append(("rule", _("the level changed")))
    wide, narrow = (_line(periods, unit, form, limits, changes) for form in Form)
    return Picture(wide, narrow, _described(periods, unit), tuple(legend))


def _line(
    periods: Mapping[str, Estimate],
    unit: Unit,
    form: Form,
    limits: XmRChart | None = None,
    changes: Collection[str] = (),
) -> alt.LayerChart:
    values = [
        {
            "order": order,
            "period": period,
            "value": estimate.value * unit.factor,
            "low": estimate.low * unit.factor,
            "high": estimate.high * unit.factor,
            "reading": unit.figure(estimate.value),
            "detail": f"{unit.interval(estimate.low, estimate.high)}, n = {number(estimate.n)}",
        }
        for order, (period, estimate) in enumerate(periods.items())
    ]
    base = alt.Chart(rows_of(values))
    x = in_order("period")

    def y(field: str) -> alt.Y:
        axis = alt.Axis(title=None, grid=True, tickCount=5)
        return alt.Y(f"{field}:Q", scale=alt.Scale(zero=False, nice=True), axis=axis)

    few = len(periods) <= (14 if form is Form.WIDE else 6)
    tooltips = [alt.Tooltip("period:N", title=" "), alt.Tooltip("reading:N", title=_("figure"))]
    points = base.mark_point(fill=KITH, stroke=CARD, strokeWidth=2, size=90, opacity=1)
    layers = [
        base.mark_area(color=KITH_TINT, opacity=1).encode(x=x, y=y("low"), y2=alt.Y2("high:Q")),
        *_limits(limits, unit),
        *_changes(base, x, changes),
        base.mark_line(color=KITH, strokeWidth=2).encode(x=x, y=y("value")),
        points.encode(x=x, y=y("value"), tooltip=[*tooltips, alt.Tooltip("detail:N", title=_("with"))]),
    ]
    if few:
        layers.append(base.mark_text(dy=-14).encode(x=x, y=y("value"), text=alt.Text("reading:N")))
    return fluid(layers, 260 if form is Form.WIDE else 220)


def _limits(chart: XmRChart | None, unit: Unit) -> list[alt.Chart]:
    if chart is None:
        return []
    rows = [{"at": unit.factor * at} for at in (chart.lower, chart.centre, chart.upper)]
    return [alt.Chart(rows_of(rows)).mark_rule(color=SOFT, strokeDash=[4, 4]).encode(y=alt.Y("at:Q"))]


def _changes(base: alt.Chart, x: alt.X, changes: Collection[str]) -> list[alt.Chart]:
    if not changes:
        return []
    marked = base.transform_filter(alt.FieldOneOfPredicate(field="period", oneOf=list(changes)))
    return [marked.mark_rule(color=INK, strokeWidth=1.5).encode(x=x)]
