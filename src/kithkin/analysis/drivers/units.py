"""What a bootstrap resamples, respondents or buckets of them, reduced to what its draws sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kithkin.analysis.drivers.correlation import Correlation, Missing, as_correlation
from kithkin.analysis.drivers.moments import Moments, Rows
from kithkin.analysis.drivers.pairs import PairMoments
from kithkin.analysis.errors import NotEnoughData
from kithkin.analysis.inputs import Numbers

FEWEST_BUCKETS = 10
ROUNDING = 1e-12


class Resampled(StrEnum):
    """What one bootstrap draw draws."""

    RESPONDENTS = "respondents"
    BUCKETS = "buckets"


@dataclass(frozen=True, eq=False)
class Units:
    """What is resampled: for each of B units Σw, Σw(x − centre) and Σw(x − centre)(x − centre)ᵀ, by pair of columns.

    Shapes (B, 1, 1), (B, q, 1), (B, q, q) over complete rows; all (B, q, q) over the rows of each pair.
    """

    weight: Numbers
    offset: Numbers
    product: Numbers
    centre: Numbers
    kind: Resampled

    @classmethod
    def of_rows(cls, rows: Rows, source: Correlation) -> Units:
        """Every row that the correlation rests on is one unit."""
        columns = np.column_stack([rows.X, rows.y])
        answered = ~np.isnan(columns)
        weights = np.ones(rows.count) if rows.weights is None else rows.weights
        complete = source.missing is Missing.COMPLETE
        used = answered.all(axis=1) if complete else answered[:, -1] & answered[:, :-1].any(axis=1)
        used &= weights > 0
        centre = np.diagonal(source.pairs.mean)
        centred = np.where(answered[used], columns[used] - centre, 0.0)
        weight = weights[used, None, None] * np.ones((1, 1, 1))
        if not complete:
            weight = weight * answered[used, :, None] * answered[used, None, :]
        product = weight * centred[:, :, None] * centred[:, None, :]
        return cls(weight, weight * centred[:, :, None], product, centre, Resampled.RESPONDENTS)

    @classmethod
    def of_buckets(cls, buckets: Sequence[Moments], source: Correlation) -> Units:
        """Every bucket that holds a used row is one unit."""
        complete = source.missing is Missing.COMPLETE
        chosen = [bucket.complete if complete else bucket.pairwise for bucket in buckets]
        held = [pairs for pairs in chosen if pairs.n[-1, -1] > 0]
        if len(held) < FEWEST_BUCKETS:
            raise NotEnoughData(f"buckets: {len(held)} hold answers; a bootstrap needs {FEWEST_BUCKETS} or more.")
        weight = np.stack([pairs.weight for pairs in held])
        centre = np.diagonal(source.pairs.mean)
        shift = np.where(weight > 0, np.stack([pairs.mean for pairs in held]) - centre[:, None], 0.0)
        product = np.stack([pairs.scatter for pairs in held]) + weight * shift * shift.transpose(0, 2, 1)
        if complete:
            weight, shift = weight[:, :1, :1], shift[:, :, :1]
        return cls(weight, weight * shift, product, centre, Resampled.BUCKETS)

    def drawn(self, times: Numbers) -> tuple[Numbers, Numbers]:
        """(correlation matrices (D, q, q), column means (D, q)) when unit b is taken times[d, b] times in draw d."""
        weight, offset, product = (self._summed(times, part) for part in (self.weight, self.offset, self.product))
        over = np.where(weight > 0, weight, np.inf)
        q = len(self.centre)
        scatter = product - offset * offset.transpose(0, 2, 1) / over
        scatter[np.abs(scatter) < ROUNDING * product] = 0.0  # a driver that is constant in this draw
        mean = self.centre[:, None] + offset / over
        full = (len(times), q, q)
        pairs = PairMoments(
            n=np.zeros(full, np.int64),
            weight=np.broadcast_to(weight, full),
            weight2=np.zeros(full),
            mean=np.broadcast_to(mean, full),
            scatter=scatter,
        )
        return as_correlation(pairs), np.diagonal(pairs.mean, axis1=1, axis2=2)

    @staticmethod
    def _summed(times: Numbers, part: Numbers) -> Numbers:
        return (times @ part.reshape(len(part), -1)).reshape(len(times), *part.shape[1:])
