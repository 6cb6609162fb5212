"""An attacker on scores, written apart from the product: adds up published sums, with and without bounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from kithkin.analysis.disclosure import ProtectedTable, Status
from tests.analysis.disclosure.attacker import atoms_of, row_space, spans

LOW, HIGH, CAP = 0.0, 10.0, 10
MOST = 1000.0  # an attacker who knows that nobody asked more people loses nothing and stays finite


@dataclass(frozen=True)
class Told:
    """One released cell: its atoms, its count if shown, and the range of its sum if any."""

    atoms: frozenset[int]
    n: int | None
    low: float | None
    high: float | None


def told(protected: ProtectedTable, names: list[str], labels: list[list[str]], measure: str = "score") -> list[Told]:
    """Everything a release says, as sets of atoms."""
    atoms = atoms_of(labels)
    found = []
    for cell in protected.cells:
        inside = frozenset(
            i for i, atom in enumerate(atoms) if all(atom[names.index(k)] == v for k, v in cell.keys.items())
        )
        figure = cell.figures.get(measure)
        known = cell.n is not None and figure is not None and figure.low is not None and figure.high is not None
        low, high = (figure.low * cell.n, figure.high * cell.n) if known else (None, None)
        found.append(Told(inside, cell.n, low, high))
    return found


def reach(release: list[Told], size: int, people: np.ndarray, scores: np.ndarray) -> float:
    """The most that people·n + scores·s can be, over whole counts n and sums s that agree with the release."""
    rows, low, high = [], [], []
    for one in release:
        inside = np.isin(np.arange(size), list(one.atoms)).astype(float)
        if one.n is not None:
            rows.append(np.concatenate([inside, np.zeros(size)]))
            low.append(float(one.n))
            high.append(float(one.n))
        if one.low is not None and one.high is not None:
            rows.append(np.concatenate([np.zeros(size), inside]))
            low.append(one.low - 1e-7)
            high.append(one.high + 1e-7)
    for j in range(size):
        unit = np.eye(1, size, j).ravel()
        rows += [np.concatenate([-LOW * unit, unit]), np.concatenate([HIGH * unit, -unit])]
        low += [0.0, 0.0]
        high += [np.inf, np.inf]
    found = milp(
        -np.concatenate([people, scores]),
        integrality=np.repeat([1, 0], size),
        constraints=LinearConstraint(np.array(rows), low, high),
        bounds=Bounds(np.concatenate([np.zeros(size), np.full(size, -np.inf)]), MOST),
    )
    return float(-found.fun)


def told_on(release: list[Told], counts: np.ndarray) -> list[int]:
    """The atoms of fewer than `CAP` people of which some person's answer is surely not all of the scale."""
    size, span = counts.size, HIGH - LOW
    found = []
    for j in np.flatnonzero((counts > 0) & (counts < CAP)):
        unit = np.eye(1, size, j).ravel()
        above = reach(release, size, HIGH * unit, -unit)
        below = reach(release, size, -LOW * unit, unit)
        if min(above, below) < span - 1e-5:
            found.append(int(j))
    return found


def sums_added_up(release: list[Told], protected: ProtectedTable, counts: np.ndarray) -> list[frozenset[int]]:
    """The capped cells whose exact sum is a linear combination of published sums."""
    size = counts.size
    exact = [one.atoms for one in release if one.low is not None and one.low == one.high]
    basis = row_space(exact, size)
    capped = [
        one.atoms
        for one, cell in zip(release, protected.cells, strict=True)
        if any(figure.status is Status.CAPPED for figure in cell.figures.values())
    ]
    return [atoms for atoms in capped if spans(basis, atoms, size)]
