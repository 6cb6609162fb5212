"""Telling the warehouse what it has yet to load."""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.db import connection, transaction

from kithkin.platform.jobs import enqueue_named
from kithkin.platform.models import FactChange
from kithkin.platform.registries.facts import fact_loaders

LARGEST_GAP = 50
"""Keys so near to one another are noted as one range: to read a row anew costs less than another range."""


SOON = 10.0
"""Seconds for which one process, having had the loaders begun, leaves further changes to them and to their schedule."""


def note_changed(table: str, keys: Iterable[int]) -> None:
    """Rows of a fact table with these keys are new, changed or gone; in the transaction that makes it true."""
    if not connection.in_atomic_block:
        raise RuntimeError("note facts inside the transaction that changes them")
    transaction.on_commit(_loaders.begin, robust=True)
    FactChange.objects.bulk_create(
        [FactChange(table=table, first=first, last=last) for first, last in ranges(keys)], batch_size=500
    )


class _Loaders:
    """Begun at most once in a while by each process, however much is noted: a job per change would drown the queue."""

    def __init__(self) -> None:
        self._last = float("-inf")

    def begin(self) -> None:
        now = time.monotonic()
        if now - self._last >= SOON:
            self._last = now
            for loader in fact_loaders:
                enqueue_named(loader.job)


_loaders = _Loaders()


def ranges(keys: Iterable[int]) -> list[tuple[int, int]]:
    """The keys as few ranges.

    >>> ranges([7, 1, 2, 3, 900])
    [(1, 7), (900, 900)]
    """
    found: list[tuple[int, int]] = []
    for key in sorted(keys):
        if found and key - found[-1][1] <= LARGEST_GAP:
            found[-1] = (found[-1][0], key)
        else:
            found.append((key, key))
    return found
