"""DuckDB: in memory and in this process, reading the warehouse's files and nothing else.

A DuckDB file could not be shared by processes, so there is none, and nothing is ever spilled to disk: what does not fit
the memory it may have is refused.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import duckdb
import pyarrow as pa

from kithkin.insights.engines.catalogue import Catalogue
from kithkin.insights.engines.kept import Kept
from kithkin.insights.engines.naming import Source
from kithkin.insights.engines.protocol import Cancelled, Engine, TooLarge
from kithkin.insights.warehouse.failures import Gone, cause

_VIEWS = 64
_PARTITIONED = "hive_partitioning=true, hive_types={'month': VARCHAR}"
_TYPES = {
    pa.int16(): "SMALLINT",
    pa.int32(): "INTEGER",
    pa.int64(): "BIGINT",
    pa.float32(): "FLOAT",
    pa.float64(): "DOUBLE",
    pa.string(): "VARCHAR",
    pa.date32(): "DATE",
    pa.bool_(): "BOOLEAN",
}


class DuckDB(Engine):
    """One database in memory, a cursor for each question."""

    dialect: ClassVar[str] = "duckdb"

    def __init__(self, catalogue: Catalogue, kept: Kept, *, memory_mb: int, threads: int) -> None:
        super().__init__(catalogue, kept)
        self._database = duckdb.connect(":memory:", config={"memory_limit": f"{memory_mb}MB", "threads": threads})
        for statement in _locked_in(catalogue.place.folder):
            self._database.execute(statement)
        self._views: OrderedDict[str, None] = OrderedDict()
        self._asked_for: dict[str, set[duckdb.DuckDBPyConnection]] = {}
        self._lock, self._making = threading.Lock(), threading.Lock()

    def _run(self, sql: str, sources: Sequence[Source], ticket: str) -> pa.Table:
        with self._database.cursor() as cursor:
            self._note(ticket, cursor)
            try:
                for source in sources:
                    self._provide(cursor, source)
                return cursor.execute(sql).to_arrow_table()
            except duckdb.InterruptException as error:
                raise Cancelled(ticket) from error
            except duckdb.OutOfMemoryException as error:
                raise TooLarge(
                    "This question needs more memory than it may have. Ask for fewer groups, or let it have more: "
                    "KITHKIN_QUERY_MEMORY_MB."
                ) from error
            except duckdb.CatalogException as error:
                raise Gone(str(error)) from error  # a view that was put out by others meanwhile
            except (duckdb.IOException, duckdb.InvalidInputException) as error:
                tables = ", ".join(source.table for source in sources)
                raise cause(str(error), tables, self._catalogue.place.root) from error
            finally:
                self._forget(ticket, cursor)

    def _stop(self, ticket: str) -> None:
        with self._lock:
            for cursor in self._asked_for.get(ticket, ()):
                cursor.interrupt()

    def _provide(self, cursor: duckdb.DuckDBPyConnection, source: Source) -> None:
        """A view under the source's name: kept where files are read, of the moment where another reader is asked."""
        snapshot = source.snapshot
        if snapshot is not None and snapshot.files and self._catalogue.place.folder is None:
            raw = f"{source.name}_raw"
            cursor.register(raw, snapshot.stored.dataset())
            cursor.execute(
                f"CREATE TEMP VIEW {_quoted(source.name)} AS {_select(source, _quoted(raw), snapshot.schema)}"
            )
            return
        with self._making:
            if source.name in self._views:
                self._views.move_to_end(source.name)
                return
            self._make(cursor, source, snapshot.files if snapshot else ())

    def _make(self, cursor: duckdb.DuckDBPyConnection, source: Source, files: Sequence[str]) -> None:
        reading, there = "(SELECT 1 WHERE false)", pa.schema([])
        if files:
            listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
            reading = f"read_parquet([{listed}], {_PARTITIONED}, union_by_name=true)"
            there = cursor.execute(f"SELECT * FROM {reading} LIMIT 0").to_arrow_table().schema  # noqa: S608
        cursor.execute(f"CREATE OR REPLACE VIEW {_quoted(source.name)} AS {_select(source, reading, there)}")
        self._views[source.name] = None
        while len(self._views) > _VIEWS:
            cursor.execute(f"DROP VIEW IF EXISTS {_quoted(self._views.popitem(last=False)[0])}")

    def _note(self, ticket: str, cursor: duckdb.DuckDBPyConnection) -> None:
        if ticket:
            with self._lock:
                self._asked_for.setdefault(ticket, set()).add(cursor)

    def _forget(self, ticket: str, cursor: duckdb.DuckDBPyConnection) -> None:
        if ticket:
            with self._lock:
                self._asked_for[ticket].discard(cursor)
                if not self._asked_for[ticket]:
                    del self._asked_for[ticket]


def _select(source: Source, reading: str, there: pa.Schema) -> str:
    """The source's columns; those that no file has yet are empty."""
    columns = [
        _quoted(one.name) if one.name in there.names else f"CAST(NULL AS {_TYPES[one.type]}) AS {_quoted(one.name)}"
        for one in source.schema
    ]
    return f"SELECT {', '.join(columns)} FROM {reading}"  # noqa: S608 (names and files of our own, quoted)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _locked_in(folder: Path | None) -> list[str]:
    """No other file, no download, no temporary file, and no statement that changes any of it."""
    allowed = [f"SET allowed_directories=['{str(folder).replace(chr(39), chr(39) * 2)}/']"] if folder else []
    return [
        "SET temp_directory=''",
        "SET autoinstall_known_extensions=false",
        "SET autoload_known_extensions=false",
        "SET parquet_metadata_cache=true",
        "SET preserve_insertion_order=false",
        *allowed,
        "SET enable_external_access=false",
        "SET lock_configuration=true",
    ]
