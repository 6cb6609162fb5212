"""How fast the command answers: what people type first, and a question to ten million rows."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.timing import ratio
from kithkin.cli.scores.measure import Question, measure

BARE = [sys.executable, "-c", "pass"]
HELP = [str(Path(sysconfig.get_path("scripts")) / "kithkin"), "--help"]
ROWS = 10_000_000
SQL = """
    SELECT dept, 100.0 * (count(*) FILTER (score >= 9) - count(*) FILTER (score <= 6)) / count(*), count(*)
    FROM read_parquet(?) WHERE score BETWEEN 0 AND 10 GROUP BY dept
"""


def run() -> list[tuple[str, float, float]]:
    """(name, ratio, budget) for each: the least of turns that alternate, so that a slow second hits both alike."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.parquet"
        _make(path)
        asked = Question("score", "nps", valid=(0, 10), by=("dept",))
        return [
            ("kithkin --help against python -c pass", ratio(lambda: _start(HELP), lambda: _start(BARE), 21), 4.0),
            (
                "analyze scores by department, 10 M rows, against SQL",
                ratio(lambda: measure([path], asked), lambda: _by_hand(path), 7),
                1.3,
            ),
        ]


def _start(words: list[str]) -> None:
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def _by_hand(path: Path) -> object:
    with duckdb.connect() as connection:
        return connection.execute(SQL, [str(path)]).fetchall()


def _make(path: Path) -> None:
    random = np.random.default_rng(20)
    departments = pa.array([f"department {number}" for number in range(40)])
    columns = {
        "score": pa.array(random.integers(0, 11, ROWS, dtype=np.int8)),
        "dept": departments.take(pa.array(random.integers(0, 40, ROWS, dtype=np.int8))),
    }
    pq.write_table(pa.table(columns), path)
