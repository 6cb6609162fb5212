"""Other ways to hide cells of a two-way table: none, the naive rule, and the exact minimum by brute force."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from tests.analysis.disclosure.attacker import Sums, exact_groups, narrow_groups


def with_margins(table: np.ndarray) -> np.ndarray:
    """The table with its margins as a last row and column."""
    wide = np.zeros((table.shape[0] + 1, table.shape[1] + 1), dtype=int)
    wide[:-1, :-1] = table
    wide[-1], wide[:, -1] = wide[:-1].sum(axis=0), wide[:, :-1].sum(axis=1)
    wide[-1, -1] = table.sum()
    return wide


def sums_shown(table: np.ndarray, hidden: np.ndarray) -> Sums:
    """The published cells of a table with margins as (set of atoms, total)."""
    rows, columns = table.shape
    wide = with_margins(table)
    found = []
    for (i, j), n in np.ndenumerate(wide):
        if not hidden[i, j]:
            across = range(rows) if i == rows else [i]
            down = range(columns) if j == columns else [j]
            found.append((frozenset(a * columns + b for a in across for b in down), int(n)))
    return found


def naive(table: np.ndarray, floor: int) -> np.ndarray:
    """Hide small cells, then in every row and column hide more until two cells with at least `floor` people are."""
    wide = with_margins(table)
    hidden = wide < floor
    changed = True
    while changed:
        changed = False
        for values, lines in ((wide, hidden), (wide.T, hidden.T)):
            for value, line in zip(values, lines, strict=True):
                while line.any() and not line.all() and (line.sum() < 2 or value[line].sum() < floor):
                    line[min(np.flatnonzero(~line), key=lambda at, value=value: value[at])] = True
                    changed = True
    return hidden


def fewest(table: np.ndarray, floor: int, *, exactly: bool = False) -> int:
    """How many cells must be hidden at least, small ones included, for the integer attack to fail.

    Tries all sets of cells, smallest first; a row or column with a single hidden cell is passed over, as that cell
    follows. With `exactly` only counts that are determined exactly are held against a set.
    """
    wide = with_margins(table)
    small = wide < floor
    if not small.any():
        return 0
    free = np.flatnonzero(~small.ravel())
    truth = [int(n) for n in table.ravel()]
    attack = exact_groups if exactly else narrow_groups
    for more in range(free.size + 1):
        sets = list(combinations(free, more))
        chosen = np.array(sets, dtype=np.intp).reshape(len(sets), more)
        masks = np.broadcast_to(small.ravel(), (len(chosen), wide.size)).copy()
        np.put_along_axis(masks, chosen, True, axis=1)
        shaped = masks.reshape(-1, *wide.shape)
        plausible = (shaped.sum(axis=1) != 1).all(axis=1) & (shaped.sum(axis=2) != 1).all(axis=1)
        for hidden in shaped[plausible]:
            if not attack(sums_shown(table, hidden), truth, floor):
                return int(hidden.sum())
    raise AssertionError("hiding everything must be safe")
