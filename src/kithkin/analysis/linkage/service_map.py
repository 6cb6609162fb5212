"""Which links lie downstream of which, and how much of the outside each one reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis.errors import BadShape
from kithkin.analysis.inputs import Numbers, columns, labels, numbers
from kithkin.analysis.linkage.panel import Panel


@dataclass(frozen=True)
class Reach:
    """`adjust[e, k]`: link k is not downstream of e, so it is held constant for e's effect; `exposure`: shares 0…1."""

    adjust: NDArray[np.bool_]
    exposure: Numbers
    known: bool
    unplaced: tuple[str, ...]


def reach(panel: Panel, service_map: Any = None) -> Reach:
    """Reach of each link over the service map, a table of `provider, receiver` and, where known, `responses`.

    Whoever only receives is a touchpoint of the outside; `responses` weighs the touchpoints (equal weights without it).
    Without a map the links themselves are the map of who is downstream, and each is taken to reach everybody outside.
    """
    ends = panel.ends
    edges = [pair for pair in ends if pair is not None]
    weights: dict[str, float] = {}
    if service_map is not None:
        mapped, weights = _read(service_map)
        edges += mapped
    nodes = sorted({node for edge in edges for node in edge})
    connected = _closure(nodes, edges)
    place = {node: position for position, node in enumerate(nodes)}
    adjust = np.ones((len(ends), len(ends)), dtype=bool)
    for e, upper in enumerate(ends):
        for k, lower in enumerate(ends):
            if e != k and upper and lower and connected[place[upper[1]], place[lower[0]]]:
                adjust[e, k] = False
    if service_map is None:
        return Reach(adjust, np.ones(len(ends)), known=False, unplaced=())
    mapped_nodes = {node for edge in mapped for node in edge}
    exposure, unplaced = np.ones(len(ends)), []
    for e, pair in enumerate(ends):
        if pair is None or pair[1] not in mapped_nodes:
            unplaced.append(panel.links[e])
        else:
            reached = [weight for outside, weight in weights.items() if connected[place[pair[1]], place[outside]]]
            exposure[e] = sum(reached) / sum(weights.values())
    return Reach(adjust, exposure, known=True, unplaced=tuple(unplaced))


def _read(service_map: Any) -> tuple[list[tuple[str, str]], dict[str, float]]:
    picked = columns(service_map, "service map", ("provider", "receiver"), ("responses",))
    providers, receivers = labels(picked["provider"], "provider"), labels(picked["receiver"], "receiver")
    edges = [(p, r) for p, r in zip(providers, receivers, strict=True) if p is not None and r is not None]
    if not edges:
        raise BadShape("service map: no row has a provider and a receiver. Fill them in, or leave the map out.")
    outside = {receiver for _, receiver in edges} - {provider for provider, _ in edges}
    if not outside:
        raise BadShape(
            "service map: everybody also provides, so nobody stands outside. Add the touchpoints as receivers."
        )
    given = (
        numbers(picked["responses"], "service map.responses")
        if "responses" in picked
        else np.full(len(providers), np.nan)
    )
    weights = {
        touchpoint: max(
            (w for r, w in zip(receivers, given, strict=True) if r == touchpoint and w >= 0), default=np.nan
        )
        for touchpoint in sorted(outside)
    }
    if any(np.isnan(weight) for weight in weights.values()) or sum(weights.values()) <= 0:
        weights = dict.fromkeys(weights, 1.0)
    return edges, weights


def _closure(nodes: list[str], edges: list[tuple[str, str]]) -> NDArray[np.bool_]:
    """`closure[a, b]`: b can be reached from a, itself included."""
    place = {node: position for position, node in enumerate(nodes)}
    reached = np.eye(len(nodes), dtype=bool)
    for provider, receiver in edges:
        reached[place[provider], place[receiver]] = True
    while True:
        further = reached @ reached
        if (further == reached).all():
            return reached
        reached = further
