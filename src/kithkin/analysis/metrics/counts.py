"""How often each score was given: all that a score needs, whether a thousand answers were given or a billion."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from kithkin.analysis.errors import BadParameter, BadShape, BadWeights, EmptyInput, OutOfScale
from kithkin.analysis.inputs import Numbers, numbers, scaled, weights_for

Scale = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Counts:
    """One entry per score: the score, n answers, their Σw and Σw² (both equal to n where nothing is weighted).

    Columns may be lists, NumPy, Arrow or pandas. Entries with a missing score or n = 0 are dropped, since they are no
    answers. Entries may repeat a score, so cells of several groups can be laid end to end to merge them.

    Raises BadShape when the columns differ in length, BadParameter when an n is no count, BadWeights when a sum of
    weights is below zero or Σw and Σw² contradict n, and EmptyInput when no answer is left.

    >>> Counts([9, 10, 3], [2, 1, 1], [2, 1, 1], [2, 1, 1]).total
    4
    """

    scores: Numbers
    n: Numbers
    sum_w: Numbers
    sum_w2: Numbers

    def __post_init__(self) -> None:
        columns = {name: numbers(getattr(self, name), f"counts.{name}") for name in ("scores", "n", "sum_w", "sum_w2")}
        if len({column.size for column in columns.values()}) > 1:
            raise BadShape("counts: scores, n, sum_w and sum_w2 differ in length.")
        _check_counts(columns["n"])
        answered = ~np.isnan(columns["scores"]) & (columns["n"] > 0)
        for name, column in columns.items():
            object.__setattr__(self, name, column[answered])
        if not answered.any():
            raise EmptyInput("scores: no answer is left to measure; all are missing, or none was given.")
        self._check_weights()

    def _check_weights(self) -> None:
        sums = np.concatenate([self.sum_w, self.sum_w2])
        if np.isnan(sums).any() or (sums < 0).any():
            raise BadWeights("counts: a sum of weights is missing or below zero.")
        if not (self.sum_w.sum() > 0 and self.sum_w2.sum() > 0):
            raise BadWeights("weights: all are zero, so no answer counts. Leave weights out, or mend them.")
        if (self.sum_w**2 > self.n * self.sum_w2 * (1 + 1e-9)).any():
            raise BadWeights("counts: (Σw)² exceeds n·Σw² for a score, which no weights can do. Were the sums swapped?")

    @property
    def total(self) -> int:
        """n: the number of answers."""
        return int(self.n.sum())

    @property
    def n_effective(self) -> float:
        """Kish (1965): (Σw)²/Σw², the number of equally weighted answers that would be as precise."""
        weight = float(self.sum_w.sum())
        return min(weight / (float(self.sum_w2.sum()) / weight), float(self.total))

    def share(self, low: float, high: float) -> float:
        """The weighted share of answers from `low` to `high`, both included, in 0…1."""
        inside = (self.scores >= low) & (self.scores <= high)
        return float(self.sum_w[inside].sum() / self.sum_w.sum())

    def answers(self, score: float) -> int:
        """How many answers gave exactly this score."""
        return int(self.n[self.scores == score].sum())

    @classmethod
    def of(cls, scores: Any, weights: Any = None) -> Counts:
        """Count raw scores. None and NaN are missing and not counted, nor are answers of weight zero."""
        values = numbers(scores)
        given = ~np.isnan(values)
        wanted = None
        if weights is not None:
            wanted = numbers(weights, "weights")
            if wanted.size != values.size:
                raise BadWeights(f"weights: {wanted.size} for {values.size} answers. Give one weight per answer.")
            wanted = wanted[given]
        answers, kept = values[given], scaled(weights_for(wanted, int(given.sum())))
        if kept.any():
            answers, kept = answers[kept > 0], kept[kept > 0]
        points, place = np.unique(answers, return_inverse=True)
        size = points.size
        return cls(
            points,
            np.bincount(place, minlength=size).astype(np.float64),
            np.bincount(place, kept, minlength=size).astype(np.float64),
            np.bincount(place, kept**2, minlength=size).astype(np.float64),
        )

    @classmethod
    def from_any(cls, counts: Any) -> Counts:
        """`Counts` as they are, or a mapping from score to its number of answers."""
        if isinstance(counts, Counts):
            return counts
        if not isinstance(counts, Mapping):
            raise BadShape(f"counts: expected Counts or a mapping from score to n, got {type(counts).__name__}.")
        n = numbers(list(counts.values()), "counts")
        return cls(numbers(list(counts), "scores"), n, n, n)


def check_scale(scale: Scale) -> Scale:
    """The scale as two floats. Raises BadParameter unless it runs from a lower to a higher finite number."""
    low, high = float(scale[0]), float(scale[1])
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise BadParameter(f"scale: expected (lowest, highest), got {scale}.")
    return low, high


def check_on_scale(counts: Counts, scale: Scale, *, whole: bool) -> None:
    """Raise OutOfScale when an answer lies off the scale or, where asked, is no whole number."""
    low, high = check_scale(scale)
    off = (counts.scores < low) | (counts.scores > high)
    if whole:
        off |= counts.scores != np.floor(counts.scores)
    if not off.any():
        return
    worst = np.argsort(-counts.n[off], kind="stable")[:5]
    shown = ", ".join(f"{counts.scores[off][i]:g} ({int(counts.n[off][i]):,}×)" for i in worst)
    more = ", …" if off.sum() > worst.size else ""
    kind = "are not whole numbers from" if whole else "are not within"
    raise OutOfScale(
        f"scores: {int(counts.n[off].sum()):,} of {counts.total:,} answers {kind} {low:g} to {high:g}: {shown}{more}. "
        "Make codes for “no answer” missing, or name the scale that was asked."
    )


def _check_counts(n: Numbers) -> None:
    if np.isnan(n).any() or (n < 0).any() or (n != np.floor(n)).any():
        raise BadParameter(
            "counts: each n must be a whole number, 0 or more. For weighted answers give Counts(scores, n, Σw, Σw²)."
        )
