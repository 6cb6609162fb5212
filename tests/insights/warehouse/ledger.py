"""A truth that tests may change as they please: rows in memory, brought to the warehouse like any room's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
from django.db import transaction

from kithkin.insights.warehouse.place import place
from kithkin.insights.warehouse.store import open_table
from kithkin.platform.registries.facts import FactColumn, FactKind, FactSource, FactTable, fact_sources
from kithkin.platform.services.facts import note_changed

COLUMNS = (FactColumn("score", FactKind.SCORE), FactColumn("words", FactKind.TEXT), FactColumn("unit", FactKind.ID))


class Truth:
    """Rows by key."""

    def __init__(self, name: str = "notes", columns: tuple[FactColumn, ...] = COLUMNS) -> None:
        self.name, self.columns = name, columns
        self.rows: dict[int, dict[str, Any]] = {}
        self.there = True

    @property
    def table(self) -> FactTable:
        return FactTable(self.name, self.columns, rows=self._rows, following=self._following)

    def put(self, rows: dict[int, dict[str, Any]]) -> None:
        """Write these rows and note them, as a service does."""
        with transaction.atomic():
            self.rows.update(rows)
            note_changed(self.name, rows)

    def remove(self, keys: Iterable[int]) -> None:
        gone = [key for key in keys if self.rows.pop(key, None) is not None]
        with transaction.atomic():
            note_changed(self.name, gone)

    def grow(self, name: str, kind: FactKind) -> None:
        self.columns = (*self.columns, FactColumn(name, kind))

    def as_rows(self) -> list[dict[str, Any]]:
        return self._rows(0, 2**63 - 1).to_pylist()

    def _rows(self, first: int, last: int) -> pa.Table:
        names = ["month", *(column.name for column in self.columns)]
        found = [
            {"key": key, **{name: self.rows[key].get(name) for name in names}}
            for key in sorted(self.rows)
            if first <= key <= last
        ]
        return pa.Table.from_pylist(found, schema=self.table.schema)

    def _following(self, after: int, count: int) -> int | None:
        keys = [key for key in sorted(self.rows) if key > after][:count]
        return keys[-1] if keys else None


@contextmanager
def brought(*truths: Truth) -> Iterator[None]:
    """Only these are there while it lasts."""
    kept = fact_sources._items
    fact_sources._items = [FactSource("tests", lambda: [truth.table for truth in truths if truth.there])]
    try:
        yield
    finally:
        fact_sources._items = kept


def stored(truth: Truth) -> list[dict[str, Any]]:
    """What the warehouse has, in the order of keys, with the columns that the room has now: new ones are empty."""
    found = open_table(truth.name, place())
    assert found is not None
    names, there = truth.table.schema.names, set(found.schema.names)
    rows = found.dataset().to_table(columns=[name for name in names if name in there]).sort_by("key").to_pylist()
    return [{name: row.get(name) for name in names} for row in rows]


def month(number: int) -> str:
    return f"2026-{1 + number % 12:02d}"


def some(keys: Iterable[int], **more: Any) -> dict[int, dict[str, Any]]:
    return {
        key: {"month": month(key), "score": float(key % 11), "words": f"word {key}", "unit": key % 3, **more}
        for key in keys
    }
