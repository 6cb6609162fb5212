"""Two ways of doing one thing, timed in turns, so that a slow minute hits both; and a process's peak of memory."""

from __future__ import annotations

import time
from collections.abc import Callable

PEAK = "int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]) >> 10"
"""Python that says in MB how much memory its process held at most (`getrusage` tells the parent's too, if larger)."""


def ratio(ours: Callable[[], object], theirs: Callable[[], object], turns: int = 5) -> float:
    """Least time of ours over least time of theirs, after one turn that does not count.

    The least: what else the machine does can only add to a time.
    """
    ours()
    theirs()
    least = [float("inf"), float("inf")]
    for _ in range(turns):
        for place, call in enumerate((ours, theirs)):
            start = time.perf_counter()
            call()
            least[place] = min(least[place], time.perf_counter() - start)
    return least[0] / least[1]
