"""The picture used most: figures with their intervals on one shared axis, a row each, label left and reading right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import altair as alt

from kithkin.analysis.charts.picture import Form, Picture, distinct, fixed, fluid, rows_of, wrapped
from kithkin.analysis.charts.theme import CARD, KIN, KITH, LINE, SOFT
from kithkin.analysis.charts.wording import _

MOST_ROWS = 60
LINE_HEIGHT = 17
LETTER = 7.9
LABEL_CHARACTERS = {Form.WIDE: 34, Form.NARROW: 26}
GAP = 18


class Tone(Enum):
    """Whose figure it is; colour and shape say it together."""

    KITH = "kith"
    KIN = "kin"
    SOFT = "soft"
    FAINT = "faint"


SHAPES = {Tone.KITH: "circle", Tone.KIN: "diamond", Tone.SOFT: "circle", Tone.FAINT: "circle"}
COLOURS = {Tone.KITH: KITH, Tone.KIN: KIN, Tone.SOFT: SOFT, Tone.FAINT: SOFT}


@dataclass(frozen=True)
class Row:
    """One figure: `value` within `low` … `high`, its label, what is written beside it and what a pointer shows."""

    label: str
    value: float
    low: float
    high: float
    reading: str
    detail: str = ""
    tone: Tone = Tone.KITH


@dataclass(frozen=True)
class Axis:
    """The shared axis: its title, how numbers are written (d3 format) and the values that must be on it."""

    title: str
    format: str = ",.6~f"
    include: tuple[float, ...] = ()
    reference: float | None = None


def intervals(rows: Sequence[Row], axis: Axis, description: str) -> Picture:
    """Points with intervals, one below the other, in the order given; at most `MOST_ROWS`, the table holds the rest."""
    shown = list(rows[:MOST_ROWS])
    return Picture(_drawn(shown, axis, Form.WIDE), _drawn(shown, axis, Form.NARROW), description)


@dataclass(frozen=True)
class Layout:
    """Where words and figures of each row stand, in pixels.

    Wide: the label in a column of `left` pixels before the plot, the reading in one of `right` pixels behind it.
    Narrow: both on a line above the figure, and no columns. Each place has `top`, `bottom`, `words` (the label's first
    line) and `middle` (the figure).
    """

    form: Form
    places: tuple[dict[str, Any], ...]
    height: float
    left: float
    right: float

    @classmethod
    def of(cls, labels: Sequence[str], readings: Sequence[str], form: Form) -> Layout:
        """The layout of rows with these labels and readings."""
        places, top = [], 0.0
        for name, reading in zip(distinct(labels), readings, strict=True):
            text = wrapped(name, LABEL_CHARACTERS[form])
            place = _place(top, LINE_HEIGHT * text.count("\n"), form)
            places.append({"name": name, "text": text, "reading": reading} | place)
            top = place["bottom"]
        left, right = (0.0, 0.0) if form is Form.NARROW else (_width(labels_of(places)) + GAP, _width(readings) + GAP)
        return cls(form, tuple(places), top, left, right)

    def y(self, field: str) -> alt.Y:
        """A vertical position given in pixels from the top."""
        return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[self.height, 0], nice=False, zero=False))

    def edges(self) -> dict[str, Any]:
        """The left and right edge of a row, its columns of words included."""
        return {"x": fixed(alt.XValue, -self.left), "x2": fixed(alt.X2Value, alt.ExprRef(f"width + {self.right}"))}

    def bands(self, base: alt.Chart, tooltips: Sequence[tuple[str, str]]) -> list[alt.Chart]:
        """A hairline under each row, and the whole row as the pointer's target."""
        over = alt.selection_point(on="pointerover", clear="pointerout", fields=["name"], empty=False, name="over")
        band = (
            base.mark_rect(color=LINE)
            .encode(
                **self.edges(),
                y=self.y("top"),
                y2=alt.Y2("bottom:Q"),
                opacity=alt.OpacityValue(0, condition={"param": "over", "empty": False, "value": 0.4}),
                tooltip=[alt.Tooltip(f"{field}:N", title=title) for field, title in tooltips],
            )
            .add_params(over)
        )
        inner = base.transform_filter(alt.datum.bottom < self.height)
        return [band, inner.mark_rule(color=LINE).encode(**self.edges(), y=self.y("bottom"))]

    def words(self, base: alt.Chart) -> list[alt.Chart]:
        """The labels, and the readings at the right edge."""
        narrow = self.form is Form.NARROW
        label = base.mark_text(align="left", baseline="middle", lineBreak="\n", lineHeight=LINE_HEIGHT, dx=-self.left)
        reading = base.mark_text(align="right", baseline="middle", color=SOFT, dx=self.right)
        return [
            label.encode(x=fixed(alt.XValue, 0), y=self.y("words"), text=alt.Text("text:N")),
            reading.encode(
                x=fixed(alt.XValue, "width"), y=self.y("words" if narrow else "middle"), text=alt.Text("reading:N")
            ),
        ]


