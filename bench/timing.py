"""Two ways of doing one thing, timed in turns, so that a slow minute hits both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def ratio(ours: Callable[[], object], theirs: Callable[[], object], turns: int = 5) -> float:
    """Median time of ours over median time of theirs, after one turn that does not count."""
    ours()
    theirs()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(turns):
        for taken, call in zip(times, (ours, theirs), strict=True):
            start = time.perf_counter()
            call()
            taken.append(time.perf_counter() - start)
    return statistics.median(times[0]) / statistics.median(times[1])
