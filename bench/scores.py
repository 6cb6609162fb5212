"""`analyze scores` on ten million answers, against the same question in hand-written DuckDB SQL on the same file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.timing import ratio
from kithkin import tables

_ROWS = 10_000_000
_TURNS = 5
_BUDGET = 1.3


def run() -> list[tuple[str, float, float]]:
    """(name, ratio, budget) of each comparison."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.parquet"
        _make(path)
        return [
            ("cells by department and month, 10 M rows", _ratio(path, _by_hand_counted, _counted), _BUDGET),
            ("the same, weighted", _ratio(path, _by_hand_weighted, _weighted), _BUDGET),
            ("totals by department, 10 M rows", _ratio(path, _by_hand_totals, _totals), _BUDGET),
        ]


def _make(path: Path) -> None:
    random = np.random.default_rng(20)
    departments = pa.array([f"department {number}" for number in range(40)])
    table = pa.table(
        {
            "score": pa.array(random.integers(0, 11, _ROWS, dtype=np.int8)),
            "dept": departments.take(pa.array(random.integers(0, 40, _ROWS, dtype=np.int8))),
            "month": pa.array(random.integers(0, 24, _ROWS, dtype=np.int16)),
            "weight": pa.array(random.random(_ROWS) + 0.5),
        }
    )
    pq.write_table(table, path)


def _ratio(path: Path, by_hand: Callable[[Path], object], ours: Callable[[Path], object]) -> float:
    return ratio(lambda: ours(path), lambda: by_hand(path), _TURNS)


def _sql(select: str, path: Path) -> object:
    with duckdb.connect() as connection:
        return connection.execute(select, [str(path)]).to_arrow_table()


def _by_hand_counted(path: Path) -> object:
    return _sql(
        "SELECT dept, month, score, count(*) FROM read_parquet(?) WHERE score BETWEEN 0 AND 10 GROUP BY ALL", path
    )


def _counted(path: Path) -> object:
    return tables.source(path).cells("score", by=["dept", "month"], valid=(0, 10))


def _by_hand_weighted(path: Path) -> object:
    return _sql(
        "SELECT dept, month, score, count(*), sum(weight), sum(weight * weight) FROM read_parquet(?) "
        "WHERE score BETWEEN 0 AND 10 AND weight >= 0 GROUP BY ALL",
        path,
    )


def _weighted(path: Path) -> object:
    return tables.source(path).cells("score", by=["dept", "month"], weight="weight", valid=(0, 10))


def _by_hand_totals(path: Path) -> object:
    return _sql(
        "SELECT dept, count(*), sum(weight), sum(weight * weight), sum(weight * score), sum(weight * score * score), "
        "min(score), max(score) FROM read_parquet(?) WHERE score BETWEEN 0 AND 10 AND weight >= 0 GROUP BY ALL",
        path,
    )


def _totals(path: Path) -> object:
    return tables.source(path).totals("score", by=["dept"], weight="weight", valid=(0, 10))


if __name__ == "__main__":
    for name, ratio, budget in run():
        print(f"{name}: {ratio:.2f} of {budget}")
