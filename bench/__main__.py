"""`make bench`: every budget, measured as a ratio in this run. Exits with 1 when one is exceeded."""

from __future__ import annotations

import importlib
import sys

PARTS = (
    "cli", "scores", "flow", "drivers", "disclosure", "linkage", "people", "segments", "imports", "expressions",
    "questionnaire", "formats",
)  # fmt: skip


def main(wanted: list[str]) -> int:
    """Run the parts named, or all of them."""
    exceeded = 0
    for part in wanted or PARTS:
        print(f"\n{part}")
        for name, measured, budget in importlib.import_module(f"bench.{part}").run():
            within = measured <= budget
            exceeded += not within
            print(f"  {'ok  ' if within else 'OVER'}  {measured:8.3f}  of at most {budget:<6g} {name}", flush=True)
    print(f"\n{exceeded} over budget" if exceeded else "\nall within budget")
    return min(exceeded, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
