"""One table in its place: opened, read about, changed in single commits, dropped."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.compute as pc
from deltalake import CommitProperties, DeltaTable, Transaction, write_deltalake
from deltalake import Schema as DeltaSchema

from kithkin.insights.warehouse import shape
from kithkin.insights.warehouse.failures import Gone, explained
from kithkin.insights.warehouse.place import LOG, Place
from kithkin.platform.registries.facts import FactTable

_WRITER = "kithkin"
"""Every change names it, so that of two that began from one state the second is refused, even where both append."""


class Stored:
    """A table as it stood when it was opened. Each change is one commit; whoever was overtaken meets `Overtaken`."""

    def __init__(self, name: str, place: Place, delta: DeltaTable) -> None:
        self.name, self._place, self._delta = name, place, delta

    @property
    def version(self) -> int:
        """Counted by commits."""
        return int(self._delta.version())

    @property
    def identity(self) -> str:
        """Of this version of this table and no other, even one that had its name before."""
        return f"{self._delta.metadata().id}@{self.version}"

    @property
    def schema(self) -> pa.Schema:
        """Its columns, with those that no room brings any more."""
        return shape.plain(pa.schema(self._delta.schema()))

    @property
    def files(self) -> list[str]:
        """Where its rows are."""
        return list(self._delta.file_uris())

    @property
    def rows(self) -> int:
        """As the log counts them."""
        return int(pc.sum(self._entries()["num_records"]).as_py() or 0)

    @property
    def bytes(self) -> int:
        """What its files take, without those that were replaced."""
        return int(pc.sum(self._entries()["size_bytes"]).as_py() or 0)

    @property
    def loose(self) -> int:
        """How many files it has beyond one for each month."""
        months = self._entries().column("partition.month") if self.files else []
        return len(months) - len(set(map(str, months)))

    @property
    def sizes(self) -> list[tuple[Path, int]]:
        """Its files in the directory, and how long each was when it was written."""
        entries, folder = self._entries(), Path(self._place.table(self.name))
        paths = [folder / unquote(path) for path in entries["path"].to_pylist()]
        return list(zip(paths, entries["size_bytes"].to_pylist(), strict=True))

    @property
    def largest(self) -> int | None:
        """The largest key; None where there is no row."""
        entries = self._entries()
        return pc.max(entries["max.key"]).as_py() if "max.key" in entries.column_names and len(entries) else None

    def dataset(self) -> pa.dataset.Dataset:
        """For readers that cannot open the place themselves."""
        with explained(self.name, self._place.root):
            return self._delta.to_pyarrow_dataset()

    def fits(self, table: FactTable) -> bool:
        """Whether no column has another type now; new ones are no matter."""
        have = {one.name: one.type for one in self.schema}
        return all(have.get(one.name, one.type) == one.type for one in table.schema)

    def grow(self, table: FactTable) -> None:
        """Add the columns that are new."""
        have = set(self.schema.names)
        new = [one for one in table.schema if one.name not in have]
        wanted = shape.configuration(table)
        kept = self._delta.metadata().configuration
        with explained(self.name, self._place.root):
            if new:
                self._delta.alter.add_columns(
                    list(DeltaSchema.from_arrow(pa.schema(new)).fields), commit_properties=self._commit()
                )
            if any(kept.get(name) != value for name, value in wanted.items()):
                self._delta.alter.set_table_properties(wanted, commit_properties=self._commit())

    def replace(self, ranges: Sequence[tuple[int, int]], rows: pa.Table, texts: frozenset[str] = frozenset()) -> None:
        """Have exactly these rows in these ranges of keys, in one commit; where nothing is there, none is made."""
        largest, condition = self.largest, _condition(ranges)
        with explained(self.name, self._place.root):
            if largest is None or ranges[0][0] > largest:
                if rows.num_rows:
                    self._write(rows, texts, mode="append")
            elif rows.num_rows:
                self._write(rows, texts, mode="overwrite", predicate=condition)
            else:
                self._delta.delete(condition, commit_properties=self._commit())

    def overwrite(self, table: FactTable, rows: pa.RecordBatchReader) -> None:
        """Have exactly these rows, and these columns, in one commit."""
        with explained(self.name, self._place.root):
            self._write(rows, shape.long_texts(table), mode="overwrite", schema_mode="overwrite")

    def compact(self, texts: frozenset[str] = frozenset()) -> bool:
        """Bring small files of a month together; whether there were any."""
        with explained(self.name, self._place.root):
            done = self._delta.optimize.compact(writer_properties=shape.writing(texts))
            return bool(done["numFilesRemoved"])

    def sweep(self, hours: int) -> int:
        """Delete files that no row is read from, when they are that old, and old entries of the log; how many files."""
        which: dict[str, Any] = {"retention_hours": hours, "enforce_retention_duration": False, "full": True}
        with explained(self.name, self._place.root):
            if not self._delta.vacuum(**which):
                return 0  # without a commit
            gone = self._delta.vacuum(**which, dry_run=False)
            self._delta.create_checkpoint()
            self._delta.cleanup_metadata()
            return len(gone)

    def fence(self) -> None:
        """Refuse whoever began before: what they have written, and not yet committed, is theirs no more."""
        kept = dict(self._delta.metadata().configuration)
        with explained(self.name, self._place.root):
            self._delta.alter.set_table_properties(kept, commit_properties=self._commit())

    def clear(self) -> None:
        """No row, and no file of one."""
        with explained(self.name, self._place.root):
            self._delta.delete(commit_properties=self._commit())
        self.sweep(0)

    def _write(self, rows: pa.Table | pa.RecordBatchReader, texts: frozenset[str], **how: Any) -> None:
        how = {"schema_mode": "merge", **how, "commit_properties": self._commit()}
        write_deltalake(self._delta, rows, writer_properties=shape.writing(texts), **how)

    def _commit(self) -> CommitProperties:
        turn = (self._delta.transaction_version(_WRITER) or 0) + 1
        return CommitProperties(app_transactions=[Transaction(_WRITER, turn)])

    def _entries(self) -> pa.Table:
        return pa.table(self._delta.get_add_actions(flatten=True))


def open_table(name: str, place: Place) -> Stored | None:
    """The table as it is now; None where there is none."""
    if is_lost(name, place):
        return None  # deltalake would make the directory
    try:
        with explained(name, place.root):
            return Stored(name, place, DeltaTable(place.table(name), storage_options=place.options))
    except Gone:
        return None


def is_lost(name: str, place: Place) -> bool:
    """Whether the table's directory is not there; an object store is not asked."""
    return place.folder is not None and not (Path(place.table(name)) / LOG).is_dir()


def create_table(table: FactTable, place: Place) -> Stored:
    """A new one, empty."""
    if place.folder is not None:
        place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with explained(table.name, place.root):
        delta = DeltaTable.create(
            place.table(table.name),
            table.schema,
            partition_by=[shape.PARTITION],
            mode="error" if place.folder is not None else "overwrite",
            configuration=shape.configuration(table),
            storage_options=place.options,
        )
        return Stored(table.name, place, delta)


def drop_table(name: str, place: Place) -> None:
    """All of it goes. In an object store an empty log stays, with no row and no text in it."""
    if place.folder is not None:
        if not is_lost(name, place):  # whatever else stands there is not ours
            shutil.rmtree(place.table(name))
        return
    found = open_table(name, place)
    if found is not None:
        found.clear()


def _condition(ranges: Sequence[tuple[int, int]]) -> str:
    return " OR ".join(f"(key >= {first} AND key <= {last})" for first, last in ranges)
