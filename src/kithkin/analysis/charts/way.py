"""The way of one link to the people outside, as a small chain from top to bottom: what a phone shows of the map."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from kithkin.analysis.charts.layered import Edge
from kithkin.analysis.charts.picture import fluid, rows_of, wrapped
from kithkin.analysis.charts.theme import CARD, INK, KIN, KITH, KITH_TINT, LINE, SOFT

MOST_ENDS = 6
LINE_HEIGHT = 15
ARROW = 44
GAP = 10
LETTERS = {1: 36, 2: 17}


@dataclass(frozen=True)
class Stage:
    """Boxes side by side or below one another: the provider, the receiver, whom it passes, the touchpoints."""

    names: tuple[str, ...]
    outside: bool
    end: bool


def downstream(edges: Sequence[Edge], link: Edge | None) -> frozenset[Edge]:
    """The edges by which what `link` delivers travels on."""
    reached, found, frontier = set(), set(), [link[1]] if link else []
    while frontier:
        node = frontier.pop()
        if node not in reached:
            reached.add(node)
            found |= {edge for edge in edges if edge[0] == node}
            frontier += [end for start, end in edges if start == node]
    return frozenset(found - ({link} if link else set()))


def stages(edges: Sequence[Edge], link: Edge, outside: Collection[str]) -> list[Stage]:
    """Provider, receiver, whom it passes on the way, and the touchpoints outside that it reaches.

    >>> way = stages([("IT", "Desk"), ("Desk", "Sales"), ("Sales", "Visit")], ("IT", "Desk"), {"Visit"})
    >>> [stage.names for stage in way]
    [('IT',), ('Desk',), ('Sales',), ('Visit',)]
    """
    reached = {edge[1] for edge in downstream(edges, link)} - set(link)
    passed, ends = sorted(reached - set(outside)), sorted(reached & set(outside))
    if len(ends) > MOST_ENDS:
        ends = [*ends[: MOST_ENDS - 1], f"and {len(ends) - MOST_ENDS + 1} more"]
    found = [Stage(link[:1], False, True), Stage(link[1:], link[1] in outside, True)]
    found += [Stage((", ".join(passed),), False, False)] if passed else []
    return found + ([Stage(tuple(ends), True, False)] if ends else [])


def way(edges: Sequence[Edge], link: Edge, outside: Collection[str], *, weak: bool, cost: str) -> alt.LayerChart:
    """The chain, as wide as its container; the link itself is thick and in kin where it is the `weak` one."""
    boxes, arrows, top = [], [], 0.0
    found = stages(edges, link, outside)
    for number, stage in enumerate(found):
        if number:
            arrows.append({"top": top, "bottom": top + ARROW, "first": number == 1, "end": top + ARROW - 1})
            top += ARROW
        placed = _placed(stage, top)
        boxes += placed
        top = placed[-1]["bottom"]
    height = top + 4
    return fluid(
        [*_arrows(arrows, height, weak), *_boxes(boxes, height, weak), *_cost(arrows, height, cost)], int(height)
    )


def _placed(stage: Stage, top: float) -> list[dict[str, Any]]:
    columns = 2 if len(stage.names) > 1 else 1
    texts = [_short(name, LETTERS[columns]) for name in stage.names]
    size = 22 + LINE_HEIGHT * (1 + max(text.count("\n") for text in texts))
    width = (1 - 0.04 * (columns - 1)) / columns
    boxes = []
    for place, text in enumerate(texts):
        row, column = divmod(place, columns)
        left = column * (width + 0.04)
        upper = top + row * (size + GAP)
        first = upper + size / 2 - LINE_HEIGHT / 2 * text.count("\n")
        box = {"left": left, "right": left + width, "centre": left + width / 2, "top": upper, "bottom": upper + size}
        boxes.append(box | {"first": first, "text": text, "outside": stage.outside, "end": stage.end})
    return boxes


def _short(name: str, letters: int) -> str:
    lines = wrapped(name, letters).split("\n")
    return "\n".join(lines if len(lines) <= 4 else [*lines[:3], lines[3][: letters - 1] + "…"])


def _x(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))


def _y(field: str, height: float) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False, zero=False))


def _arrows(arrows: Sequence[dict[str, Any]], height: float, weak: bool) -> list[alt.Chart]:
    layers = []
    for first in (True, False):
        rows = [arrow | {"x": 0.5} for arrow in arrows if arrow["first"] is first]
        if not rows:
            continue
        colour = KIN if weak else SOFT if first else KITH
        thick = weak and first
        base = alt.Chart(rows_of(rows))
        shaft = base.mark_rule(color=colour, strokeWidth=6 if thick else 2, y2Offset=-6)
        head = base.mark_point(
            shape="M0,0L-.5,-1L.5,-1Z", size=160 if thick else 60, fill=colour, stroke=colour, opacity=1
        )
        layers += [
            shaft.encode(_x("x"), _y("top", height), y2=alt.Y2("bottom:Q")),
            head.encode(_x("x"), _y("end", height)),
        ]
    return layers


def _boxes(boxes: Sequence[dict[str, Any]], height: float, weak: bool) -> list[alt.Chart]:
    layers = []
    for outside in (False, True):
        for end in (False, True):
            rows = [box for box in boxes if box["outside"] is outside and box["end"] is end]
            if rows:
                mark = alt.Chart(rows_of(rows)).mark_rect(
                    fill=KITH_TINT if outside else CARD,
                    stroke=KIN if end and weak else KITH_TINT if outside else LINE,
                    strokeWidth=2 if end and weak else 1,
                    cornerRadius=8,
                    opacity=1,
                )
                layers.append(mark.encode(_x("left"), _y("top", height), x2=alt.X2("right:Q"), y2=alt.Y2("bottom:Q")))
    words = alt.Chart(rows_of(list(boxes))).mark_text(
        lineBreak="\n", lineHeight=LINE_HEIGHT, baseline="middle", fontSize=12, color=INK
    )
    return [*layers, words.encode(_x("centre"), _y("first", height), text=alt.Text("text:N"))]


def _cost(arrows: Sequence[dict[str, Any]], height: float, cost: str) -> list[alt.Chart]:
    """What the link costs, in a pill on its arrow."""
    if not cost or not arrows:
        return []
    base = alt.Chart(rows_of([{"x": 0.5, "y": (arrows[0]["top"] + arrows[0]["bottom"]) / 2 - 3, "text": cost}]))
    half = 3.7 * len(cost)
    pill = base.mark_rule(color=KIN, strokeWidth=22, strokeCap="round", xOffset=-half, x2Offset=half, opacity=1)
    words = base.mark_text(fontWeight="bold", color=CARD, fontSize=12)
    return [
        pill.encode(_x("x"), _y("y", height), x2=alt.X2("x:Q")),
        words.encode(_x("x"), _y("y", height), text=alt.Text("text:N")),
    ]
