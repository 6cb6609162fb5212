"""The organisation on one day, as a frozen tree: knows no database, so that every rule can be tried on it.

A tree is built from whatever is handed in, broken data included: a unit whose parent is not open that day stands as a
root, a ring is opened at its first unit, and `problems` says so. Units stand in the order of their names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property

from kithkin.platform.text import fold


@dataclass(frozen=True, slots=True)
class Node:
    """One unit as it was on the tree's day."""

    id: int
    name: str
    kind: str
    parent: int | None
    code: str = ""


class Fault(Enum):
    """What may be wrong with a tree."""

    ORPHAN = "orphan"
    CYCLE = "cycle"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: an orphan alone, the units of a ring in the order of their parents, or a unit that is there twice."""

    fault: Fault
    unit_ids: tuple[int, ...]


@dataclass(frozen=True)
class Tree:
    """A forest of units on a day; see the module."""

    day: date
    nodes: Mapping[int, Node]
    twice: tuple[int, ...] = ()

    @classmethod
    def build(cls, day: date, nodes: Iterable[Node]) -> Tree:
        """The tree of these units; of a unit named twice the first counts."""
        known: dict[int, Node] = {}
        twice = []
        for node in nodes:
            if node.id in known:
                twice.append(node.id)
            else:
                known[node.id] = node
        return cls(day, known, tuple(twice))

    def __contains__(self, unit_id: object) -> bool:
        return unit_id in self.nodes

    def __len__(self) -> int:
        return len(self.nodes)

    def get(self, unit_id: int | None) -> Node | None:
        """The unit, None where it is not open that day."""
        return self.nodes.get(unit_id) if unit_id is not None else None

    @property
    def roots(self) -> tuple[Node, ...]:
        """The units that stand below none."""
        return self._below_of.get(None, ())

    def children(self, unit_id: int) -> tuple[Node, ...]:
        """The units directly below."""
        return self._below_of.get(unit_id, ())

    def parent(self, unit_id: int) -> Node | None:
        """The unit directly above."""
        return self.get(self._above.get(unit_id))

    def path(self, unit_id: int) -> tuple[Node, ...]:
        """From the root down to the unit itself; empty where it is not open that day."""
        way: list[Node] = []
        here: int | None = unit_id if unit_id in self.nodes else None
        while here is not None:
            way.append(self.nodes[here])
            here = self._above[here]
        return tuple(reversed(way))

    def below(self, unit_ids: Collection[int]) -> frozenset[int]:
        """These units and all below them; what is not open that day stands for itself alone."""
        reached = set(unit_ids)
        waiting = list(reached)
        while waiting:
            for child in self.children(waiting.pop()):
                if child.id not in reached:
                    reached.add(child.id)
                    waiting.append(child.id)
        return frozenset(reached)

    def depth_first(self, start: int | None = None) -> Iterator[tuple[Node, int]]:
        """Every unit (or `start` and those below) in the order of the page, with its depth, 0 for the first."""
        first = self.roots if start is None else tuple(filter(None, [self.get(start)]))
        waiting = [(node, 0) for node in reversed(first)]
        while waiting:
            node, depth = waiting.pop()
            yield node, depth
            waiting += [(child, depth + 1) for child in reversed(self.children(node.id))]

    def problems(self) -> tuple[Problem, ...]:
        """What keeps this from being a forest of open units; empty for every tree that services made."""
        orphans = (
            Problem(Fault.ORPHAN, (node.id,))
            for node in self.nodes.values()
            if node.parent is not None and node.parent not in self.nodes
        )
        rings = (Problem(Fault.CYCLE, ring) for ring in self._rings)
        return (*orphans, *rings, *(Problem(Fault.TWICE, (unit_id,)) for unit_id in self.twice))

    @cached_property
    def _rings(self) -> tuple[tuple[int, ...], ...]:
        done: set[int] = set()
        rings = []
        for start in sorted(self.nodes):
            way: dict[int, None] = {}
            here: int | None = start
            while here is not None and here in self.nodes and here not in done and here not in way:
                way[here] = None
                here = self.nodes[here].parent
            if here is not None and here in way:
                members = list(way)
                rings.append(_from_smallest(members[members.index(here) :]))
            done |= way.keys()
        return tuple(rings)

    @cached_property
    def _above(self) -> dict[int, int | None]:
        """Each unit's parent, with orphans and the first of every ring as roots."""
        opened = {ring[0] for ring in self._rings}
        return {
            node.id: node.parent if node.parent in self.nodes and node.id not in opened else None
            for node in self.nodes.values()
        }

    @cached_property
    def _below_of(self) -> dict[int | None, tuple[Node, ...]]:
        found: dict[int | None, list[Node]] = {}
        for node in sorted(self.nodes.values(), key=lambda node: (fold(node.name), node.id)):
            found.setdefault(self._above[node.id], []).append(node)
        return {above: tuple(nodes) for above, nodes in found.items()}


def _from_smallest(ring: list[int]) -> tuple[int, ...]:
    at = ring.index(min(ring))
    return (*ring[at:], *ring[:at])
