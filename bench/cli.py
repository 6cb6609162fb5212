"""How fast the command answers what people type first, against the bare start of Python."""

from __future__ import annotations

import statistics
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROUNDS = 21
BARE = [sys.executable, "-c", "pass"]
KITHKIN = str(Path(sysconfig.get_path("scripts")) / "kithkin")
BUDGETS = {"kithkin --help against python -c pass": ([KITHKIN, "--help"], 4.0)}


def run() -> list[tuple[str, float, float]]:
    """(name, ratio, budget) for each: medians of runs that alternate, so that a slow second hits both alike."""
    return [(name, ratio(command), budget) for name, (command, budget) in BUDGETS.items()]


def ratio(command: list[str]) -> float:
    """Median time of `command` over the median time of the bare interpreter."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for taken, words in zip(times, (command, BARE), strict=True):
            start = time.perf_counter()
            subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
            taken.append(time.perf_counter() - start)
    return statistics.median(times[0]) / statistics.median(times[1])


if __name__ == "__main__":
    for name, measured, budget in run():
        print(f"{name}: {measured:.2f}x (budget {budget:g}x)")
