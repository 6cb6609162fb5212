"""Exact medians of every group and hand-over from one pass over the legs in order of their waiting."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from kithkin.analysis.flow.parts import Counts, Figures, Part
from kithkin.analysis.flow.report import Waiting
from kithkin.analysis.flow.traces import Codes

MICROSECONDS_AN_HOUR = 3_600_000_000


class Waits:
    """Give it all legs of a log, in pieces of any size, but sorted by group and within a group by waiting; then ask.

    `part` says how many legs each group and hand-over has, and therefore which places in their order matter.
    """

    def __init__(self, part: Part, groups: int, confidence: float) -> None:
        self._groups = groups
        self._by_group = _Picked(part.groups, confidence)
        self._by_handover = _Picked(part.handovers, confidence)

    def take(self, group: Codes, to: Codes, micros: Codes) -> None:
        """The next legs: their groups, those that follow (−1: none), and how long they waited."""
        self._by_group.take(group, micros)
        made = to >= 0
        self._by_handover.take(group[made].astype(np.int64) * self._groups + to[made], micros[made])

    def of_groups(self) -> list[Waiting]:
        """In the order of the part's groups."""
        return self._by_group.waiting()

    def of_handovers(self) -> list[Waiting]:
        """In the order of the part's hand-overs."""
        return self._by_handover.waiting()


class _Picked:
    """Per key the order statistics of the interval's ends and of the median, as they come by."""

    def __init__(self, counts: Counts, confidence: float) -> None:
        self._counts, self._confidence = counts, confidence
        n = counts.legs
        low = interval_place(n, confidence)
        self._has_interval = low >= 0
        low = np.maximum(low, 0)
        self._places = np.stack([low, n - 1 - low, (n - 1) // 2, n // 2])
        self._values = np.zeros_like(self._places)
        self._seen = np.zeros_like(n)

    def take(self, keys: Codes, micros: Codes) -> None:
        """Waits that rise within each key."""
        order = np.argsort(keys, kind="stable")
        present, starts, sizes = np.unique(keys[order], return_index=True, return_counts=True)
        at = np.searchsorted(self._counts.keys, present)
        within = self._places[:, at] - self._seen[at]
        which, key = np.nonzero((within >= 0) & (within < sizes))
        self._values[which, at[key]] = micros[order[starts[key] + within[which, key]]]
        self._seen[at] += sizes

    def waiting(self) -> list[Waiting]:
        low, high, lower, upper = (self._values / MICROSECONDS_AN_HOUR).tolist()
        return [
            Waiting(
                median=(lower[i] + upper[i]) / 2,
                low=low[i] if self._has_interval[i] else None,
                high=high[i] if self._has_interval[i] else None,
                mean=_mean_hours(figures),
                n=figures.legs,
                confidence=self._confidence,
            )
            for i, (_, figures) in enumerate(self._counts)
        ]


def interval_place(n: NDArray[np.int64], confidence: float) -> NDArray[np.int64]:
    """Of n ordered values, the place k, from 0, so that the values at k and n − 1 − k bound the median's interval.

    k is the largest with a binomial tail below (1 − confidence)/2, so that the interval covers the median at least
    that often; −1 where there are too few values for one (Conover 1999).
    """
    tail = (1 - confidence) / 2
    k = stats.binom.ppf(tail, n, 0.5)
    above = special.bdtr(k, n, 0.5) > tail
    return np.asarray(k - above, dtype=np.int64)


def _mean_hours(figures: Figures) -> float:
    return figures.micros / (figures.legs * MICROSECONDS_AN_HOUR)
