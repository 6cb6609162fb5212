"""Cancelling across processes: whoever cancels may be answered by another process than the one that works."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import connection

EVERY = 0.5
_LASTS = 120


def ask_to_stop(ticket: str) -> None:
    """Leave word for the process that works on it."""
    cache.set(_key(ticket), 1, _LASTS)


@contextmanager
def watched(ticket: str, stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop` when word was left, while the block runs; short questions never look."""
    if not ticket:
        yield
        return
    over = threading.Event()

    def look() -> None:
        try:
            while not over.wait(EVERY):
                if cache.get(_key(ticket)):
                    stop()
        finally:
            connection.close()  # this thread's own, where the cache is in the database

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _key(ticket: str) -> str:
    return f"question-stopped:{ticket}"
