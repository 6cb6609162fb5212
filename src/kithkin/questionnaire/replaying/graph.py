"""In which order things are worked out that depend on one another."""

from __future__ import annotations

from collections.abc import Sequence


def in_order(needs: Sequence[set[int]]) -> tuple[list[int], list[list[int]]]:
    """Places so ordered that each comes after what it needs, and the rings in which that is impossible.

    Within a ring places keep their own order, so that the earlier one is decided without the later: what stands first
    in a questionnaire never waits for what stands behind it. (Tarjan's strongly connected components, without
    recursion; linear in places and needs.)

    >>> in_order([{1}, set(), {3}, {2}])
    ([1, 0, 2, 3], [[2, 3]])
    """
    order: list[int] = []
    rings: list[list[int]] = []
    number = [-1] * len(needs)
    low = [0] * len(needs)
    waiting: list[int] = []
    inside = [False] * len(needs)
    count = 0
    for root in range(len(needs)):
        if number[root] >= 0:
            continue
        work = [(root, iter(sorted(needs[root])))]
        number[root] = low[root] = count
        count += 1
        waiting.append(root)
        inside[root] = True
        while work:
            at, ahead = work[-1]
            for other in ahead:
                if number[other] < 0:
                    number[other] = low[other] = count
                    count += 1
                    waiting.append(other)
                    inside[other] = True
                    work.append((other, iter(sorted(needs[other]))))
                    break
                if inside[other]:
                    low[at] = min(low[at], number[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[at])
                if low[at] == number[at]:
                    ring = _taken(waiting, inside, at)
                    order += ring
                    if len(ring) > 1 or at in needs[at]:
                        rings.append(ring)
    return order, rings


def _taken(waiting: list[int], inside: list[bool], last: int) -> list[int]:
    ring = []
    while True:
        place = waiting.pop()
        inside[place] = False
        ring.append(place)
        if place == last:
            return sorted(ring)
