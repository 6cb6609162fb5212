"""The attack: what a reader with a computer can work out from what was released, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from kithkin.analysis.disclosure.attackers import over_stages
from kithkin.analysis.disclosure.dimension import Label
from kithkin.analysis.disclosure.earlier import History, check_floors, histories
from kithkin.analysis.disclosure.lattice import Lattice, Rows
from kithkin.analysis.disclosure.policy import Relation
from kithkin.analysis.disclosure.protected import Cell, ProtectedTable, Status
from kithkin.analysis.disclosure.scores import told_values
from kithkin.analysis.disclosure.table import Measure
from kithkin.analysis.inputs import Numbers
from kithkin.analysis.results import Result

SLACK = 1e-7
MOST_NODES = 5000


@dataclass(frozen=True)
class Interval(Result):
    """What is known of a figure that is not shown: the count of a group, its mean, or the people added to it.

    `figure` is "n", "added" or the name of a measure. `high` is None where nothing bounds it.
    """

    keys: Mapping[str, Label]
    figure: str
    low: float
    high: float | None

    def __str__(self) -> str:
        group = ", ".join("(none)" if label is None else label for label in self.keys.values()) or "everybody"
        most = "any number" if self.high is None else f"{self.high:.4g}"
        return f"{group}: {self.figure} between {self.low:.4g} and {most}"


def attack(protected: ProtectedTable, *, released: Sequence[ProtectedTable] = ()) -> tuple[Interval, ...]:
    """The narrowest bounds that the releases give on every hidden figure: counts, means, and people added since.

    Solves two integer programs per figure over all tables of whole, non-negative counts that agree with what is
    shown, scores included (Fischetti and Salazar-González 2001 call them the attacker's subproblems). Meant for
    tables of some hundreds of cells. It uses the released numbers alone, never the true ones.

    >>> from kithkin.analysis.disclosure import Policy, protect
    >>> shown = protect({"dept": ["HR", "IT", "Law"], "n": [8, 3, 20]}, Policy(floor=5))
    >>> print(*attack(shown), sep="\\n")
    HR: n between 1 and 10
    IT: n between 1 and 10
    """
    found: dict[tuple[tuple[tuple[str, Label], ...], str], Interval] = {}
    for system in _systems(protected, released):
        for interval in system.intervals():
            key = (tuple(interval.keys.items()), interval.figure)
            found[key] = min(found.get(key, interval), interval, key=_ceiling)
    return tuple(found.values())


def _ceiling(interval: Interval) -> float:
    return np.inf if interval.high is None else interval.high


def audit(protected: ProtectedTable, *, released: Sequence[ProtectedTable] = ()) -> tuple[Interval, ...]:
    """The intervals of `attack` that break the promise: a group, or people added to one, surely fewer than the floor.

    Empty for everything that `protect` returns, given the same `released`.
    """
    check_floors(protected.policy, released)
    floor = protected.policy.floor
    return tuple(
        one
        for one in attack(protected, released=released)
        if one.high is not None
        and one.high < floor
        and floor > 1
        and (one.figure == "n" or (one.figure == "added" and one.high > 0))
    )


@dataclass(frozen=True)
class _System:
    """All tables that agree with one reading: stages × atoms of people, then of each measure's t."""

    protected: ProtectedTable
    lattice: Lattice
    measures: tuple[Measure, ...]
    stages: int
    rows: Rows
    low: Numbers
    high: Numbers

    def intervals(self) -> Iterator[Interval]:
        for cell in self.protected.cells:
            row = self.lattice.everything[[self.lattice.row_of(cell.keys) or 0]]
            if cell.status is Status.HIDDEN:
                yield Interval(cell.keys, "n", *self._whole(self._aim(row, self.stages - 1, 0)))
            if cell.status is not Status.IMPOSSIBLE:
                yield from self._added(cell, row)
            for block, measure in enumerate(self.protected.measures, 1):
                figure = cell.figures.get(measure.name)
                if figure is not None and figure.status in {Status.CAPPED, Status.HIDDEN} and cell.n:
                    low, high = self._bounds(self._aim(row, self.stages - 1, block))
                    span = (measure.high - measure.low) / cell.n
                    top = measure.high if high is None else measure.low + span * high
                    bottom = max(measure.low, measure.low + span * low)
                    yield Interval(cell.keys, measure.name, bottom, min(top, measure.high))

    def agrees(self) -> bool:
        """Whether any table agrees with this reading."""
        return self._solve(np.zeros(self.rows.shape[1])) is not None

    def _added(self, cell: Cell, row: Rows) -> Iterator[Interval]:
        for stage in range(1, self.stages):
            step = self._aim(row, stage, 0) - self._aim(row, stage - 1, 0)
            yield Interval(cell.keys, "added", *self._whole(step))

    def _aim(self, row: Rows, stage: int, block: int) -> Numbers:
        blocks = len(self.measures) + 1
        wide = sparse.kron(np.eye(1, blocks, block), over_stages(row, stage, self.stages), format="csr")
        return np.asarray(wide.toarray().ravel(), dtype=np.float64)

    def _whole(self, aim: Numbers) -> tuple[float, float | None]:
        low, high = self._bounds(aim)
        return float(round(low)), None if high is None else float(round(high))

    def _bounds(self, aim: Numbers) -> tuple[float, float | None]:
        least, most = self._solve(aim), self._solve(-aim)
        return (0.0 if least is None else least), (None if most is None else -most)

    def _solve(self, aim: Numbers) -> float | None:
        blocks = len(self.measures) + 1
        whole = np.zeros(aim.size, dtype=np.int8)
        whole[: aim.size // blocks] = 1
        constraints = [LinearConstraint(self.rows.tocsc(), self.low, self.high)] if self.low.size else []
        found: Any = milp(aim, constraints=constraints, bounds=Bounds(0, np.inf))
        if found.x is None:  # nothing bounds it, or no table agrees
            return None
        options: Any = {"node_limit": MOST_NODES}
        exact: Any = milp(aim, integrality=whole, constraints=constraints, bounds=Bounds(0, np.inf), options=options)
        return float(found.fun if exact.x is None else exact.mip_dual_bound)


def _systems(protected: ProtectedTable, released: Sequence[ProtectedTable]) -> Iterator[_System]:
    lattice = _lattice(protected)
    for history in histories(lattice, [*released, protected.as_earlier(Relation.SAME)]):
        ties = _tied(history)
        systems = (_system(protected, lattice, tied, labelled=known) for tied in ties for known in (True, False))
        possible = (one for one in systems if one.rows.shape[1] == 0 or one.agrees())
        yield from islice(possible, 1)


def _tied(history: History) -> list[History]:
    """The ways in which earlier answers may be tied to the present ones (the last release of the history)."""
    earlier = replace(history, releases=history.releases[:-1])
    return [replace(tied, releases=(*tied.releases, history.releases[-1])) for tied in earlier.answers()]


def _lattice(protected: ProtectedTable) -> Lattice:
    shape = tuple(len(dimension.paths) for dimension in protected.dimensions)
    possible = np.ones(shape)
    for cell in protected.cells:
        if cell.status is Status.IMPOSSIBLE:
            possible[np.ix_(*(dimension.members_of(cell.keys) for dimension in protected.dimensions))] = 0
    return Lattice.of(protected.dimensions, possible)


def _system(protected: ProtectedTable, lattice: Lattice, history: History, *, labelled: bool) -> _System:
    measures = history.measures(protected.measures)
    stages, many = history.stages, len(measures) + 1
    parts = [(block, *told) for r in history.releases for block, *told in told_values(r, measures, stages)]
    atoms = lattice.atoms.size
    for release in history.releases if labelled else ():  # labels that came from the data had somebody
        wide = over_stages(release.labels, release.stage, stages)
        parts.append((0, wide, np.ones(wide.shape[0]), np.full(wide.shape[0], np.inf)))
    rows = [sparse.kron(np.eye(1, many, block), part, format="csr") for block, part, _, _ in parts]
    low = [least - (SLACK * (1 + abs(least)) if block else 0.0) for block, _, least, _ in parts]
    high = [most + (SLACK * (1 + abs(most)) if block else 0.0) for block, _, _, most in parts]
    eye = sparse.eye_array(stages * atoms, format="csr")
    for block in range(1, many):
        first, own = np.eye(1, many, 0), np.eye(1, many, block)
        rows.append(sparse.kron(first - own, eye, format="csr"))
        low.append(np.zeros(stages * atoms))
        high.append(np.full(stages * atoms, np.inf))
    return _System(
        protected,
        lattice,
        measures,
        stages,
        sparse.vstack(rows, format="csr"),
        np.concatenate(low),
        np.concatenate(high),
    )
