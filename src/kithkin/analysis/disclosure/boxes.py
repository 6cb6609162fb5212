"""Large lattices, piece by piece: a proof that stays inside a box of neighbouring atoms holds for the whole.

A move within a box changes only cells that cut the box, and two cells that cut it alike are one to it. So each box is
a small table of its own, its margins being whatever is published around it, and what is safe inside it is safe.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis.disclosure.dimension import Dimension, Indices
from kithkin.analysis.disclosure.lattice import Lattice, Mask
from kithkin.analysis.disclosure.search import Knowledge, Search
from kithkin.analysis.inputs import Numbers

BOX_ATOMS = 130


@dataclass(frozen=True)
class Box:
    """The attackers confined to one box, over classes of items that cut it alike."""

    attackers: list[Knowledge]
    members: list[Indices]
    goals: list[Indices]

    def hidden(self, hidden: Mask) -> Mask:
        """Which classes hold no published item."""
        return np.array([bool(hidden[items].all()) for items in self.members], dtype=bool)

    def cost(self, hidden: Mask, cost: Numbers) -> Numbers:
        """What it costs to hide all that is still published of each class."""
        return np.array([float(cost[items[~hidden[items]]].sum()) for items in self.members])

    def mend(self) -> list[Mask]:
        """Drop the goals that stay out of reach inside the box even with nothing published; which they are."""
        lost = []
        for at, known in enumerate(self.attackers):
            out = np.zeros(known.need.size, dtype=bool)
            if (known.sure_low == known.sure_high).any():
                out[[gap.goal for gap in Search(known).gaps(np.zeros(known.items.shape[0], dtype=bool))]] = True
                self.attackers[at] = replace(known, need=np.where(out, 0.0, known.need))
            lost.append(out)
        return lost

    def items(self, classes: Mask) -> Indices:
        """The items of some classes."""
        chosen = [self.members[i] for i in np.flatnonzero(classes)]
        return np.concatenate(chosen) if chosen else np.zeros(0, dtype=np.intp)


def boxes(lattice: Lattice, counts: Numbers) -> list[Indices]:
    """The atoms in boxes of neighbours: one parent's members together where that fits, small ones with small ones.

    One box, where it is small enough.
    """
    if counts.size <= 2 * BOX_ATOMS:
        return [np.arange(counts.size)]
    cube = np.zeros(tuple(len(d.paths) for d in lattice.dimensions))
    cube.ravel()[lattice.atoms] = counts
    place = np.full(cube.size, -1, dtype=np.intp)
    place[lattice.atoms] = np.arange(lattice.atoms.size)
    place = place.reshape(cube.shape)
    side = max(2, round(BOX_ATOMS ** (1 / max(1, sum(n > 1 for n in cube.shape)))))
    parts = [_parts(d, cube, axis, side) for axis, d in enumerate(lattice.dimensions)]
    found = []
    for part in product(*parts):
        inside = place[np.ix_(*part)].ravel()
        if (inside >= 0).any():
            found.append(np.sort(inside[inside >= 0]))
    return found


def _parts(dimension: Dimension, cube: Numbers, axis: int, side: int) -> list[Indices]:
    sizes = cube.sum(axis=tuple(i for i in range(cube.ndim) if i != axis))
    families: dict[tuple[str | None, ...], list[int]] = {}
    for i, path in enumerate(dimension.paths):
        families.setdefault(path[:-1], []).append(i)
    parts: list[Indices] = []
    for family in families.values():
        ordered = np.array(family)[np.argsort(sizes[family], kind="stable")]
        parts += np.array_split(ordered, max(1, round(len(family) / side)))
    return parts


def box_of(attackers: Sequence[Knowledge], atoms: Indices, total: int, published: Mask) -> Box:
    """The box over some of `total` atoms: its variables, the open goals about them, and the classes of items."""
    cut: list[Knowledge] = []
    goals: list[Indices] = []
    keys: list[dict[int, bytes]] = []
    for known in attackers:
        columns = (np.arange(known.lower.size // total)[:, np.newaxis] * total + atoms).ravel()
        inside = np.zeros(known.lower.size, dtype=bool)
        inside[columns] = True
        own = np.flatnonzero(inside[known.goals.indices[known.goals.indptr[:-1]]] & ~known.settled(published))
        rows = known.items[:, columns]
        keys.append(dict(_keyed(rows, known.item_low, known.item_high)))
        goals.append(own)
        cut.append(_confined(known, columns, own))
    classes: dict[tuple[bytes | None, ...], list[int]] = {}
    for item in sorted(set().union(*keys)):
        classes.setdefault(tuple(key.get(item) for key in keys), []).append(item)
    members = [np.array(items, dtype=np.intp) for items in classes.values()]
    first = np.array([items[0] for items in members], dtype=np.intp)
    return Box([_items(known, first) for known in cut], members, goals)


def _confined(known: Knowledge, columns: Indices, goals: Indices) -> Knowledge:
    sure = known.sure[:, columns]
    touched: dict[bytes, int] = {key: row for row, key in _keyed(sure, known.sure_low, known.sure_high)}
    rows = np.array(sorted(touched.values()), dtype=np.intp)
    return replace(
        known,
        lower=known.lower[columns],
        whole=known.whole[columns],
        sure=sure[rows],
        sure_low=known.sure_low[rows],
        sure_high=known.sure_high[rows],
        items=known.items[:, columns],
        goals=known.goals[goals][:, columns],
        need=known.need[goals],
        idle=np.zeros(goals.size, dtype=bool),
        still=None,
    )


def _items(known: Knowledge, first: Indices) -> Knowledge:
    return replace(
        known,
        items=known.items[first],
        item_low=known.item_low[first],
        item_high=known.item_high[first],
        item_room=known.item_room[first],
    )


def _keyed(rows: object, low: NDArray[np.float64], high: NDArray[np.float64]) -> Iterator[tuple[int, bytes]]:
    """Each row that is not empty, with what makes it the same as another."""
    rows.sort_indices()  # type: ignore[attr-defined]
    start, indices, data = rows.indptr, rows.indices, rows.data  # type: ignore[attr-defined]
    for row in np.flatnonzero(np.diff(start)):
        part = slice(start[row], start[row + 1])
        bounds = np.array([low[row], high[row]]).tobytes()
        yield int(row), indices[part].tobytes() + data[part].tobytes() + bounds
