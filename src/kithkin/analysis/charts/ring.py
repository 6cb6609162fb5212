"""The service-profit chain as the cycle it is: stages on a ring, an arrow for each step, as thick as it is strong."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import altair as alt

from kithkin.analysis.charts.intervals import Axis, Row, Tone, intervals
from kithkin.analysis.charts.picture import STILL_WIDTH, Picture, rows_of, wrapped
from kithkin.analysis.charts.theme import CARD, INK, KIN, KIN_TINT, KITH, KITH_TINT, SOFT

HEIGHT = 460
_CENTRE = (STILL_WIDTH / 2, HEIGHT / 2)
_RADII = (298.0, 185.0)
_BOX = (78.0, 24.0)
_AWAY = 6.0
_THICK = 9.0
_CLEAR = 22.0
_LETTER = 7.0


class Side(Enum):
    """Whose figure a stage is."""

    KIN = "kin"
    KITH = "kith"
    NONE = "none"
    """Not measured."""


@dataclass(frozen=True)
class Stage:
    """One stage in its words; `below` says what measures it."""

    key: str
    label: str
    below: str
    side: Side


@dataclass(frozen=True)
class Step:
    """One arrow. `strength` with its interval is standardised, None where it could not be worked out at all."""

    first: str
    second: str
    label: str
    reading: str
    told: bool
    strength: float | None = None
    low: float = 0.0
    high: float = 0.0


def ring(stages: Sequence[Stage], steps: Sequence[Step], axis: str, description: str) -> Picture:
    """Wide: the ring. Narrow: the steps that were worked out as intervals on one axis, in the order of the ring."""
    wide = _ring(stages, steps)
    worked = [step for step in steps if step.strength is not None]
    rows = [
        Row(step.label, step.strength or 0.0, step.low, step.high, step.reading, tone=_tone(step)) for step in worked
    ]
    narrow = intervals(rows, Axis(axis, include=(0.0,)), description).narrow if rows else wide
    return Picture(wide, narrow, description, narrow_below=STILL_WIDTH)


def _tone(step: Step) -> Tone:
    return Tone.KITH if step.told else Tone.FAINT


def _places(stages: Sequence[Stage]) -> dict[str, tuple[float, float]]:
    """Clockwise from the left."""
    found = {}
    for place, stage in enumerate(stages):
        turn = math.pi + 2 * math.pi * place / len(stages)
        found[stage.key] = (_CENTRE[0] + _RADII[0] * math.cos(turn), _CENTRE[1] + _RADII[1] * math.sin(turn))
    return found


def _edge(at: tuple[float, float], towards: tuple[float, float]) -> tuple[float, float]:
    """Where the way out of a stage's box crosses its edge, and a little beyond."""
    dx, dy = towards[0] - at[0], towards[1] - at[1]
    length = math.hypot(dx, dy) or 1.0
    out = min(_BOX[0] / abs(dx) if dx else math.inf, _BOX[1] / abs(dy) if dy else math.inf)
    return (at[0] + dx * out + _AWAY * dx / length, at[1] + dy * out + _AWAY * dy / length)


def _ring(stages: Sequence[Stage], steps: Sequence[Step]) -> alt.LayerChart:
    places = _places(stages)
    boxes = alt.Chart(rows_of([_box(stage, places[stage.key]) for stage in stages]))
    lines = alt.Chart(rows_of([_line(step, places) for step in steps if {step.first, step.second} <= set(places)]))
    layers = [*_drawn_lines(lines), *_drawn_boxes(boxes)]
    return alt.LayerChart(layer=layers).properties(width=STILL_WIDTH, height=HEIGHT)


def _box(stage: Stage, at: tuple[float, float]) -> dict[str, Any]:
    return {
        "left": at[0] - _BOX[0], "right": at[0] + _BOX[0], "top": at[1] - _BOX[1], "bottom": at[1] + _BOX[1],
        "x": at[0], "label": stage.label, "upper": at[1] - (9 if stage.below else 0), "lower": at[1] + 10,
        "below": _on_one_line(stage.below), "side": stage.side.value,
    }  # fmt: skip


