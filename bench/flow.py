"""Peak memory of `analyze flow` on 300 thousand and on 3 million events, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from bench.timing import PEAK

_EVENTS = (300_000, 3_000_000)
_BUDGET = 1.5  # the reader reaches its full look-ahead only in a file of some 40 MB
_SCRIPT = f"""
import sys
from pathlib import Path
from kithkin.cli.flow.measure import Question, measure
if len(sys.argv) > 1:
    measure(Path(sys.argv[1]), Question("number", "group", "at", "met", closed=("state", "Closed")))
print({PEAK})
"""


def run() -> list[tuple[str, float, float]]:
    """(name, ratio, budget): the peak of ten times as many events over that of the fewer."""
    print(f"  peak of the imports alone: {_peak():,} MB")
    with tempfile.TemporaryDirectory() as folder:
        peaks = [_measured(Path(folder) / f"{events}.csv", events) for events in _EVENTS]
    return [("flow: peak memory of 3 M events over that of 300 k", peaks[1] / peaks[0], _BUDGET)]


def _measured(path: Path, events: int) -> int:
    _make(path, events)
    began = time.perf_counter()
    peak = _peak(str(path))
    took = time.perf_counter() - began
    print(f"  {events:>9,} events, {path.stat().st_size >> 20:>3} MB: peak {peak:,} MB, {took:.1f} s", flush=True)
    return peak


def _peak(*paths: str) -> int:
    done = subprocess.run([sys.executable, "-c", _SCRIPT, *paths], capture_output=True, text=True, check=True)
    return int(done.stdout)


def _make(path: Path, events: int) -> None:
    """Requests of some six events each, in order of time, so that each is spread over the file."""
    random = np.random.default_rng(1)
    begin = np.datetime64("2026-01-01T00:00:00")
    at = np.datetime_as_string(begin + np.sort(random.integers(0, 365 * 86_400, events)).astype("timedelta64[s]"))
    case, group = random.integers(0, events // 6, events), random.integers(0, 40, events)
    met, closed = random.random(events) > 0.3, random.random(events) > 0.8
    with path.open("w") as file:
        file.write("number,group,at,met,state\n")
        file.writelines(
            f"INC{case[i]:07},Group {group[i]},{at[i]},{met[i]},{'Closed' if closed[i] else 'Active'}\n"
            for i in range(events)
        )
