"""Driver shares: LMG against a plain loop over all subsets, against its own cost, and against the scan of the rows."""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np

from bench.timing import ratio
from kithkin.analysis.drivers import Moments, lmg

_ROWS = 1_000_000
_BLOCK = 2048


def run() -> list[tuple[str, float, float]]:
    """(name, ratio, budget) of each requirement; a speed-up is given as its inverse, so that lower is better."""
    return [against_all_subsets(), twenty_five_against_twenty(), against_the_scan()]


def against_all_subsets() -> tuple[str, float, float]:
    """Fifteen drivers: at least 50 times as fast as a regression for each of the 32,768 subsets."""
    moments = Moments.from_data(*_answers(2000, 15))
    found = ratio(lambda: lmg(moments), lambda: _all_subsets(moments))
    return "LMG, 15 drivers, against a regression for each subset", found, 1 / 50


def twenty_five_against_twenty() -> tuple[str, float, float]:
    """32 times as many subsets; twenty drivers take so little time that a turn does them ten times."""
    twenty, twenty_five = (Moments.from_data(*_answers(2000, p)) for p in (20, 25))
    found = 10 * ratio(lambda: lmg(twenty_five), lambda: [lmg(twenty) for _ in range(10)])
    return "LMG, 25 drivers, against 20", found, 40.0


def against_the_scan() -> tuple[str, float, float]:
    """Twenty drivers from a million rows, against Σx and Σxxᵀ of the same rows and nothing else."""
    X, y = _answers(_ROWS, 20)
    found = ratio(lambda: lmg(Moments.from_data(X, y)), lambda: _bare_scan(X, y))
    return "LMG, 20 drivers from 1,000,000 rows, against the bare scan", found, 3.0


def _answers(rows: int, drivers: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng()
    X = rng.normal(size=(rows, drivers)) + rng.normal(size=(rows, 1))
    return X, X.sum(axis=1) + rng.normal(size=rows) * drivers


def _all_subsets(moments: Moments) -> np.ndarray:
    """One least-squares solution from the covariance matrix for each subset; sums as the definition says."""
    p, covariance = len(moments.names), moments.complete.scatter
    gain = {(): 0.0}
    for size in range(1, p + 1):
        for subset in combinations(range(p), size):
            index = list(subset)
            xy = covariance[index, -1]
            gain[subset] = xy @ np.linalg.solve(covariance[np.ix_(index, index)], xy) / covariance[-1, -1]
    shares = np.zeros(p)
    weights = [factorial(size) * factorial(p - 1 - size) / factorial(p) for size in range(p)]
    for subset, r2 in gain.items():
        for place, driver in enumerate(subset):
            without = subset[:place] + subset[place + 1 :]
            shares[driver] += weights[len(without)] * (r2 - gain[without])
    return shares


def _bare_scan(X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    sums, products = np.zeros(X.shape[1] + 1), np.zeros((X.shape[1] + 1, X.shape[1] + 1))
    for start in range(0, len(X), _BLOCK):
        block = np.column_stack([X[start : start + _BLOCK], y[start : start + _BLOCK]])
        sums += block.sum(axis=0)
        products += block.T @ block
    return sums, products


if __name__ == "__main__":
    for name, ratio, budget in run():
        print(f"{name}: {ratio:.4f} (at most {budget:g})")
