"""Which layer each box stands in: cycles are turned, then the longest way to an end is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import ceil

from kithkin.analysis.charts.layered.shapes import Edge

Graph = dict[str, list[str]]


def without_cycles(edges: Sequence[Edge], last: Collection[str] = ()) -> list[Edge]:
    """The edges with few of them turned round, so that no cycle is left; each once.

    After Eades, Lin and Smyth (1993): ends are taken away at the right, beginnings at the left, else whoever is
    farthest from the `last` and serves more than it is served; what then runs from right to left is turned. Without a
    cycle nothing is turned.
    """
    after, before = defaultdict(set), defaultdict(set)
    for start, end in edges:
        after[start].add(end)
        before[end].add(start)
    far = _distances(edges, last)
    left, right = [], []
    waiting = dict.fromkeys(sorted({node for edge in edges for node in edge}))
    while waiting:
        node = next((one for one in waiting if not after[one]), None)
        if node is not None:
            right.append(node)
        else:
            node = next((one for one in waiting if not before[one]), None)
            node = node or max(waiting, key=lambda one: (far.get(one, 0), len(after[one]) - len(before[one])))
            left.append(node)
        del waiting[node]
        for other in after.pop(node, ()):
            before[other].discard(node)
        for other in before.pop(node, ()):
            after[other].discard(node)
    at = {node: place for place, node in enumerate([*left, *reversed(right)])}
    return list(dict.fromkeys(edge if at[edge[0]] < at[edge[1]] else edge[::-1] for edge in edges))


def layers_of(edges: Iterable[Edge], last: Collection[str] = (), most: int | None = None) -> dict[str, int]:
    """Each node's layer, of edges without a cycle: the last one less its longest way to an end.

    The nodes of `last` have the last layer to themselves. Whoever does not reach them stands right after those who
    serve it, though never in the layer next to the last: that is for those who do. Where there would be more than
    `most` layers, neighbouring ones are put together; edges between their nodes then stay within a layer.
    """
    follow: Graph = defaultdict(list)
    before: Graph = defaultdict(list)
    for start, end in edges:
        follow[start].append(end)
        before[end].append(start)
    nodes = sorted({*follow, *before})
    ends = {node for node in nodes if node in last} or {node for node in nodes if not follow[node]}
    depth = _longest(nodes, follow, ends)
    deepest = max(depth.values(), default=0)
    if most is not None and deepest + 1 > most:
        pinned = 2 if most > 2 and any(node in last for node in ends) else 1
        depth = {node: _nearer(steps, pinned, deepest, most) for node, steps in depth.items()}
        deepest = max(depth.values())
    layers = {node: deepest - steps for node, steps in depth.items()}
    return _with_the_rest(nodes, before, layers, max(deepest - 2, 0))


def _distances(edges: Iterable[Edge], last: Collection[str]) -> Mapping[str, int]:
    """How many edges each node is from the nearest of the last; nothing for those that do not reach them."""
    before: Graph = defaultdict(list)
    for start, end in edges:
        before[end].append(start)
    far = dict.fromkeys(last, 0)
    frontier = list(last)
    for node in frontier:
        for other in before[node]:
            if other not in far:
                far[other] = far[node] + 1
                frontier.append(other)
    return far


def _longest(nodes: Iterable[str], follow: Graph, ends: Collection[str]) -> dict[str, int]:
    """The longest way from each node to one of the ends; nothing for those that do not reach them."""
    depth: dict[str, int | None] = dict.fromkeys(ends, 0)

    def longest(node: str) -> int | None:
        if node not in depth:
            ways = [way for end in follow[node] if (way := longest(end)) is not None]
            depth[node] = max(ways) + 1 if ways else None
        return depth[node]

    for node in nodes:
        longest(node)
    return {node: steps for node, steps in depth.items() if steps is not None}


def _nearer(steps: int, pinned: int, deepest: int, most: int) -> int:
    """`steps` drawn together to fewer than `most`; the last layers (`pinned` of them) stay what they are."""
    if steps < pinned:
        return steps
    return pinned - 1 + ceil((steps - pinned + 1) * (most - pinned) / (deepest - pinned + 1))


def _with_the_rest(nodes: Iterable[str], before: Graph, layers: dict[str, int], limit: int) -> dict[str, int]:
    """The layers, with those of nodes that do not reach the last: after whoever serves them, up to the limit."""
    found = dict(layers)

    def layer(node: str) -> int:
        if node not in found:
            found[node] = min(max((layer(one) + 1 for one in before[node]), default=0), limit)
        return found[node]

    return {node: layer(node) for node in nodes}
