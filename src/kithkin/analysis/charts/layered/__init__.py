"""Where boxes and lines of a map stand: layers from left to right, and no line behind a box.

After Sugiyama, Tagawa and Toda (1981): cycles are turned, every box takes the layer of its longest way to the end, a
line that spans layers keeps a lane of its own in each of them, lanes and boxes are ordered by their neighbours' mean.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kithkin.analysis.charts.layered.order import Chains, ordered
from kithkin.analysis.charts.layered.places import Plan, box_of, places_of, ports_of
from kithkin.analysis.charts.layered.ranks import layers_of, without_cycles
from kithkin.analysis.charts.layered.shapes import Box, Drawing, Edge, Route, Sizes, Slot

__all__ = ["Box", "Drawing", "Edge", "Route", "Sizes", "drawing"]


def drawing(
    edges: Iterable[Edge], sizes: Sizes | None = None, *, last: Collection[str] = (), most: int | None = None
) -> Drawing:
    """Boxes and routes of a directed graph given by its edges; an edge from a node to itself is left out.

    The nodes of `last` have the last layer to themselves (nobody stands beside the customer), and next to it stand only
    those who reach them. With `most` layers at most, edges may stay within a layer: they are bowed out at the right of
    its boxes.
    """
    sizes = sizes or Sizes()
    given = [edge for edge in dict.fromkeys(edges) if edge[0] != edge[1]]
    layers = layers_of(without_cycles(given, last), last, most)
    flat = frozenset(edge for edge in given if layers[edge[0]] == layers[edge[1]])
    forward = (edge if layers[edge[0]] < layers[edge[1]] else edge[::-1] for edge in given if edge not in flat)
    chains = {edge: _chain(edge, layers) for edge in dict.fromkeys(forward)}
    columns = ordered(_columns(layers, chains), chains, flat)
    places = places_of(columns, chains, flat, sizes)
    height = max((place + sizes.of(slot) / 2 for slot, place in places.items()), default=0.0)
    boxes = {node: box_of(node, layer, len(columns), places[node], sizes) for node, layer in layers.items()}
    plan = Plan(chains, flat, boxes, places, ports_of(chains, flat, boxes, places, sizes))
    return Drawing(tuple(boxes.values()), tuple(map(plan.route, given)), height)


def _chain(edge: Edge, layers: dict[str, int]) -> list[Slot]:
    start, end = edge
    lanes: list[Slot] = [(start, end, layer) for layer in range(layers[start] + 1, layers[end])]
    return [start, *lanes, end]


def _columns(layers: dict[str, int], chains: Chains) -> list[list[Slot]]:
    columns: list[list[Slot]] = [[] for _ in range(max(layers.values(), default=-1) + 1)]
    for node, layer in layers.items():
        columns[layer].append(node)
    for (start, _), chain in chains.items():
        for step, slot in enumerate(chain[1:-1], start=1):
            columns[layers[start] + step].append(slot)
    return columns
