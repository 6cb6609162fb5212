"""Chance, seeded per respondent: the same seed draws the same, and what is drawn is spread evenly over respondents."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Sequence
from itertools import permutations
from typing import TypeVar

T = TypeVar("T")
Seed = int | str
_MOST_COMPARED = 50_000


def drawn(things: Sequence[T], seed: Seed, name: str, show: int | None = None) -> list[T]:
    """`show` of the things (all where it is None), in the order that a respondent sees them.

    Permuted blocks: respondents with consecutive whole numbers as seeds form blocks of as many as there are things.
    A block has one order, drawn at random, and each of its respondents begins one thing further. So within a block each
    thing is shown equally often, and stands equally often in each place; names make draws independent of one another.
    A text as seed is as good as random: even in the long run only.

    >>> shown = [drawn("abc", seed, "blocks", show=1)[0] for seed in range(6)]
    >>> sorted(shown[:3]), sorted(shown[3:])
    (['a', 'b', 'c'], ['a', 'b', 'c'])
    """
    many = len(things)
    if many < 2:
        return list(things)
    block, turn = divmod(seed if isinstance(seed, int) else _number(seed), many)
    order = list(things)
    chance(block, name).shuffle(order)
    return [order[(turn + place) % many] for place in range(many if show is None else min(show, many))]


def chance(seed: Seed, name: str) -> random.Random:
    """A source of chance for one purpose."""
    return random.Random(_number(f"{seed}\x1f{name}"))  # noqa: S311 (an order of questions, no secret)


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:12])


def sets(many: int, size: int, count: int, seed: Seed, name: str) -> list[list[int]]:
    """Sets of a MaxDiff, balanced for each respondent alone, and by chance over all of them.

    Each thing is seen as often as any other, give or take one: that holds exactly. Of the things whose turn it is those
    come together that met least often before, and each goes where it stood least often. So pairs and places are as even
    as a draw makes them that never looks back: better than chance, yet no balanced incomplete block design. What is to
    be balanced: The MaxDiff System Technical Paper, Sawtooth Software 2013 (frequency, pairs, positions, connectivity).
    Where there are very many things, pairs and places are left to chance, to bound the work.

    >>> sorted(sum(sets(6, 3, 4, seed=7, name="q"), []))
    [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    """
    random_ = chance(seed, name)
    balance, compared = _Balance(many), many * size * count <= _MOST_COMPARED
    found = []
    for _ in range(count):
        things = random_.sample(range(many), many)
        if compared:
            chosen = balance.chosen(things, size)
            random_.shuffle(chosen)
            found.append(balance.placed(chosen))
            balance.meet(found[-1])
        else:
            found.append(sorted(things, key=balance.seen.__getitem__)[:size])
        balance.see(found[-1])
    return found


class _Balance:
    """How often things were seen, met one another and stood in each place."""

    def __init__(self, many: int) -> None:
        self.seen = [0] * many
        self.met = Counter[tuple[int, int]]()
        self.stood = Counter[tuple[int, int]]()

    def chosen(self, things: Sequence[int], size: int) -> list[int]:
        """Those seen least often, and of them those that met the others least often; else as they come."""
        rest, found, together = list(things), list[int](), [0] * len(things)
        while len(found) < size:
            thing = min(rest, key=lambda each: (self.seen[each], together[each]))
            rest.remove(thing)
            found.append(thing)
            for other in rest:
                together[other] += self.met[thing, other] ** 2
        return found

    def placed(self, things: Sequence[int]) -> list[int]:
        """Each of the things where it stood least often; else as they come."""
        rest, found = list(things), list[int]()
        for place in range(len(things)):
            found.append(min(rest, key=lambda thing: self.stood[thing, place]))
            rest.remove(found[-1])
        return found

    def see(self, things: Sequence[int]) -> None:
        """Count that these were seen."""
        for thing in things:
            self.seen[thing] += 1

    def meet(self, things: Sequence[int]) -> None:
        """Count who met whom, and where each stood."""
        self.met.update(permutations(things, 2))
        self.stood.update((thing, place) for place, thing in enumerate(things))
