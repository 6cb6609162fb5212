"""Where boxes and lines of a map stand: layers from left to right, and no line behind a box.

After Sugiyama, Tagawa and Toda (1981): cycles are turned, every box takes the layer of its longest way to the end, a
line that spans layers keeps a lane of its own in each of them, lanes and boxes are ordered by their neighbours' mean.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Edge = tuple[str, str]
Slot = str | tuple[str, str, int]

SWEEPS = 12
STEPS = 16


@dataclass(frozen=True)
class Sizes:
    """Measures in pixels, and the share of the width that the boxes of all layers take together."""

    box: float = 46
    lane: float = 12
    gap: float = 16
    share: float = 0.56
    widest: float = 0.22


@dataclass(frozen=True)
class Box:
    """A node's rectangle; x runs from 0 to 1, y in pixels from the top."""

    node: str
    layer: int
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Route:
    """A line as its points, in the direction of the edge; one that is `back` runs from right to left."""

    edge: Edge
    points: tuple[tuple[float, float], ...]
    back: bool

    @property
    def middle(self) -> tuple[float, float]:
        """Where there is room for a word: the middle of its first lane, or of the space between two layers."""
        points = self.points[::-1] if self.back else self.points
        if len(points) > STEPS + 2:
            start, end = points[STEPS], points[STEPS + 1]
            return (start[0] + end[0]) / 2, start[1]
        return points[STEPS // 2]


@dataclass(frozen=True)
class Drawing:
    """The whole map: boxes, routes and its height in pixels."""

    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]
    height: float


def drawing(edges: Iterable[Edge], sizes: Sizes | None = None) -> Drawing:
    """Boxes and routes of a directed graph given by its edges; an edge from a node to itself is left out."""
    sizes = sizes or Sizes()
    given = [edge for edge in dict.fromkeys(edges) if edge[0] != edge[1]]
    turned = _without_cycles(given)
    layers = _layers(sorted({node for edge in given for node in edge}), turned)
    chains = {edge: _chain(edge, layers) for edge in turned}
    columns = _ordered(_columns(layers, chains), chains)
    places = _places(columns, chains, sizes)
    low = min(place - _size(slot, sizes) / 2 for slot, place in places.items()) if places else 0.0
    places = {slot: place - low for slot, place in places.items()}
    height = max((place + _size(slot, sizes) / 2 for slot, place in places.items()), default=0.0)
    boxes = {node: _box(node, layer, len(columns), places[node], sizes) for node, layer in layers.items()}
    plan = _Plan(chains, boxes, places, _ports(chains, boxes, places, sizes))
    return Drawing(tuple(boxes.values()), tuple(_route(edge, plan) for edge in given), height)


def _without_cycles(edges: Sequence[Edge]) -> list[Edge]:
    """The edges with those that close a cycle turned round, each once."""
    follow = defaultdict(list)
    for start, end in edges:
        follow[start].append(end)
    state: dict[str, int] = {}
    result: dict[Edge, None] = {}

    for root in sorted(follow):
        stack = [(root, iter(follow[root]))] if root not in state else []
        state.setdefault(root, 1)
        while stack:
            node, ends = stack[-1]
            end = next(ends, "")
            if not end:
                state[node] = 2
                stack.pop()
            elif state.get(end) == 1:
                result[end, node] = None
            else:
                result[node, end] = None
                if end not in state:
                    state[end] = 1
                    stack.append((end, iter(follow[end])))
    return list(result)


def _layers(nodes: Sequence[str], edges: Iterable[Edge]) -> dict[str, int]:
    """Each node's layer: the last one less its longest way to an end."""
    follow = defaultdict(list)
    for start, end in edges:
        follow[start].append(end)
    depth: dict[str, int] = {}

    def longest(node: str) -> int:
        if node not in depth:
            depth[node] = max((longest(end) + 1 for end in follow[node]), default=0)
        return depth[node]

    deepest = max(map(longest, nodes), default=0)
    return {node: deepest - depth[node] for node in nodes}


def _chain(edge: Edge, layers: dict[str, int]) -> list[Slot]:
    start, end = edge
    lanes: list[Slot] = [(start, end, layer) for layer in range(layers[start] + 1, layers[end])]
    return [start, *lanes, end]


def _columns(layers: dict[str, int], chains: dict[Edge, list[Slot]]) -> list[list[Slot]]:
    columns: list[list[Slot]] = [[] for _ in range(max(layers.values(), default=-1) + 1)]
    for node, layer in layers.items():
        columns[layer].append(node)
    for (start, _), chain in chains.items():
        for step, slot in enumerate(chain[1:-1], start=1):
            columns[layers[start] + step].append(slot)
    return columns


def _neighbours(chains: dict[Edge, list[Slot]]) -> tuple[dict[Slot, list[Slot]], dict[Slot, list[Slot]]]:
    before, after = defaultdict(list), defaultdict(list)
    for chain in chains.values():
        for left, right in pairwise(chain):
            after[left].append(right)
            before[right].append(left)
    return before, after