def labels_of(places: Sequence[dict[str, Any]]) -> list[str]:
    """Every line of every label."""
    return [line for place in places for line in place["text"].split("\n")]


def _place(top: float, lines: float, form: Form) -> dict[str, float]:
    if form is Form.WIDE:
        height = lines + 38
        return {"top": top, "bottom": top + height, "words": top + 19, "middle": top + height / 2}
    height = lines + 62
    return {"top": top, "bottom": top + height, "words": top + 20, "middle": top + height - 18}


def _width(lines: Sequence[str]) -> float:
    return max((len(line) for line in lines), default=0) * LETTER


def _drawn(rows: Sequence[Row], axis: Axis, form: Form) -> alt.LayerChart:
    layout = Layout.of([row.label for row in rows], [row.reading for row in rows], form)
    values = [
        place | {"value": row.value, "low": row.low, "high": row.high, "detail": row.detail, "tone": row.tone.value}
        for place, row in zip(layout.places, rows, strict=True)
    ]
    base = alt.Chart(rows_of(values))
    layers = [
        *layout.bands(base, [("name", " "), ("reading", _("figure")), ("detail", _("with"))]),
        *_reference(axis, layout),
        *_marks(base, rows, axis, layout),
        *layout.words(base),
    ]
    return fluid(layers, int(layout.height))


def _x(field: str, axis: Axis, form: Form) -> alt.X:
    return alt.X(
        f"{field}:Q",
        title=axis.title if form is Form.WIDE else wrapped(axis.title, 40).split("\n"),
        scale=alt.Scale(zero=False, nice=True),
        axis=alt.Axis(format=axis.format, grid=False, tickCount=5, labelFlush=True),
    )


def _reference(axis: Axis, layout: Layout) -> list[alt.Chart]:
    at = sorted({*axis.include, *(() if axis.reference is None else (axis.reference,))})
    reach = 19 if layout.form is Form.WIDE else 12
    crossings = [
        {"at": value, "from": max(place["middle"] - reach, place["top"]), "to": place["middle"] + reach}
        for value in at
        for place in layout.places
    ]
    if layout.form is Form.WIDE:
        crossings = [{"at": value, "from": 0, "to": layout.height} for value in at]
    rule = alt.Chart(rows_of(crossings)).mark_rule(color=SOFT, strokeDash=[3, 3])
    return [rule.encode(x=_x("at", axis, layout.form), y=layout.y("from"), y2=alt.Y2("to:Q"))] if at else []


def _marks(base: alt.Chart, rows: Sequence[Row], axis: Axis, layout: Layout) -> list[alt.Chart]:
    layers = []
    for tone in Tone:
        if any(row.tone is tone for row in rows):
            own, colour = base.transform_filter(alt.datum.tone == tone.value), COLOURS[tone]
            line = own.mark_rule(color=colour, strokeWidth=2)
            fill = CARD if tone is Tone.FAINT else colour
            point = own.mark_point(shape=SHAPES[tone], fill=fill, stroke=colour, strokeWidth=2, size=70, opacity=1)
            layers += [
                line.encode(x=_x("low", axis, layout.form), x2=alt.X2("high:Q"), y=layout.y("middle")),
                point.encode(x=_x("value", axis, layout.form), y=layout.y("middle")),
            ]
    return layers
