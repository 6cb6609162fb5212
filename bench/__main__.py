"""`make bench`: every budget, measured as a ratio in this run. Exits with 1 when one is exceeded.

Each part has a process of its own: what an earlier one leaves in memory changes what a later one takes by half.
"""

from __future__ import annotations

import importlib
import subprocess
import sys

PARTS = (
    "cli", "scores", "flow", "drivers", "disclosure", "linkage", "people", "segments", "imports", "expressions",
    "questionnaire", "formats", "warehouse", "pages",
)  # fmt: skip


def main(wanted: list[str]) -> int:
    """Run the parts named, or all of them."""
    if len(wanted) == 1:
        return measure(wanted[0])
    over = [part for part in wanted or PARTS if subprocess.call([sys.executable, "-m", "bench", part])]
    print(f"\nover budget: {', '.join(over)}" if over else "\nall within budget")
    return min(len(over), 1)


def measure(part: str) -> int:
    """Run one part here and say how it stands to its budgets."""
    print(f"\n{part}", flush=True)
    exceeded = 0
    for name, measured, budget in importlib.import_module(f"bench.{part}").run():
        within = measured <= budget
        exceeded += not within
        print(f"  {'ok  ' if within else 'OVER'}  {measured:8.3f}  of at most {budget:<6g} {name}", flush=True)
    return min(exceeded, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
