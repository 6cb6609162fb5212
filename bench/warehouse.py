"""NPS by month and department over 10 million responses: our store and engine against DuckDB on the same files.

The hand-written statement reads the very files that the store wrote. Then the same question again, and how much the
process grows over 900 different ones.
"""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROWS, CHUNK = 10_000_000, 1_000_000
FIRST, REPEATED, GROWTH = 1.3, 1 / 20, 50.0
TURNS = 5


def run() -> list[tuple[str, float, float]]:
    """(name, ratio or MB, budget): the work is done in a process and a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "KITHKIN_HOME": home,
            "DATABASE_URL": f"sqlite:///{home}/kithkin.sqlite3",
            "KITHKIN_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "kithkin.config.settings",
        }
        done = subprocess.run(
            [sys.executable, "-m", "bench.warehouse"], env=environment, check=True, stdout=-1, text=True
        )
    *said, last = done.stdout.splitlines()
    print(*(f"    {line}" for line in said), sep="\n")
    ratio, repeated, growth = (float(part) for part in last.split())
    return [
        (f"NPS by month × department over {ROWS:,} rows, against DuckDB on the same files", ratio, FIRST),
        ("the same question again, against the first time", repeated, REPEATED),
        ("growth of the process between its 100th and 1,000th different question, in MB", growth, GROWTH),
    ]


def main() -> None:
    import django  # noqa: PLC0415 (what follows needs Django, which the process around this one does without)

    django.setup()
    import duckdb  # noqa: PLC0415
    import ibis  # noqa: PLC0415

    from kithkin.insights.engines import engine, table_of  # noqa: PLC0415
    from kithkin.insights.warehouse.place import place  # noqa: PLC0415
    from kithkin.insights.warehouse.store import create_table  # noqa: PLC0415

    table = _table()
    stored = create_table(table, place())
    began = time.perf_counter()
    for first in range(1, ROWS, CHUNK):
        stored.replace([(first, first + CHUNK - 1)], table.rows(first, first + CHUNK - 1))
    print(f"{ROWS:,} rows written in {time.perf_counter() - began:.1f} s, {stored.bytes / 2**20:.0f} MB")
    answers, asked = table_of(table), engine()
    score = answers.score.cast("float64")

    def question(least: int) -> ibis.Table:
        rows = answers.filter(answers.key > least)
        return rows.group_by("month", "unit").agg(
            n=rows.score.count(),
            promoters=(score >= 9).ifelse(1, 0).sum(),
            detractors=(score <= 6).ifelse(1, 0).sum(),
        )

    hand = duckdb.connect(config={"threads": os.cpu_count() or 1})
    hand.execute("SET parquet_metadata_cache=true")
    files = ", ".join(f"'{file}'" for file in stored.files)
    statement = (
        "SELECT month, unit, count(score), count(*) FILTER (score >= 9), count(*) FILTER (score <= 6) "
        f"FROM read_parquet([{files}], hive_partitioning=true, hive_types={{'month': VARCHAR}}) "
        "WHERE key > ? GROUP BY 1, 2"
    )
    ours, theirs, fresh = [], [], iter(range(10**6))
    for turn in range(TURNS + 1):
        for kept, call in (
            (ours, lambda: asked.cells(question(next(fresh)))),
            (theirs, lambda: hand.execute(statement, [next(fresh)]).to_arrow_table()),
        ):
            took = _seconds(call)
            if turn:  # the first reads files for the first time
                kept.append(took)
    first, again = min(ours), statistics.median(_seconds(lambda: asked.cells(question(0))) for _ in range(9))
    print(f"ours {1000 * first:.0f} ms, by hand {1000 * min(theirs):.0f} ms, repeated {1000 * again:.1f} ms")
    growth = _growth(lambda least: asked.cells(question(least)))
    print(first / min(theirs), again / first, growth)


def _table():
    import numpy as np  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    from kithkin.platform.registries.facts import FactColumn, FactKind, FactTable  # noqa: PLC0415

    columns = (
        FactColumn("unit", FactKind.ID),
        FactColumn("score", FactKind.SCORE),
        FactColumn("weight", FactKind.NUMBER),
        FactColumn("channel", FactKind.CATEGORY),
    )
    months = [f"{2025 + number // 12}-{1 + number % 12:02d}" for number in range(24)]
    channels = ["mail", "web", "phone"]

    def rows(first: int, last: int) -> pa.Table:
        count, draw = last - first + 1, np.random.default_rng(first)
        given = draw.integers(0, 11, count).astype("float32")
        arrays = [
            pa.array(np.arange(first, last + 1)),
            pa.DictionaryArray.from_arrays(draw.integers(0, 24, count).astype("int32"), months).cast(pa.string()),
            pa.array(draw.integers(1, 15, count).astype("int32")),
            pa.array(given, mask=draw.random(count) < 0.05),
            pa.array(draw.uniform(0.5, 2, count)),
            pa.DictionaryArray.from_arrays(draw.integers(0, 3, count).astype("int32"), channels).cast(pa.string()),
        ]
        return pa.Table.from_arrays(arrays, schema=table.schema)

    table = FactTable("responses_1", columns, rows, lambda _after, _count: None)
    return table


def _growth(ask: Callable[[int], object]) -> float:
    """In MB, over questions 101 to 1,000; each counts but the last rows."""
    before = 0.0
    for number in range(1_000):
        ask(ROWS - 20_000 + number)
        if number == 99:
            before = _resident()
    return _resident() - before


def _resident() -> float:
    gc.collect()
    said = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in said if line.startswith("VmRSS")) / 1024


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
