"""Disclosure control at length: leaks found by a separate attacker, cells hidden against the exact minimum, time."""

from __future__ import annotations

import time

import numpy as np
from tests.analysis.disclosure.attacker import isolated_by_algebra, narrow_groups, sums_of
from tests.analysis.disclosure.cases import FLOOR, columns, labels, names, truth
from tests.analysis.disclosure.rules import fewest

from kithkin.analysis.disclosure import Dimension, Table, protect

SHAPES = ((4, 4), (3, 5), (2, 3, 2))


def run(tables: int = 300, exact: int = 30, seed: int | None = None) -> list[tuple[str, float, float]]:
    """(what, measured, budget) for fresh random tables."""
    rng = np.random.default_rng(seed)
    leaks = sum(_leaks(_table(rng, SHAPES[i % len(SHAPES)])) for i in range(tables))
    ratios = np.array([ratio for ratio in (_ratio(_table(rng, (3, 4))) for _ in range(exact)) if ratio is not None])
    seconds, share = _large(rng)
    return [
        (f"disclosure: leaks in {tables} random tables", float(leaks), 0.0),
        ("disclosure: 95 % bound of the leak rate", _bound(leaks, tables), 0.05),
        ("disclosure: cells hidden against the exact minimum, mean", float(ratios.mean()), 1.1),
        ("disclosure: cells hidden against the exact minimum, largest", float(ratios.max()), 1.3),
        ("disclosure: seconds for 1,920 atoms with hierarchies", seconds, 60.0),
        ("disclosure: share of cells hidden there", share, 0.4),
    ]


def _table(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    return rng.poisson(rng.choice([4, 8, 12]), shape)


def _leaks(table: np.ndarray) -> bool:
    sums = sums_of(protect(columns(table)), names(table), labels(table))
    return bool(isolated_by_algebra(sums, truth(table), FLOOR) or narrow_groups(sums, truth(table), FLOOR))


def _ratio(table: np.ndarray) -> float | None:
    hidden = len(protect(columns(table)).suppressed)
    if hidden > 11:  # beyond this, trying all sets of cells takes minutes
        return None
    must = fewest(table, FLOOR)
    return hidden / must if must else None


def _bound(leaks: int, tables: int) -> float:
    """Hanley and Lippman-Hand (1983): none in n leaves a rate of up to 1 − 0.05^(1/n)."""
    return 1 - 0.05 ** (1 / tables) if leaks == 0 else 1.0


def _large(rng: np.random.Generator) -> tuple[float, float]:
    shape = (10, 16, 12)
    weight = rng.gamma(2, 1, (10, 1, 1)) * rng.gamma(2, 1, (1, 16, 1)) * rng.gamma(8, 1, (1, 1, 12))
    table = rng.poisson(weight * 15 / weight.mean())
    unit, place, month = np.indices(shape).reshape(3, -1)
    rows = {
        "division": unit // 5, "department": unit, "region": place // 8, "branch": place,
        "quarter": month // 3, "month": month, "n": table.ravel(),
    }  # fmt: skip
    dimensions = [
        Dimension("unit", ("division", "department")),
        Dimension("place", ("region", "branch")),
        Dimension("time", ("quarter", "month")),
    ]
    start = time.process_time()
    protected = protect(Table.from_columns(rows, dimensions))
    return time.process_time() - start, len(protected.suppressed) / len(protected.cells)


if __name__ == "__main__":
    for what, value, budget in run():
        print(f"{what:<62} {value:8.3f}  (at most {budget:g})")
