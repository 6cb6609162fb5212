"""Where boxes, lanes and the ends of lines stand in pixels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kithkin.analysis.charts.layered.order import SWEEPS, Chains, beside, neighbours
from kithkin.analysis.charts.layered.shapes import Box, Edge, Point, Route, Sizes, Slot

Ports = dict[tuple[Edge, str], float]
FAR = 1e6
BOW = 0.42
"""The most of the space between two layers that a line within one of them may take."""


def places_of(columns: list[list[Slot]], chains: Chains, flat: Iterable[Edge], sizes: Sizes) -> dict[Slot, float]:
    """The middle of each slot in pixels: near its neighbours, lanes straight first, with room between."""
    before, after = neighbours(chains)
    within = beside(flat)
    places: dict[Slot, float] = {}
    for column in columns:
        places |= dict(zip(column, _spread(column, [0.0] * len(column), sizes), strict=True))
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 else reversed(columns):
            wanted = []
            for slot in column:
                near = [(places[other], _pull(slot, other)) for other in (*before[slot], *after[slot]) or within[slot]]
                pull = sum(weight for _, weight in near)
                wanted.append(sum(place * weight for place, weight in near) / pull if near else places[slot])
            places |= dict(zip(column, _spread(column, wanted, sizes), strict=True))
    low = min((place - sizes.of(slot) / 2 for slot, place in places.items()), default=0.0)
    return {slot: place - low for slot, place in places.items()}


def _pull(one: Slot, other: Slot) -> int:
    """How much two joined slots want to stand level: lanes of one line most of all."""
    return 1 + 2 * (not isinstance(one, str)) * (not isinstance(other, str))


def _spread(column: Sequence[Slot], wanted: Sequence[float], sizes: Sizes) -> list[float]:
    """Places in order with room between, as near to those wanted as blocks of touching slots allow (pooled means)."""
    offsets = [0.0]
    for upper, lower in pairwise(column):
        offsets.append(offsets[-1] + sizes.apart(upper, lower))
    blocks: list[tuple[float, int]] = []
    for place, offset in zip(wanted, offsets, strict=False):
        total, count = place - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            earlier = blocks.pop()
            total, count = total + earlier[0], count + earlier[1]
        blocks.append((total, count))
    bases = [total / count for total, count in blocks for _ in range(count)]
    return [base + offset for base, offset in zip(bases, offsets, strict=False)]


def box_of(node: str, layer: int, layers: int, middle: float, sizes: Sizes) -> Box:
    """The rectangle of a node."""
    width = min(sizes.widest, sizes.share / layers)
    left = layer * (1 - width) / max(layers - 1, 1)
    return Box(node, layer, left, left + width, middle - sizes.box / 2, middle + sizes.box / 2)


@dataclass(frozen=True)
class Plan:
    """All that routes are drawn from.

    `chains` of slots per edge as it is drawn from layer to layer, `flat` edges within a layer, boxes, places, ports.
    """

    chains: Chains
    flat: frozenset[Edge]
    boxes: dict[str, Box]
    places: dict[Slot, float]
    ports: Ports

    def route(self, edge: Edge) -> Route:
        """The line of one edge."""
        if edge in self.flat:
            return self._within(edge)
        back = edge not in self.chains
        drawn = (edge[1], edge[0]) if back else edge
        chain = self.chains[drawn]
        first, last = self.boxes[drawn[0]], self.boxes[drawn[1]]
        width = first.right - first.left
        stops = [(first.right, self.ports[drawn, first.node])]
        lefts = {box.layer: box.left for box in self.boxes.values()}
        for layer, slot in enumerate(chain[1:-1], start=first.layer + 1):
            stops += [(lefts[layer], self.places[slot]), (lefts[layer] + width, self.places[slot])]
        stops.append((last.left, self.ports[drawn, last.node]))
        return Route(edge, tuple(reversed(stops)) if back else tuple(stops), back)

    def _within(self, edge: Edge) -> Route:
        start, end = (self.boxes[node] for node in edge)
        column = [box for box in self.boxes.values() if box.layer == start.layer]
        most = max(box.bottom for box in column) - min(box.top for box in column)
        lefts = sorted({box.left for box in self.boxes.values()})
        space = next((left for left in lefts if left > start.left), start.right + 0.12) - start.right
        stops: tuple[Point, Point] = (start.right, self.ports[edge, edge[0]]), (end.right, self.ports[edge, edge[1]])
        share = 0.35 + 0.65 * abs(stops[0][1] - stops[1][1]) / most
        return Route(edge, stops, back=False, bow=BOW * space * share)


def ports_of(
    chains: Chains, flat: Iterable[Edge], boxes: dict[str, Box], places: dict[Slot, float], sizes: Sizes
) -> Ports:
    """Where on a box's side each line leaves or arrives: spread over it, in the order of where the lines come from."""
    sides: dict[tuple[Slot, str], list[tuple[float, Edge]]] = defaultdict(list)
    for edge, chain in chains.items():
        sides[chain[0], "right"].append((places[chain[1]], edge))
        sides[chain[-1], "left"].append((places[chain[-2]], edge))
    for edge in flat:
        for node, other in (edge, edge[::-1]):
            way = places[other] - places[node]
            sides[node, "right"].append((FAR - way if way > 0 else -FAR - way, edge))
    ports = {}
    for (slot, _), lines in sides.items():
        node = str(slot)
        step = min(sizes.port, 0.7 * sizes.box / len(lines))
        for number, (_, edge) in enumerate(sorted(lines)):
            middle = (boxes[node].top + boxes[node].bottom) / 2
            ports[edge, node] = middle + (number - (len(lines) - 1) / 2) * step
    return ports
