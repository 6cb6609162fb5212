"""The order of boxes and lanes within each layer: swept by their neighbours' mean, then neighbours are swapped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from kithkin.analysis.charts.layered.shapes import Edge, Slot

SWEEPS = 12
Chains = dict[Edge, list[Slot]]
Near = dict[Slot, list[Slot]]


def neighbours(chains: Chains) -> tuple[Near, Near]:
    """What each slot is joined to in the layer before, and in the layer after."""
    before, after = defaultdict(list), defaultdict(list)
    for chain in chains.values():
        for left, right in pairwise(chain):
            after[left].append(right)
            before[right].append(left)
    return before, after


def beside(flat: Iterable[Edge]) -> Near:
    """What each box is joined to within its own layer."""
    near: Near = defaultdict(list)
    for start, end in flat:
        near[start].append(end)
        near[end].append(start)
    return near


def ordered(columns: list[list[Slot]], chains: Chains, flat: Collection[Edge] = ()) -> list[list[Slot]]:
    """The order within each column with the fewest crossings that were seen."""
    before, after = neighbours(chains)
    within = beside(flat)
    best, fewest = [list(column) for column in columns], _crossings(columns, after)
    for sweep in range(SWEEPS):
        if not fewest and not flat:
            break
        forward = sweep % 2 == 0
        look = before if forward else after
        for column in columns if forward else reversed(columns):
            at = {slot: place for other in columns for place, slot in enumerate(other)}
            means = {}
            for slot in column:
                near = look[slot] or within[slot]
                means[slot] = sum(at[one] for one in near) / len(near) if near else at[slot]
            column.sort(key=lambda slot: (means[slot], at[slot]))
        _swap(columns, before, after)
        crossings = _crossings(columns, after)
        if crossings < fewest:
            best, fewest = [list(column) for column in columns], crossings
    return best


def _swap(columns: list[list[Slot]], before: Near, after: Near) -> None:
    """Exchange neighbours in a column wherever their lines then cross less."""
    at = {slot: place for column in columns for place, slot in enumerate(column)}
    for column in columns:
        for place in range(len(column) - 1):
            upper, lower = column[place], column[place + 1]
            gain = 0
            for near in (before, after):
                ups, downs = [at[one] for one in near[upper]], [at[one] for one in near[lower]]
                gain += sum((a > b) - (a < b) for a in ups for b in downs)
            if gain > 0:
                column[place], column[place + 1] = lower, upper
                at[lower], at[upper] = place, place + 1


def _crossings(columns: Sequence[Sequence[Slot]], after: Near) -> int:
    at = {slot: place for column in columns for place, slot in enumerate(column)}
    total = 0
    for column in columns:
        ends = [(at[slot], at[end]) for slot in column for end in after[slot]]
        total += sum(a < c and b > d for a, b in ends for c, d in ends)
    return total
