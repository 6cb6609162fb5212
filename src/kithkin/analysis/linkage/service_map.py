"""Which links lie downstream of which, and how much of the outside each one reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis.errors import BadShape
from kithkin.analysis.inputs import Labels, Numbers, columns, labels, numbers
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
    return edges, _touchpoints(edges, receivers, picked.get("responses"))


def _touchpoints(edges: list[tuple[str, str]], receivers: Labels, responses: Any) -> dict[str, float]:
    """Weight of each touchpoint: whoever has responses, or, where none are given, whoever only receives."""
    if responses is not None:
        given = numbers(responses, "service map.responses")
        if (given < 0).any():
            raise BadShape("service map.responses: below zero. Give a number or a share of the outside answers.")
        weights: dict[str, float] = {}
        for receiver, weight in zip(receivers, given, strict=True):
            if receiver is not None and weight > 0:
                weights[receiver] = max(weight, weights.get(receiver, 0.0))
        if weights:
            return weights
    outside = {receiver for _, receiver in edges} - {provider for provider, _ in edges}
    if not outside:
        raise BadShape("service map: everybody also provides, so nobody is outside. Add the touchpoints as receivers.")
    return dict.fromkeys(sorted(outside), 1.0)


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
