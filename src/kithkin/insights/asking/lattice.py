"""The lattice of a floored program: what its released tables are cut by, and how units stand in it.

A unit's place is a path of labels, one per level of the tree, "u12" for unit 12. A unit that has units below it is also
the group of those who belong to it alone, "u12."; where the tree is not deep everywhere, a leaf's label is repeated.
"""

from __future__ import annotations

from collections.abc import Iterable

from kithkin.analysis.disclosure import Dimension
from kithkin.directory.organisation.tree import Tree

PLACE = "unit"
NOWHERE = "u0"


def levels(depth: int) -> tuple[str, ...]:
    """The names of the levels of places, coarsest first.

    >>> levels(3)
    ('unit1', 'unit2', 'unit3')
    """
    return tuple(f"{PLACE}{level}" for level in range(1, depth + 1))


def paths(tree: Tree) -> dict[int, tuple[str, ...]]:
    """Each unit's path for those who belong to it directly."""
    ways = {unit: tree.path(unit) for unit in tree.nodes}
    depth = max((len(way) for way in ways.values()), default=0) + 1
    found: dict[int, tuple[str, ...]] = {}
    for unit, way in ways.items():
        own = f"u{unit}." if tree.children(unit) else f"u{unit}"
        labels = [f"u{node.id}" for node in way]
        found[unit] = (*labels, *[own] * (depth - len(labels)))
    return found


def place_dimension(ways: Iterable[tuple[str, ...]]) -> Dimension:
    """Places as a declared dimension: that a unit is shown tells nothing of whether anybody answered there."""
    members = tuple(dict.fromkeys(ways))
    return Dimension(PLACE, levels(len(members[0])), None, members)


def nowhere(depth: int) -> tuple[str, ...]:
    """The path of those whose unit is not known, or was not open."""
    return (NOWHERE,) * depth
