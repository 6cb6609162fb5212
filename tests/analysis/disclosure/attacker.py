"""An attacker written apart from the product: exact rational algebra over subsets, and enumeration of whole tables."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations, product

import numpy as np
from scipy.optimize import LinearConstraint, milp

from kithkin.analysis.disclosure import ProtectedTable

Sums = list[tuple[frozenset[int], int]]


def atoms_of(labels: list[list[str]]) -> list[tuple[str, ...]]:
    """Every combination of one label per dimension."""
    return list(product(*labels))


def sums_of(protected: ProtectedTable, names: list[str], labels: list[list[str]]) -> Sums:
    """The published counts as (set of atoms, total)."""
    atoms = atoms_of(labels)
    found = []
    for cell in protected.cells:
        if cell.n is not None:
            inside = frozenset(
                i for i, atom in enumerate(atoms) if all(atom[names.index(k)] == v for k, v in cell.keys.items())
            )
            found.append((inside, cell.n))
    return found


def row_space(sets: list[frozenset[int]], size: int) -> list[list[Fraction]]:
    """A reduced basis (rational, by hand) of what can be added up from the published sets."""
    rows = [[Fraction(int(j in one)) for j in range(size)] for one in sets]
    basis: list[list[Fraction]] = []
    for given in rows:
        row = given
        for known in basis:
            lead = next(j for j, v in enumerate(known) if v)
            if row[lead]:
                row = _without(row, known, lead)
        if any(row):
            lead = next(j for j, v in enumerate(row) if v)
            scale = row[lead]
            row = [v / scale for v in row]
            basis = [
                [a - known[lead] * b for a, b in zip(known, row, strict=True)] if known[lead] else known
                for known in basis
            ]
            basis.append(row)
    return basis


def _without(row: list[Fraction], known: list[Fraction], lead: int) -> list[Fraction]:
    factor = row[lead]
    return [a - factor * b for a, b in zip(row, known, strict=True)]


def spans(basis: list[list[Fraction]], group: frozenset[int], size: int) -> bool:
    """Whether the group's total is a linear combination of published totals."""
    row = [Fraction(int(j in group)) for j in range(size)]
    for known in basis:
        lead = next(j for j, v in enumerate(known) if v)
        if row[lead]:
            row = _without(row, known, lead)
    return not any(row)


def isolated_by_algebra(sums: Sums, truth: list[int], floor: int) -> list[frozenset[int]]:
    """Every set of atoms with 1 … floor − 1 people whose total follows from published totals (small tables only).

    A set with so few people holds fewer than `floor` atoms with anybody in them; atoms of nobody may be added freely,
    so every subset of those is tried as well.
    """
    size = len(truth)
    basis = row_space([group for group, _ in sums], size)
    empty = [j for j in range(size) if truth[j] == 0]
    some = [j for j in range(size) if 0 < truth[j] < floor]
    found = []
    for many in range(1, floor):
        for core in combinations(some, many):
            if sum(truth[j] for j in core) >= floor:
                continue
            for extra in range(min(len(empty), 3) + 1):
                for nobody in combinations(empty, extra):
                    group = frozenset(core + nobody)
                    if spans(basis, group, size):
                        found.append(group)
    return found


def bounds(sums: Sums, size: int, group: Iterable[int]) -> tuple[int, float]:
    """Least and most people of a group over all tables of whole, non-negative counts with these totals."""
    rows = np.array([[float(j in one) for j in range(size)] for one, _ in sums]).reshape(len(sums), size)
    totals = np.array([total for _, total in sums], dtype=float)
    aim = np.zeros(size)
    aim[list(group)] = 1.0
    rule = [LinearConstraint(rows, totals, totals)] if len(sums) else []
    least = milp(aim, integrality=np.ones(size, dtype=np.int8), constraints=rule)
    most = milp(-aim, integrality=np.ones(size, dtype=np.int8), constraints=rule)
    return round(least.fun), float("inf") if most.x is None else round(-most.fun)


def narrow_groups(sums: Sums, truth: list[int], floor: int) -> list[int]:
    """The atoms that are surely fewer than `floor` people, by integer bounds."""
    return [j for j, n in enumerate(truth) if n < floor and bounds(sums, len(truth), [j])[1] < floor]


def exact_groups(sums: Sums, truth: list[int], floor: int) -> list[int]:
    """The atoms whose exact count, 1 … floor − 1, is determined by integer bounds."""
    small = [j for j, n in enumerate(truth) if 0 < n < floor]
    return [j for j in small if bounds(sums, len(truth), [j])[0] == bounds(sums, len(truth), [j])[1]]


def tables(sums: Sums, size: int) -> list[tuple[int, ...]]:
    """Every table of whole, non-negative counts with these totals, by plain search; each atom must be in some total."""
    left = [total for _, total in sums]
    touching = [[i for i, (group, _) in enumerate(sums) if j in group] for j in range(size)]
    closing = [[i for i in touching[j] if max(sums[i][0]) == j] for j in range(size)]
    table, found = [0] * size, []

    def place(j: int) -> None:
        if j == size:
            found.append(tuple(table))
            return
        most = min(left[i] for i in touching[j])
        ends = {left[i] for i in closing[j]}
        for value in ends or range(most + 1):
            if value <= most and len(ends) <= 1:
                table[j] = value
                for i in touching[j]:
                    left[i] -= value
                place(j + 1)
                for i in touching[j]:
                    left[i] += value

    place(0)
    return found
