"""DuckDB, shut in: memory bounded, no network, no extensions, no file but the one named."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from kithkin.tables.errors import TableError

_MEMORY = "1GB"


@contextmanager
def engine(path: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of its own, which spills to a folder of its own and may read `path` only."""
    with (
        tempfile.TemporaryDirectory(prefix="kithkin-") as spill,
        duckdb.connect(":memory:", config=_config(spill)) as it,
    ):
        if path is not None:
            it.execute(f"SET allowed_paths=[{literal(str(path))}]")
        it.execute("SET enable_progress_bar=false")
        it.execute("SET enable_external_access=false")
        it.execute("SET lock_configuration=true")
        yield it


def aggregate(batches: Iterable[Any], schema: Any, sql: str) -> Any:
    """The Arrow table that `sql` makes of the stream of batches, known to it as `rows`."""
    failure: list[TableError] = []

    def guarded() -> Iterator[Any]:
        try:
            yield from batches
        except TableError as error:
            failure.append(error)
            raise

    with engine() as it:
        it.register("rows", pa.RecordBatchReader.from_batches(schema, guarded()))
        try:
            return it.execute(sql).to_arrow_table()
        except duckdb.Error:
            if failure:
                raise failure[0] from None
            raise


def identifier(name: str) -> str:
    """A column name in SQL, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A string in SQL, whatever it holds."""
    return "'" + text.replace("'", "''") + "'"


def _config(spill: str) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": _MEMORY,
        "temp_directory": spill,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",
    }
