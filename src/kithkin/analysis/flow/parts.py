"""What a log adds up to. Parts of a log that share no trace can be counted one by one, and their counts added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from kithkin.analysis.flow.traces import Codes, Legs, Log
from kithkin.analysis.inputs import Numbers

MOST_GROUPS_TOLD_APART = 4
_HALF = 32  # bits: waits are summed in two halves, since hundreds of years in microseconds nearly fill an integer


class Figures(NamedTuple):
    """Of one group or hand-over: its legs, the traces they are of, how many of those have a known outcome and how many
    broke their promise, its returns, and the sum of its waits in two halves.
    """

    legs: int
    traces: int
    known: int
    late: int
    returns: int
    high: int
    low: int

    @property
    def micros(self) -> int:
        """All waiting, in microseconds, exactly."""
        return (self.high << _HALF) + self.low


@dataclass(frozen=True, eq=False)
class Counts:
    """The figures of each key (a group, a hand-over), in rising order of the keys."""

    keys: Codes
    figures: NDArray[np.int64]

    @classmethod
    def of(cls, keys: Codes, case: Codes, returns: NDArray[np.bool_], micros: Codes, breached: Numbers) -> Self:
        """From one entry per leg, and per trace whether it breached (NaN: unknown)."""
        unique, place = np.unique(keys, return_inverse=True)
        touched = np.unique(place * breached.size + case)
        key, trace = np.divmod(touched, max(breached.size, 1))
        sums = [
            np.ones(keys.size, np.int64),
            returns.astype(np.int64),
            micros >> _HALF,
            micros & ((1 << _HALF) - 1),
        ]
        legs, back, high, low = (_summed(place, values, unique.size) for values in sums)
        fate = breached[trace]
        traces, known, late = (
            np.bincount(key[chosen], minlength=unique.size) for chosen in (slice(None), ~np.isnan(fate), fate == 1)
        )
        return cls(unique, np.column_stack([legs, traces, known, late, back, high, low]))

    def __add__(self, other: Counts) -> Counts:
        keys, place = np.unique(np.concatenate([self.keys, other.keys]), return_inverse=True)
        figures = np.zeros((keys.size, len(Figures._fields)), dtype=np.int64)
        np.add.at(figures, place, np.concatenate([self.figures, other.figures]))
        return Counts(keys, figures)

    def __iter__(self) -> Iterator[tuple[int, Figures]]:
        """(key, its figures)."""
        for key, row in zip(self.keys.tolist(), self.figures.tolist(), strict=True):
            yield key, Figures(*row)

    @property
    def legs(self) -> NDArray[np.int64]:
        """Of each key."""
        return self.figures[:, 0]


@dataclass(frozen=True, eq=False)
class Part:
    """Some traces of a log, whole: what they add up to.

    `groups` is keyed by the group's code, `handovers` by giver · number of groups + taker, `group_events` holds the
    events of each code. `touched` has, for 0, 1, 2, 3 and more groups touched, the number of traces, of those with a
    known outcome and of those that broke their promise. `undecided` is None where no row is said to close a trace.
    """

    groups: Counts
    handovers: Counts
    group_events: NDArray[np.int64]
    touched: NDArray[np.int64]
    events: int
    reworked: int
    out_of_order: int
    undecided: int | None

    @classmethod
    def of(cls, log: Log, legs: Legs) -> Part:
        """Count a log, or those traces of it that this one holds."""
        breached = 1 - log.promise_kept()
        returned = np.zeros(log.traces, dtype=bool)
        returned[legs.case[legs.is_return]] = True
        made = legs.to >= 0
        pairs = legs.group[made] * len(log.names) + legs.to[made]
        return cls(
            groups=Counts.of(legs.group, legs.case, legs.is_return, legs.micros, breached),
            handovers=Counts.of(pairs, legs.case[made], legs.to_returns[made], legs.micros[made], breached),
            group_events=np.bincount(log.group[log.group >= 0], minlength=len(log.names)),
            touched=_by_groups_touched(legs, breached),
            events=log.case.size,
            reworked=int(returned.sum()),
            out_of_order=log.out_of_order,
            undecided=None if log.closed is None else int(log.undecided().sum()),
        )

    def __add__(self, other: Part) -> Part:
        return Part(
            groups=self.groups + other.groups,
            handovers=self.handovers + other.handovers,
            group_events=self.group_events + other.group_events,
            touched=self.touched + other.touched,
            events=self.events + other.events,
            reworked=self.reworked + other.reworked,
            out_of_order=self.out_of_order + other.out_of_order,
            undecided=None if self.undecided is None else self.undecided + (other.undecided or 0),
        )


def _by_groups_touched(legs: Legs, breached: Numbers) -> NDArray[np.int64]:
    different = np.bincount(legs.case[~legs.is_return], minlength=breached.size)
    capped = np.minimum(different, MOST_GROUPS_TOLD_APART)
    chosen = (np.ones(breached.size, dtype=bool), ~np.isnan(breached), breached == 1)
    return np.column_stack([np.bincount(capped[traces], minlength=MOST_GROUPS_TOLD_APART + 1) for traces in chosen])


def _summed(place: NDArray[np.intp], values: NDArray[np.int64], keys: int) -> NDArray[np.int64]:
    sums = np.zeros(keys, dtype=np.int64)
    np.add.at(sums, place, values)
    return sums