def _ordered(columns: list[list[Slot]], chains: dict[Edge, list[Slot]]) -> list[list[Slot]]:
    """The order within each column, swept from both sides, with the fewest crossings that were seen."""
    before, after = _neighbours(chains)
    best, fewest = [list(column) for column in columns], _crossings(columns, after)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        look = before if forward else after
        for column in columns if forward else reversed(columns):
            at = {slot: place for other in columns for place, slot in enumerate(other)}
            means = {
                slot: sum(at[near] for near in look[slot]) / len(look[slot]) if look[slot] else at[slot]
                for slot in column
            }
            column.sort(key=lambda slot: (means[slot], at[slot]))
        crossings = _crossings(columns, after)
        if crossings < fewest:
            best, fewest = [list(column) for column in columns], crossings
    return best


def _crossings(columns: Sequence[Sequence[Slot]], after: dict[Slot, list[Slot]]) -> int:
    at = {slot: place for column in columns for place, slot in enumerate(column)}
    total = 0
    for column in columns:
        ends = [(at[slot], at[end]) for slot in column for end in after[slot]]
        total += sum(a < c and b > d for a, b in ends for c, d in ends)
    return total


def _size(slot: Slot, sizes: Sizes) -> float:
    return sizes.box if isinstance(slot, str) else sizes.lane


def _places(columns: list[list[Slot]], chains: dict[Edge, list[Slot]], sizes: Sizes) -> dict[Slot, float]:
    """The middle of each slot in pixels: near its neighbours, in the column's order, with room between."""
    before, after = _neighbours(chains)
    places: dict[Slot, float] = {}
    for column in columns:
        places |= dict(zip(column, _spread(column, [0.0] * len(column), sizes), strict=True))
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 else reversed(columns):
            wanted = []
            for slot in column:
                near = [places[other] for other in (*before[slot], *after[slot])]
                wanted.append(sum(near) / len(near) if near else places[slot])
            places |= dict(zip(column, _spread(column, wanted, sizes), strict=True))
    return places


def _spread(column: Sequence[Slot], wanted: Sequence[float], sizes: Sizes) -> list[float]:
    """Places in order with room between, as near to those wanted as blocks of touching slots allow (pooled means)."""
    offsets = [0.0]
    for left, right in pairwise(column):
        offsets.append(offsets[-1] + (_size(left, sizes) + _size(right, sizes)) / 2 + sizes.gap)
    blocks: list[tuple[float, int]] = []
    for place, offset in zip(wanted, offsets, strict=False):
        total, count = place - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            earlier = blocks.pop()
            total, count = total + earlier[0], count + earlier[1]
        blocks.append((total, count))
    bases = [total / count for total, count in blocks for _ in range(count)]
    return [base + offset for base, offset in zip(bases, offsets, strict=False)]


def _box(node: str, layer: int, layers: int, middle: float, sizes: Sizes) -> Box:
    width = min(sizes.widest, sizes.share / layers)
    left = layer * (1 - width) / max(layers - 1, 1)
    return Box(node, layer, left, left + width, middle - sizes.box / 2, middle + sizes.box / 2)


Ports = dict[tuple[Edge, str], float]


@dataclass(frozen=True)
class _Plan:
    """All that routes are drawn from: `chains` of slots per edge as it is drawn, boxes, places and ports."""

    chains: dict[Edge, list[Slot]]
    boxes: dict[str, Box]
    places: dict[Slot, float]
    ports: Ports


def _ports(chains: dict[Edge, list[Slot]], boxes: dict[str, Box], places: dict[Slot, float], sizes: Sizes) -> Ports:
    """Where on a box's side each line leaves or arrives: spread over it, in the order of where the lines come from."""
    sides = defaultdict(list)
    for edge, chain in chains.items():
        sides[chain[0], "right"].append((places[chain[1]], edge))
        sides[chain[-1], "left"].append((places[chain[-2]], edge))
    ports = {}
    for (slot, _), lines in sides.items():
        node = str(slot)
        step = min(9.0, 0.7 * sizes.box / len(lines))
        for number, (_, edge) in enumerate(sorted(lines)):
            middle = (boxes[node].top + boxes[node].bottom) / 2
            ports[edge, node] = middle + (number - (len(lines) - 1) / 2) * step
    return ports


def _route(edge: Edge, plan: _Plan) -> Route:
    back = edge not in plan.chains
    drawn = (edge[1], edge[0]) if back else edge
    chain = plan.chains[drawn]
    first, last = plan.boxes[drawn[0]], plan.boxes[drawn[1]]
    width = first.right - first.left
    stops = [(first.right, plan.ports[drawn, first.node])]
    lefts = {box.layer: box.left for box in plan.boxes.values()}
    for layer, slot in enumerate(chain[1:-1], start=first.layer + 1):
        stops += [(lefts[layer], plan.places[slot]), (lefts[layer] + width, plan.places[slot])]
    stops.append((last.left, plan.ports[drawn, last.node]))
    points = [stops[0]]
    for number, (start, end) in enumerate(pairwise(stops)):
        points += _bend(start, end) if number % 2 == 0 else [end]
    return Route(edge, tuple(reversed(points)) if back else tuple(points), back)


def _bend(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """Points from `start` to `end`, level at both ends, never leaving the space between them."""
    steps = [step / STEPS for step in range(1, STEPS + 1)]
    return [(start[0] + t * (end[0] - start[0]), start[1] + (end[1] - start[1]) * t * t * (3 - 2 * t)) for t in steps]
