"""The one door: a table of true counts goes in, what may be shown comes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kithkin.analysis.disclosure.attackers import count_attackers
from kithkin.analysis.disclosure.earlier import check_floors, histories, widened
from kithkin.analysis.disclosure.lattice import Lattice, Mask
from kithkin.analysis.disclosure.policy import Policy, Relation
from kithkin.analysis.disclosure.protected import Cell, ProtectedTable, Status
from kithkin.analysis.disclosure.suppress import suppress
from kithkin.analysis.disclosure.table import Table
from kithkin.analysis.errors import BadParameter
from kithkin.analysis.inputs import Numbers


def protect(table: Any, policy: Policy | None = None, *, released: Sequence[ProtectedTable] = ()) -> ProtectedTable:
    """TODO."""
    policy = Policy() if policy is None else policy
    check_floors(policy, released)
    whole = widened(Table.coerce(table), released)
    lattice = Lattice.of(whole.dimensions, whole.possible, whole.views)
    atoms = whole.counts.ravel()[lattice.atoms]
    counts = np.asarray(lattice.rows @ atoms)
    empty = np.asarray(lattice.rows.sum(axis=1)).ravel() == 0
    hidden = (counts < policy.floor) & ~empty if policy.floor > 1 else np.zeros(counts.size, dtype=bool)
    if hidden.any() or released:
        readings = histories(lattice, released)
        attackers = count_attackers(lattice, atoms, policy.floor, readings)
        if policy.floor > 1 and not attackers:
            raise BadParameter(_CONTRADICTION)
        hidden = suppress(attackers, hidden, _costs(lattice, counts))
    return ProtectedTable(_cells(lattice, counts, hidden, empty, policy), policy, whole.dimensions, whole.measures)


_CONTRADICTION = (
    "released: the present counts contradict an earlier release, whichever way it is read: a group counted fewer "
    "people than before, or other people. Leave out releases that count other people or other answers; "
    f"state the relation of the others ({Relation.SAME.name} or {Relation.CUMULATIVE.name})."
)


def _costs(lattice: Lattice, counts: Numbers) -> Numbers:
    """What hiding a cell costs: one each, and up to a quarter more for wide and large ones, so that few are hidden."""
    size = np.log1p(counts) / max(1.0, float(np.log1p(counts).max(initial=0.0)))
    return 1.0 + 0.15 * lattice.breadth() ** 2 + 0.1 * size


def _cells(lattice: Lattice, counts: Numbers, hidden: Mask, empty: Mask, policy: Policy) -> tuple[Cell, ...]:
    cells = []
    for keys, n, is_hidden, is_empty in zip(lattice.keys(), counts, hidden, empty, strict=True):
        if is_empty:
            cells.append(Cell(keys, 0, {}, Status.IMPOSSIBLE, "this combination cannot exist"))
        elif is_hidden:
            cells.append(Cell(keys, None, {}, Status.HIDDEN, policy.reason))
        else:
            cells.append(Cell(keys, int(n), {}, Status.PUBLISHED, None))
    return tuple(cells)
