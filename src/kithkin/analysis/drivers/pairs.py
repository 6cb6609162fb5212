"""Weighted first and second moments of every pair of columns, centred, so that large scores lose no digits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis.inputs import Numbers
from kithkin.analysis.results import Result

CHUNK_ROWS = 2048


@dataclass(frozen=True, eq=False)
class PairMoments(Result):
    """Moments over the rows in which columns i and j were both answered; every field has shape (q, q).

    `n` counts those rows, `weight` and `weight2` sum their weights and squared weights, `mean[i, j]` is the mean of
    column i over them, and `scatter[i, j]` is Σw(x_i − mean[i, j])(x_j − mean[j, i]). Where no answer is missing all
    pairs rest on the same rows. Sums of parts follow Chan, Golub and LeVeque (1983), element by element.
    """

    n: NDArray[np.int64]
    weight: Numbers
    weight2: Numbers
    mean: Numbers
    scatter: Numbers

    @classmethod
    def empty(cls, q: int) -> PairMoments:
        """No rows at all: the neutral element of the sum."""
        return cls(np.zeros((q, q), np.int64), *(np.zeros((q, q)) for _ in range(4)))

    def __add__(self, other: PairMoments) -> PairMoments:
        weight = self.weight + other.weight
        share = np.divide(other.weight, weight, out=np.zeros_like(weight), where=weight > 0)
        shift = other.mean - self.mean
        return PairMoments(
            n=self.n + other.n,
            weight=weight,
            weight2=self.weight2 + other.weight2,
            mean=self.mean + shift * share,
            scatter=self.scatter + other.scatter + shift * shift.T * (self.weight * share),
        )


def gather(columns: Numbers, weights: Numbers | None) -> tuple[PairMoments, PairMoments]:
    """(over complete rows, over every pair's rows) of a chunk of rows (n, q), the last column being the outcome.

    Rows of zero weight are left out, and from the pairs those without an outcome or without any driver.
    Both are the same object when nothing is missing.
    """
    if weights is not None and not (weights > 0).all():
        columns, weights = columns[weights > 0], weights[weights > 0]
    whole = _complete(columns, weights)
    if np.isfinite(whole.scatter).all():
        return whole, whole
    answered = ~np.isnan(columns)
    full = np.flatnonzero(answered.all(axis=1))
    some = np.flatnonzero(answered[:, -1] & answered[:, :-1].any(axis=1))
    return _complete(columns[full], _at(weights, full)), _pairwise(columns[some], _at(weights, some))


def _at(weights: Numbers | None, rows: NDArray[np.intp]) -> Numbers | None:
    return None if weights is None else weights[rows]


def _complete(columns: Numbers, weights: Numbers | None) -> PairMoments:
    rows, q = columns.shape
    if rows == 0:
        return PairMoments.empty(q)
    by_row = np.ones(rows) if weights is None else weights
    weight, weight2 = by_row.sum(), by_row @ by_row
    mean = by_row @ columns / weight
    centred = columns - mean
    slip = by_row @ centred / weight  # what rounding left in the mean
    if weights is not None:
        centred *= np.sqrt(weights)[:, None]
    return PairMoments(
        n=np.full((q, q), rows, np.int64),
        weight=np.full((q, q), weight),
        weight2=np.full((q, q), weight2),
        mean=np.repeat((mean + slip)[:, None], q, axis=1),
        scatter=centred.T @ centred - weight * np.outer(slip, slip),
    )


def _pairwise(columns: Numbers, weights: Numbers | None) -> PairMoments:
    rows, q = columns.shape
    if rows == 0:
        return PairMoments.empty(q)
    answered = (~np.isnan(columns)).astype(np.float64)
    by_row = np.ones((rows, 1)) if weights is None else weights[:, None]
    zeroed = np.nan_to_num(columns, nan=0.0)
    centre = zeroed.sum(axis=0) / np.maximum(answered.sum(axis=0), 1)
    centred = (zeroed - centre) * answered
    weight = answered.T @ (answered * by_row)
    over = np.where(weight > 0, weight, 1.0)
    offset = (centred * by_row).T @ answered / over
    return PairMoments(
        n=np.rint(answered.T @ answered).astype(np.int64),
        weight=weight,
        weight2=answered.T @ (answered * by_row**2),
        mean=np.where(weight > 0, centre[:, None] + offset, 0.0),
        scatter=(centred * by_row).T @ centred - weight * offset * offset.T,
    )


def read_only(pairs: PairMoments) -> PairMoments:
    """The same moments, with arrays that refuse to be written to."""
    arrays: tuple[NDArray[Any], ...] = (pairs.n, pairs.weight, pairs.weight2, pairs.mean, pairs.scatter)
    for array in arrays:
        array.setflags(write=False)
    return pairs
