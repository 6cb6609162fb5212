"""The map of who serves whom, from back office to the people outside, with the weak link drawn thick."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from kithkin.analysis.charts.layered import Box, Drawing, Edge, Route, Sizes, drawing
from kithkin.analysis.charts.picture import Picture, fixed, fluid, rows_of, wrapped
from kithkin.analysis.charts.theme import CARD, INK, KIN, KITH, KITH_TINT, LINE, SOFT
from kithkin.analysis.charts.way import downstream, way

HEAD = 30
MOST_BOXES = 36
MOST_LAYERS = 7


def service_map(
    edges: Iterable[Edge],
    weak: Edge | None = None,
    *,
    lead: Edge | None = None,
    mapped: bool = True,
    cost: str = "",
    notes: Mapping[Edge, str] | None = None,
) -> Picture:
    """Boxes and lines from `edges` (provider, receiver); `weak` is drawn thick, with `cost` on it.

    Whoever only receives stands outside, unless the edges are not `mapped`: then nobody is known to. The narrow form
    is the way of the `lead` alone: the weak link, else the one given, else the first. `notes` says what a pointer shows
    of a line.
    """
    given = sorted({edge for edge in edges if edge[0] != edge[1]})
    outside = frozenset({end for _, end in given} - {start for start, _ in given}) if mapped else frozenset[str]()
    shown = _Map(drawing(given, _sizes(given)), weak, cost, notes or {}, downstream(given, weak), outside)
    first = weak or lead or next(iter(given), None)
    narrow = way(given, first, outside, weak=weak is not None, cost=cost) if first else shown.chart()
    legend = [("square", "inside"), *([("tint", "outside")] if outside else [])]
    if weak is not None:
        legend = [("thick", "the weak link, and where it reaches" if outside else "the weak link"), *legend]
    return Picture(shown.chart(), narrow, _described(given, weak, cost), tuple(legend), narrow_below=720)


def near_links(
    edges: Sequence[Edge], links: Sequence[Edge], most: int = MOST_BOXES, layers: int = MOST_LAYERS
) -> list[Edge]:
    """The edges to draw: all, or, where those are too many or too deep, the first links with all downstream of them.

    Where even the way of the first link is too much, the first links alone.
    """

    def fits(some: Iterable[Edge]) -> bool:
        boxes = drawing(some).boxes if len({node for edge in some for node in edge}) <= most else ()
        return len(boxes) > 0 and max(box.layer for box in boxes) < layers

    if fits(every := sorted(set(edges))):
        return every
    for count in range(len(links), 0, -1):
        near = {edge for link in links[:count] for edge in downstream(edges, link)} | set(links[:count])
        if fits(sorted(near)):
            return sorted(near)
    alone = next((links[:count] for count in range(len(links), 1, -1) if fits(links[:count])), links[:1])
    return sorted(alone)


def _sizes(edges: Sequence[Edge]) -> Sizes:
    lines = max((wrapped(node, 15).count("\n") + 1 for edge in edges for node in edge), default=1)
    return Sizes(box=22 + 15 * max(min(lines, 4), 1))


def _described(edges: Sequence[Edge], weak: Edge | None, cost: str) -> str:
    said = f"Map of {len(edges)} services between {len({node for edge in edges for node in edge})} groups."
    if weak is None:
        return f"{said} None of them stands out."
    return f"{said} The weak link runs from {weak[0]} to {weak[1]}{f': {cost}' if cost else ''}."


@dataclass(frozen=True)
class _Map:
    plan: Drawing
    weak: Edge | None
    cost: str
    notes: Mapping[Edge, str]
    downstream: frozenset[Edge]
    outside: frozenset[str]

    @property
    def height(self) -> float:
        return self.plan.height + HEAD + 8

    @property
    def layers(self) -> int:
        return max((box.layer for box in self.plan.boxes), default=0) + 1

    def chart(self) -> alt.LayerChart:
        return fluid([*self._lines(), *self._heads(), *self._boxes(), *self._cost()], int(self.height))

    def _x(self, field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))

    def _y(self, field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[self.height, 0], nice=False, zero=False))

    def _kind(self, route: Route) -> str:
        if route.edge == self.weak:
            return "weak"
        if route.edge in self.downstream:
            return "reached"
        return "kith" if route.edge[1] in self.outside else "kin"

    def _lines(self) -> list[alt.Chart]:
        layers = []
        for kind, colour, width, opacity in LINES:
            values = [
                {"line": number, "step": step, "x": x, "y": y + HEAD, "name": " → ".join(route.edge)}
                | {"note": self.notes.get(route.edge, "")}
                for number, route in enumerate(self.plan.routes)
                if self._kind(route) == kind
                for step, (x, y) in enumerate(route.points)
            ]
            if values:
                line = alt.Chart(rows_of(values)).mark_line(color=colour, strokeWidth=width, opacity=opacity)
                tooltips = [alt.Tooltip("name:N", title=" "), alt.Tooltip("note:N", title="gain")]
                layers.append(
                    line.encode(
                        self._x("x"),
                        self._y("y"),
                        detail=alt.Detail("line:N"),
                        order=alt.Order("step:Q"),
                        tooltip=tooltips,
                    )
                )
        return layers

    def _heads(self) -> list[alt.Chart]:
        layers = []
        for kind, colour, _, _ in LINES:
            ends = [(route, route.points[-1]) for route in self.plan.routes if self._kind(route) == kind]
            for back in (False, True):
                values = [{"x": x, "y": y + HEAD} for route, (x, y) in ends if route.back is back]
                size = 110 if kind == "weak" else 34
                head = "M0,0L-1,-.5L-1,.5Z" if not back else "M0,0L1,-.5L1,.5Z"
                if values:
                    point = alt.Chart(rows_of(values)).mark_point(
                        shape=head, size=size, fill=colour, stroke=colour, strokeWidth=1, opacity=1
                    )
                    layers.append(point.encode(self._x("x"), self._y("y")))
        return layers

    def _boxes(self) -> list[alt.Chart]:
        layers = []
        ends = set(self.weak or ())
        looks = defaultdict(list)
        for box in self.plan.boxes:
            looks[box.node in self.outside, box.node in ends].append(self._box(box))
        for (outside, end), values in sorted(looks.items()):
            fill, calm = (KITH_TINT, KITH_TINT) if outside else (CARD, LINE)
            rect = alt.Chart(rows_of(values)).mark_rect(
                fill=fill, stroke=KIN if end else calm, strokeWidth=2 if end else 1, cornerRadius=8, opacity=1
            )
            layers.append(rect.encode(self._x("left"), self._y("top"), x2=alt.X2("right:Q"), y2=alt.Y2("bottom:Q")))
        words = alt.Chart(rows_of([self._box(box) for box in self.plan.boxes]))
        text = words.mark_text(lineBreak="\n", lineHeight=15, baseline="middle", fontSize=12, color=INK)
        layers.append(text.encode(self._x("centre"), self._y("first"), text=alt.Text("text:N")))
        sides = [self._side(0, "inside")] if self.plan.boxes else []
        sides += [self._side(self.layers - 1, "outside")] if self.outside else []
        heads = alt.Chart(rows_of(sides)).mark_text(baseline="top", fontSize=12, color=SOFT)
        layers.append(heads.encode(self._x("centre"), y=fixed(alt.YValue, 0), text=alt.Text("text:N")))
        return layers

    def _box(self, box: Box) -> dict[str, Any]:
        pixels = (box.right - box.left) * 760
        text = wrapped(box.node, max(int(pixels / 7.4), 8))
        lines = text.split("\n")
        if len(lines) > 4:
            text = "\n".join([*lines[:3], lines[3][:-1] + "…"])
        middle = HEAD + (box.top + box.bottom) / 2
        return {
            "left": box.left,
            "right": box.right,
            "top": box.top + HEAD,
            "bottom": box.bottom + HEAD,
            "centre": (box.left + box.right) / 2,
            "first": middle - 7.5 * text.count("\n"),
            "text": text,
        }

    def _side(self, layer: int, text: str) -> dict[str, Any]:
        box = next(box for box in self.plan.boxes if box.layer == layer)
        return {"centre": (box.left + box.right) / 2, "text": text}

    def _cost(self) -> list[alt.Chart]:
        route = next((route for route in self.plan.routes if route.edge == self.weak), None)
        if route is None or not self.cost:
            return []
        x, y = route.middle
        base = alt.Chart(rows_of([{"x": x, "y": y + HEAD, "text": self.cost}]))
        half = 3.7 * len(self.cost)
        pill = base.mark_rule(
            color=KIN, strokeWidth=22, strokeCap="round", xOffset=-half, x2Offset=half, opacity=1
        )  # a round line: as long as its words, wherever it stands
        words = base.mark_text(fontWeight="bold", color=CARD, fontSize=12)
        return [
            pill.encode(self._x("x"), self._y("y"), x2=alt.X2("x:Q")),
            words.encode(self._x("x"), self._y("y"), text=alt.Text("text:N")),
        ]


LINES = (("kin", SOFT, 1.25, 0.55), ("kith", KITH, 1.5, 0.7), ("reached", KIN, 2, 1), ("weak", KIN, 6, 1))
