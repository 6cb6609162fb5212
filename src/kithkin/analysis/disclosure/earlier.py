"""Earlier releases as knowledge: which sums of which people they gave away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from kithkin.analysis.disclosure.lattice import Lattice, Rows
from kithkin.analysis.disclosure.policy import Policy, Relation
from kithkin.analysis.disclosure.protected import Cell, ProtectedTable, Status
from kithkin.analysis.disclosure.table import Measure, Table
from kithkin.analysis.errors import BadParameter, BadShape
from kithkin.analysis.inputs import Numbers

MOST_UNSTATED = 3


@dataclass(frozen=True)
class Release:
    """One earlier release over the present atoms: its published cells, their rows, and the stage of its people.

    `labels` are the rows of the labels that its data had.
    """

    stage: int
    cells: tuple[Cell, ...]
    rows: Rows
    counts: Numbers
    measures: tuple[Measure, ...]
    labels: Rows


@dataclass(frozen=True)
class History:
    """One reading of all earlier releases: stage s adds people to stage s − 1, and the last stage is now."""

    stages: int
    releases: tuple[Release, ...]

    def measures(self, own: Sequence[Measure]) -> tuple[Measure, ...]:
        """The present measures, then those that only earlier releases told (another scale is another measure)."""
        found = {scale_of(measure): measure for measure in own}
        for release in self.releases:
            for measure in release.measures:
                found.setdefault(scale_of(measure), measure)
        return tuple(found.values())

    def answers(self) -> list[History]:
        """How the answers of the releases may be one another's, the closest tie first; without figures only one way.

        All the same as now; the same but other than now; other ones each time. A later way knows less than an earlier.
        """
        if not any(release.measures for release in self.releases):
            return [self]
        together = [_named(release, "earlier") for release in self.releases]
        apart = [_named(release, f"released {number}") for number, release in enumerate(self.releases, 1)]
        return [self, replace(self, releases=tuple(together)), replace(self, releases=tuple(apart))]


def scale_of(measure: Measure) -> tuple[str, float, float]:
    """What makes two measures the same question."""
    return (measure.name, measure.low, measure.high)


def _named(release: Release, wave: str) -> Release:
    named = {measure.name: f"{measure.name} ({wave})" for measure in release.measures}
    cells = tuple(
        replace(cell, figures={named.get(name, name): figure for name, figure in cell.figures.items()})
        for cell in release.cells
    )
    measures = tuple(replace(measure, name=named[measure.name]) for measure in release.measures)
    return replace(release, cells=cells, measures=measures)


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


Part = tuple[tuple[Cell, ...], Rows, Numbers, tuple[Measure, ...], Rows]


def _history(relations: list[Relation], parts: list[Part]) -> History:
    steps = [0 if relation is Relation.SAME else 1 for relation in relations]
    stages = 1 + sum(steps)
    ahead = [sum(steps[i:]) for i in range(len(steps))]
    return History(stages, tuple(Release(stages - 1 - a, *part) for a, part in zip(ahead, parts, strict=True)))


def _published(lattice: Lattice, release: ProtectedTable, number: int) -> Part:
    cells = tuple(cell for cell in release.cells if cell.n is not None)
    places = [lattice.row_of(cell.keys) for cell in cells]
    for cell, place in zip(cells, places, strict=True):
        if place is None:
            raise BadShape(
                f"released {number}: the table does not have the group {cell.label}. Declare it as a member."
            )
    keep = [i for i, cell in enumerate(cells) if cell.status is not Status.IMPOSSIBLE]
    rows = lattice.everything[np.array([places[i] for i in keep], dtype=np.intp)]
    told = tuple(cells[i] for i in keep)
    return told, rows, np.array([float(cell.n or 0) for cell in told]), release.measures, _labels(lattice, release)


def _labels(lattice: Lattice, release: ProtectedTable) -> Rows:
    """Labels that came from the data then had somebody."""
    places = [
        lattice.row_of(dimension.keys(path))
        for dimension in release.dimensions
        if not dimension.declared
        for path in dimension.paths
    ]
    return lattice.everything[np.array([place for place in places if place is not None], dtype=np.intp)]
