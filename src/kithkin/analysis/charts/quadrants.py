"""Importance against performance (Martilla, James 1977), with how sure each place is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import altair as alt

from kithkin.analysis.charts.picture import Form, Picture, fixed, fluid, rows_of
from kithkin.analysis.charts.theme import CARD, INK, KIN, KITH, SOFT
from kithkin.analysis.charts.wording import _, number, percent
from kithkin.analysis.drivers import DriverReport, Map, Placed, Quadrant

SURE = 0.8
HEIGHT = {Form.WIDE: 400, Form.NARROW: 320}
WIDTH = {Form.WIDE: 680, Form.NARROW: 270}
WORDS = {
    Quadrant.CONCENTRATE: ("High importance", "low performance"),
    Quadrant.KEEP_UP: ("High importance", "high performance"),
    Quadrant.LOW_PRIORITY: ("Low importance", "low performance"),
    Quadrant.OVERKILL: ("Low importance", "high performance"),
}
SCALE = [0.0, 100.0]


@dataclass(frozen=True)
class Side:
    """Where a label stands beside its point."""

    align: Literal["left", "center", "right"]
    baseline: Literal["top", "middle", "bottom"]
    dx: int
    dy: int


SIDES = (
    Side("left", "middle", 10, 0),
    Side("right", "middle", -10, 0),
    Side("center", "bottom", 0, -9),
    Side("center", "top", 0, 9),
)


def to_improve(report: DriverReport) -> list[str]:
    """Drivers that are important, below the others in performance, in most resamples so, and of no weak evidence."""
    weak = {driver.name for driver in report.drivers if driver.weak}
    return [
        point.name
        for _rank, point in numbered(report.map.placed if report.map else ())
        if point.quadrant is Quadrant.CONCENTRATE and point.certainty >= SURE and point.name not in weak
    ]


def numbered(placed: Sequence[Placed]) -> list[tuple[str, Placed]]:
    """The drivers by importance, each with the number that stands on the map and in the table."""
    ranked = sorted(placed, key=lambda point: -point.importance)
    return [(str(rank), point) for rank, point in enumerate(ranked, start=1)]


def place_of(point: Placed) -> str:
    """The quadrant in words; a place that too few resamples agree on is a perhaps.

    >>> from kithkin.analysis.drivers import Ellipse
    >>> place_of(Placed("speed", 60.0, 30.0, Quadrant.OVERKILL, 0.7, Ellipse(0, 0, 1, 1, 0)))
    'perhaps low importance, high performance'
    """
    high, done = (_(words) for words in WORDS[point.quadrant])
    words = f"{high[:1].lower()}{high[1:]}, {done}"
    return words if point.certainty >= SURE else _("perhaps %(place)s") % {"place": words}


def quadrants(places: Map, improve: Collection[str] = ()) -> Picture:
    """Each driver's importance (per cent of R²) against its performance (0–100), with an ellipse of uncertainty.

    The drivers named in `improve` are drawn as what to act on first: see `to_improve`.
    """
    points = numbered(places.placed)
    said = [
        f"{rank} {point.name}: "
        + _("performance %(performance)s, importance %(importance)s %%")
        % {"performance": number(point.performance), "importance": number(point.importance)}
        for rank, point in points
    ]
    legend = [
        ("kith", _("driver, with the ellipse that holds it in %(share)s of resamples") % {"share": percent(0.95)}),
        ("dash", _("mean of all drivers")),
    ]
    if improve:
        legend.insert(0, ("kin", _("important, and done worse than the rest")))
    wide, narrow = (_drawn(places, points, improve, form) for form in Form)
    description = _("Importance against performance") + f". {'; '.join(said)}."
    return Picture(wide, narrow, description, tuple(legend))


@dataclass(frozen=True)
class _Range:
    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float], floor: float, ceiling: float) -> _Range:
        given = list(values)
        pad = 0.08 * (max(given) - min(given)) or 1.0
        return cls(max(min(given) - pad, floor), min(max(given) + pad, ceiling))

    def at(self, value: float, pixels: float) -> float:
        return (value - self.low) / (self.high - self.low) * pixels


def _drawn(places: Map, points: Sequence[tuple[str, Placed]], improve: Collection[str], form: Form) -> alt.LayerChart:
    outlines = {rank: point.ellipse.outline(40) for rank, point in points}
    xs = _Range.of([x for outline in outlines.values() for x, _ in outline], 0, 100)
    ys = replace(_Range.of([y for outline in outlines.values() for _at, y in outline], -5, 105), low=0.0)

    def x(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q", title=_performance(xs, form), scale=_scale(xs), axis=alt.Axis(grid=False, tickCount=5)
        )

    def y(field: str) -> alt.Y:
        title = _("Importance, per cent of R²")
        return alt.Y(f"{field}:Q", title=title, scale=_scale(ys), axis=alt.Axis(grid=False, tickCount=5))

    rows = [
        {"rank": rank, "x": px, "y": py, "step": step, "weak": point.name in improve}
        for rank, point in points
        for step, (px, py) in enumerate(outlines[rank])
    ]
    ellipse = alt.Chart(rows_of(rows)).mark_line(strokeWidth=1, opacity=0.5, clip=True)
    colour = alt.condition(alt.datum.weak, alt.value(KIN), alt.value(SOFT))
    layers = [
        _rule(places.performance_cut).encode(x=x("at")),
        _rule(places.importance_cut).encode(y=y("at")),
        ellipse.encode(x("x"), y("y"), detail=alt.Detail("rank:N"), order=alt.Order("step:Q"), color=colour),
        *_corners(),
        *_points(points, improve, (x("x"), y("y"))),
        *_labels(points, (xs, ys), (x("x"), y("y")), form),
    ]
    return fluid(layers, HEIGHT[form])


def _performance(span: _Range, form: Form) -> str | list[str]:
    """The title of the axis of performance, which says so where the axis is cut."""
    if [span.low, span.high] == SCALE:
        return _("Performance, 0 to 100")
    cut = _("the axis is cut: %(low)s to %(high)s") % {"low": number(span.low), "high": number(span.high)}
    lines = [_("Performance on a scale from 0 to 100;"), cut]
    return " ".join(lines) if form is Form.WIDE else lines


def _scale(span: _Range) -> alt.Scale:
    return alt.Scale(domain=[span.low, span.high], nice=False, zero=False)


def _rule(at: float) -> alt.Chart:
    rule: alt.Chart = alt.Chart(rows_of([{"at": at}])).mark_rule(color=SOFT, strokeDash=[3, 3])
    return rule


def _corners() -> list[alt.Chart]:
    layers = []
    for quadrant, words in WORDS.items():
        right = quadrant in {Quadrant.KEEP_UP, Quadrant.OVERKILL}
        low = quadrant in {Quadrant.LOW_PRIORITY, Quadrant.OVERKILL}
        mark = alt.Chart(rows_of([{"text": ",\n".join(_(one) for one in words)}])).mark_text(
            lineBreak="\n",
            lineHeight=15,
            align="right" if right else "left",
            baseline="bottom" if low else "top",
            dx=-6 if right else 6,
            dy=-6 - 15 if low else 6,
            color=SOFT,
            fontSize=12,
        )
        x, y = fixed(alt.XValue, "width" if right else 0), fixed(alt.YValue, "height" if low else 0)
        layers.append(mark.encode(x=x, y=y, text=alt.Text("text:N")))
    return layers


def _points(
    points: Sequence[tuple[str, Placed]], improve: Collection[str], axes: tuple[alt.X, alt.Y]
) -> list[alt.Chart]:
    layers = []
    for weak in (False, True):
        chosen = [point for _rank, point in points if (point.name in improve) is weak]
        values = [
            {"x": point.performance, "y": point.importance, "name": point.name, "quadrant": place_of(point)}
            | {"sure": _("%(share)s %% of resamples put it there") % {"share": number(100 * point.certainty)}}
            for point in chosen
        ]
        if values:
            colour = KIN if weak else KITH
            mark = alt.Chart(rows_of(values)).mark_point(
                shape="diamond" if weak else "circle", fill=colour, stroke=CARD, strokeWidth=1.5, size=110, opacity=1
            )
            fields = (("name", " "), ("quadrant", _("place")), ("sure", _("how sure")))
            tooltips = [alt.Tooltip(f"{field}:N", title=title) for field, title in fields]
            layers.append(mark.encode(*axes, tooltip=tooltips))
    return layers


def _labels(
    points: Sequence[tuple[str, Placed]], spans: tuple[_Range, _Range], axes: tuple[alt.X, alt.Y], form: Form
) -> list[alt.Chart]:
    """Number and name beside each point, on the side where it meets the fewest others; on a phone the number alone."""
    words = {rank: rank if form is Form.NARROW else f"{rank} {point.name}" for rank, point in points}
    at = {
        rank: (spans[0].at(point.performance, WIDTH[form]), -spans[1].at(point.importance, HEIGHT[form]))
        for rank, point in points
    }
    taken = [(px - 6, py - 6, px + 6, py + 6) for px, py in at.values()]
    chosen: dict[int, list[dict[str, object]]] = {}
    for rank, point in points:
        boxes = [_label_box(at[rank], len(words[rank]), side) for side in SIDES]
        costs = [_cost(box, taken, WIDTH[form]) for box in boxes]
        side = costs.index(min(costs))
        taken.append(boxes[side])
        row = {"x": point.performance, "y": point.importance, "text": words[rank]}
        chosen.setdefault(side, []).append(row)
    layers = []
    for side, rows in sorted(chosen.items()):
        place = SIDES[side]
        mark = alt.Chart(rows_of(rows)).mark_text(
            align=place.align, baseline=place.baseline, dx=place.dx, dy=place.dy, color=INK, fontSize=12
        )
        layers.append(mark.encode(*axes, text=alt.Text("text:N")))
    return layers


Rectangle = tuple[float, float, float, float]


def _label_box(at: tuple[float, float], letters: int, side: Side) -> Rectangle:
    width, height = 7.4 * letters, 14.0
    left = at[0] + side.dx - {"left": 0.0, "right": width, "center": width / 2}[side.align]
    top = at[1] + side.dy - {"middle": height / 2, "bottom": height, "top": 0.0}[side.baseline]
    return left, top, left + width, top + height


def _cost(box: Rectangle, taken: Iterable[Rectangle], width: float) -> float:
    """How much of the others a label would cover, and how far it would leave the plot, in square pixels."""
    left, top, right, bottom = box
    covered = sum(
        max(0.0, min(right, other[2]) - max(left, other[0])) * max(0.0, min(bottom, other[3]) - max(top, other[1]))
        for other in taken
    )
    return covered + 20 * (max(0.0, -left) + max(0.0, right - width))
