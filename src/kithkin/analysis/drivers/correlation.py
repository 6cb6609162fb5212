"""From moments to a correlation matrix that a driver analysis can stand on, or a clear refusal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis.drivers.moments import Moments
from kithkin.analysis.drivers.pairs import PairMoments
from kithkin.analysis.errors import Degenerate, EmptyInput, NotEnoughData
from kithkin.analysis.inputs import Numbers

LEAST_TOLERANCE = 1e-9
LEAST_SPREAD = 1e-13


class Missing(StrEnum):
    """What is done about missing answers.

    COMPLETE: rows without any missing answer. PAIRWISE: for each pair of columns the rows that answered both, where the
    matrix so made is positive definite, else complete rows. AUTO: complete rows where they are at least half of the
    rows with an outcome, else PAIRWISE.
    """

    AUTO = "auto"
    COMPLETE = "complete"
    PAIRWISE = "pairwise"


@dataclass(frozen=True, eq=False)
class Correlation:
    """A positive definite correlation matrix (p + 1, p + 1), outcome last, and the rows that it rests on."""

    names: tuple[str, ...]
    matrix: Numbers
    pairs: PairMoments
    n: int
    n_effective: float
    dropped: int
    missing: Missing


def correlation(moments: Moments, missing: Missing) -> Correlation:
    """Raises Degenerate, NotEnoughData or EmptyInput, each naming what to leave out or to give."""
    hint = ", or use missing='pairwise'" if missing is Missing.COMPLETE else ""
    if missing is Missing.AUTO:
        few = 2 * moments.n < int(moments.pairwise.n[-1, -1])
        missing = Missing.PAIRWISE if few else Missing.COMPLETE
    if missing is Missing.PAIRWISE and moments.n < moments.rows:
        matrix = as_correlation(moments.pairwise)
        if _enough(moments, moments.pairwise) and positive_definite(matrix[None])[0]:
            return _checked(moments, matrix, moments.pairwise, Missing.PAIRWISE)
    _check_rows(moments, hint)
    return _checked(moments, as_correlation(moments.complete), moments.complete, Missing.COMPLETE)


def as_correlation(pairs: PairMoments) -> Numbers:
    """Covariances of each pair's own rows over the spreads of each column's own rows; NaN where a column is constant.

    Leading axes are batches. Made symmetric, which sums under very unlike weights are not by themselves: with
    1.00000002 above and 0.99999998 below the diagonal, drivers that move as one would pass for two.
    """
    covariance = np.divide(pairs.scatter, pairs.weight, out=np.zeros_like(pairs.scatter), where=pairs.weight > 0)
    spread = np.sqrt(np.maximum(np.diagonal(covariance, axis1=-2, axis2=-1), 0.0))
    location = np.abs(np.diagonal(pairs.mean, axis1=-2, axis2=-1))
    spread = np.where(spread > LEAST_SPREAD * location, spread, np.nan)
    matrix: Numbers = covariance / (spread[..., :, None] * spread[..., None, :])
    matrix = (matrix + np.swapaxes(matrix, -1, -2)) / 2
    every = np.arange(matrix.shape[-1])
    matrix[..., every, every] = np.where(np.isnan(spread), np.nan, 1.0)
    return matrix


def positive_definite(matrices: Numbers) -> NDArray[np.bool_]:
    """Which of the matrices (B, q, q) have drivers that are no combination of each other, and an R² of at most 1."""
    sound = np.asarray(np.isfinite(matrices).all(axis=(1, 2)))
    safe = np.where(sound[:, None, None], matrices, np.eye(matrices.shape[1]))
    least = np.linalg.eigvalsh(safe[:, :-1, :-1])[:, 0]
    whole = np.linalg.eigvalsh(safe)[:, 0]
    return np.asarray(sound & (least > LEAST_TOLERANCE) & (whole > -LEAST_TOLERANCE))


def _enough(moments: Moments, pairs: PairMoments) -> bool:
    return int(pairs.n.min()) >= len(moments.names) + 2


def _check_rows(moments: Moments, hint: str) -> None:
    p = len(moments.names)
    if int(moments.pairwise.n[-1, -1]) == 0:
        raise EmptyInput(f"drivers: none of {moments.rows:,} rows has an outcome, a driver and a positive weight.")
    if moments.n >= p + 2:
        return
    advice = f"Leave out what few answered{hint}" if moments.n < moments.rows else "Give more rows or fewer drivers"
    raise NotEnoughData(
        f"drivers: {moments.n:,} complete rows of {moments.rows:,} for {p} drivers; {p + 2} are the least. {advice}."
    )


def _checked(moments: Moments, matrix: Numbers, pairs: PairMoments, missing: Missing) -> Correlation:
    labelled = [*moments.names, "the outcome"]
    constant = [labelled[i] for i in np.flatnonzero(np.isnan(np.diagonal(matrix)))]
    if constant:
        raise Degenerate(f"drivers: constant over {pairs.n[-1, -1]:,} rows: {', '.join(constant)}. Leave it out.")
    collinear = _collinear(matrix[:-1, :-1])
    if collinear.size:
        named = ", ".join(moments.names[i] for i in collinear)
        raise Degenerate(f"drivers: each is a combination of the others: {named}. Leave out one of them.")
    used = int(pairs.n[-1, -1])
    return Correlation(
        names=moments.names,
        matrix=matrix,
        pairs=pairs,
        n=int(pairs.n.min()),
        n_effective=float((pairs.weight**2 / pairs.weight2).min()),
        dropped=moments.rows - used,
        missing=missing,
    )


def _collinear(drivers: Numbers) -> NDArray[np.intp]:
    """The drivers that take part in a combination that (nearly) vanishes."""
    values, vectors = np.linalg.eigh(drivers)
    null = vectors[:, values <= LEAST_TOLERANCE]
    return np.flatnonzero((np.abs(null) > 1e-4).any(axis=1))
