"""Earlier releases as knowledge: which sums of which people they gave away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from kithkin.analysis.disclosure.lattice import Lattice, Rows
from kithkin.analysis.disclosure.policy import Policy, Relation
from kithkin.analysis.disclosure.protected import Cell, ProtectedTable, Status
from kithkin.analysis.disclosure.table import Table
from kithkin.analysis.errors import BadParameter, BadShape
from kithkin.analysis.inputs import Numbers

MOST_UNSTATED = 3


@dataclass(frozen=True)
class Release:
    """One earlier release over the present atoms: its published cells, their rows, and the stage of its people."""

    stage: int
    cells: tuple[Cell, ...]
    rows: Rows
    counts: Numbers


@dataclass(frozen=True)
class History:
    """One reading of all earlier releases: stage s adds people to stage s − 1, and the last stage is now."""

    stages: int
    releases: tuple[Release, ...]


def widened(table: Table, released: Sequence[ProtectedTable]) -> Table:
    """The table with the labels that earlier releases had; nobody is counted there now.

    Raises BadShape for an earlier release that is cut in ways the table does not know.
    """
    dimensions = list(table.dimensions)
    for number, release in enumerate(released, 1):
        for old in release.dimensions:
            at = next((i for i, new in enumerate(dimensions) if new.levels == old.levels), None)
            if at is not None:
                dimensions[at] = dimensions[at].completed([*dimensions[at].paths, *old.paths])
                continue
            if not any(new.levels[: len(old.levels)] == old.levels for new in dimensions):
                raise BadShape(
                    f"released {number}: it was cut by {' › '.join(old.levels)}, which the table does not have. "
                    "Protect a table that holds all dimensions and levels published before."
                )
    return table if tuple(dimensions) == table.dimensions else _spread(table, dimensions)


def _spread(table: Table, dimensions: Sequence[Any]) -> Table:
    shape = tuple(len(dimension.paths) for dimension in dimensions)
    places = np.ix_(
        *(
            np.array([new.paths.index(path) for path in old.paths], dtype=np.intp)
            for old, new in zip(table.dimensions, dimensions, strict=True)
        )
    )

    def spread(values: Numbers, fill: float) -> Numbers:
        wide = np.full(shape, fill)
        wide[places] = values
        return wide

    sums = tuple(spread(one, 0.0) for one in table.sums)
    return Table(
        tuple(dimensions), spread(table.counts, 0.0), sums, table.measures, table.views, spread(table.possible, 1.0)
    )


def check_floors(policy: Policy, released: Sequence[ProtectedTable]) -> None:
    """Floors only rise. Raises BadParameter."""
    for number, release in enumerate(released, 1):
        if release.policy.floor > policy.floor:
            raise BadParameter(
                f"floor: {policy.floor} is below the {release.policy.floor} of released {number}. "
                f"A floor may only rise: give {release.policy.floor} or more."
            )


def histories(lattice: Lattice, released: Sequence[ProtectedTable]) -> list[History]:
    """Every reading of the releases: one, unless some do not say how their people stand to the next."""
    unstated = [i for i, release in enumerate(released) if release.relation is Relation.UNSTATED]
    if len(unstated) > MOST_UNSTATED:
        raise BadParameter(
            f"released: {len(unstated)} releases do not say how their people stand to the next. "
            "Say it with as_earlier(Relation.SAME) or as_earlier(Relation.CUMULATIVE)."
        )
    parts = [_published(lattice, release, number) for number, release in enumerate(released, 1)]
    found = []
    for guess in product((Relation.SAME, Relation.CUMULATIVE), repeat=len(unstated)):
        relations = [release.relation for release in released]
        for at, relation in zip(unstated, guess, strict=True):
            relations[at] = relation
        found.append(_history(relations, parts))
    return found


def _history(relations: list[Relation], parts: list[tuple[tuple[Cell, ...], Rows, Numbers]]) -> History:
    steps = [0 if relation is Relation.SAME else 1 for relation in relations]
    stages = 1 + sum(steps)
    ahead = [sum(steps[i:]) for i in range(len(steps))]
    return History(stages, tuple(Release(stages - 1 - a, *part) for a, part in zip(ahead, parts, strict=True)))


def _published(lattice: Lattice, release: ProtectedTable, number: int) -> tuple[tuple[Cell, ...], Rows, Numbers]:
    cells = tuple(cell for cell in release.cells if cell.n is not None)
    places = [lattice.row_of(cell.keys) for cell in cells]
    for cell, place in zip(cells, places, strict=True):
        if place is None:
            raise BadShape(
                f"released {number}: the table does not have the group {cell.label}. Declare it as a member."
            )
    keep = [i for i, cell in enumerate(cells) if cell.status is not Status.IMPOSSIBLE]
    rows = lattice.everything[np.array([places[i] for i in keep], dtype=np.intp)]
    return tuple(cells[i] for i in keep), rows, np.array([float(cells[i].n or 0) for i in keep])