def _on_one_line(text: str) -> str:
    """As much as the box holds, with dots for the rest."""
    first, _rest, more = wrapped(text, 22).partition("\n") if text else ("", "", "")
    return f"{first} …" if more else first


def _aside(middle: tuple[float, float], words: str, *, neighbours: bool) -> tuple[float, float]:
    """Where the words stand from the middle of an arrow: outside of the ring, or inside of it for one that crosses.

    Long words stand farther off, so that none of them lies on the arrow.
    """
    out = 1 if neighbours else -1
    dx, dy = middle[0] - _CENTRE[0], middle[1] - _CENTRE[1]
    length = math.hypot(dx, dy) or 1.0
    return (out * (_CLEAR + _LETTER / 2 * len(words)) * dx / length, out * 15 * dy / length)


def _line(step: Step, places: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    start, end = places[step.first], places[step.second]
    first, last = _edge(start, end), _edge(end, start)
    middle = ((first[0] + last[0]) / 2, (first[1] + last[1]) / 2)
    order = list(places)
    apart = abs(order.index(step.first) - order.index(step.second))
    aside = _aside(middle, step.reading, neighbours=apart in {1, len(order) - 1})
    turn = math.degrees(math.atan2(last[1] - first[1], last[0] - first[0]))
    strong = min(abs(step.strength or 0.0), 1.0)
    return {
        "x": first[0], "y": first[1], "x2": last[0], "y2": last[1], "turn": turn + 90,
        "middle_x": middle[0] + aside[0], "middle_y": middle[1] + aside[1],
        "reading": step.reading if step.strength is not None else "",
        "width": 1.5 + _THICK * strong if step.told else 1.5,
        "kind": "told" if step.told else "open" if step.strength is not None else "none", "label": step.label,
    }  # fmt: skip


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, STILL_WIDTH], nice=False, zero=False))


def _y(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[HEIGHT, 0], nice=False, zero=False))


def _drawn_lines(base: alt.Chart) -> list[alt.Chart]:
    layers = []
    for kind, colour, dash in (("none", SOFT, [3, 5]), ("open", SOFT, [6, 5]), ("told", INK, [1, 0])):
        own = base.transform_filter(alt.datum.kind == kind)
        rule = own.mark_rule(color=colour, strokeDash=dash, strokeCap="butt")
        width = alt.StrokeWidth("width:Q", scale=None, legend=None)
        layers.append(rule.encode(x=_x("x"), y=_y("y"), x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"), strokeWidth=width))
        head = own.mark_point(shape="triangle", filled=True, color=colour, size=190, opacity=1)
        layers.append(head.encode(x=_x("x2"), y=_y("y2"), angle=alt.Angle("turn:Q", scale=None)))
    words = base.transform_filter(alt.datum.reading != "")
    at = {"x": _x("middle_x"), "y": _y("middle_y"), "text": alt.Text("reading:N")}
    halo = words.mark_text(fontWeight=600, stroke=CARD, strokeWidth=7, strokeJoin="round").encode(**at)
    return [*layers, halo, words.mark_text(fontWeight=600).encode(**at)]


def _drawn_boxes(base: alt.Chart) -> list[alt.Chart]:
    layers = []
    for side, fill, edge in (
        (Side.KIN, KIN_TINT, KIN), (Side.KITH, KITH_TINT, KITH), (Side.NONE, CARD, SOFT),
    ):  # fmt: skip
        own = base.transform_filter(alt.datum.side == side.value)
        dash = [4, 4] if side is Side.NONE else [1, 0]
        box = own.mark_rect(fill=fill, stroke=edge, strokeWidth=1.5, strokeDash=dash, cornerRadius=10, opacity=1)
        layers.append(box.encode(x=_x("left"), x2=alt.X2("right:Q"), y=_y("top"), y2=alt.Y2("bottom:Q")))
        colour = SOFT if side is Side.NONE else INK
        words = own.mark_text(fontWeight=600, color=colour).encode(x=_x("x"), y=_y("upper"), text=alt.Text("label:N"))
        below = own.mark_text(color=SOFT, fontSize=12).encode(x=_x("x"), y=_y("lower"), text=alt.Text("below:N"))
        layers += [words, below]
    return layers
