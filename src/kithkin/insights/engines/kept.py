"""Answers that were given lately, in the memory of this process: by statement, whose names say the tables' versions.

They are unprotected, so they are written nowhere: no file and no other process has them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

import pyarrow as pa

MOST_BYTES = 32 * 2**20
MOST = 2_000


class Kept:
    """A bounded store. Of several threads that ask the same at one moment, one works it out for all."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[str, pa.Table] = OrderedDict()
        self._bytes = 0
        self._at_work: dict[str, threading.Event] = {}
        self._lock = threading.Lock()

    def get(self, key: str, work: Callable[[], pa.Table]) -> pa.Table:
        """What is kept, or what the work gives."""
        while True:
            with self._lock:
                if (found := self._kept.get(key)) is not None:
                    self._kept.move_to_end(key)
                    return found
                other = self._at_work.get(key)
                if other is None:
                    self._at_work[key] = threading.Event()
                    break
            other.wait()  # where that one fails, the next tries for itself
        try:
            made = work()
            self._keep(key, made)
            return made
        finally:
            with self._lock:
                self._at_work.pop(key).set()

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def _keep(self, key: str, made: pa.Table) -> None:
        if made.nbytes > self._most // 4:
            return
        with self._lock:
            self._kept[key] = made
            self._bytes += made.nbytes + len(key)
            while self._bytes > self._most or len(self._kept) > MOST:
                old, gone = self._kept.popitem(last=False)
                self._bytes -= gone.nbytes + len(old)
