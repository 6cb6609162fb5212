"""Chance, seeded per respondent: the same seed draws the same, and what is drawn is spread evenly over respondents."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
Seed = int | str


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
    """Sets of a MaxDiff: so drawn that each thing is seen as often as any other, give or take one.

    >>> sorted(sum(sets(6, 3, 4, seed=7, name="q"), []))
    [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    """
    random_ = chance(seed, name)
    seen = [0] * many
    found = []
    for _ in range(count):
        order = sorted(range(many), key=lambda thing: (seen[thing], random_.random()))
        chosen = order[:size]
        for thing in chosen:
            seen[thing] += 1
        random_.shuffle(chosen)
        found.append(chosen)
    return found
