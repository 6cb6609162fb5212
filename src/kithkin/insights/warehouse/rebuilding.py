"""Whole tables out of the truth: one commit for each, so that readers have the old one until the new one is there."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator

import pyarrow as pa
from django.db import transaction
from django.utils import timezone

from kithkin.insights.models import Loaded
from kithkin.insights.warehouse.failures import Damaged, Newer
from kithkin.insights.warehouse.lease import Lease, held
from kithkin.insights.warehouse.pending import FIRST, LAST, cross_out, pieces, take
from kithkin.insights.warehouse.place import Place, place
from kithkin.insights.warehouse.starting import known_tables
from kithkin.insights.warehouse.store import Stored, create_table, drop_table, open_table
from kithkin.platform.registries.facts import FactTable


class Busy(Exception):
    """Somebody loads the table at this moment."""


def rebuild(only: str | None = None, told: Callable[[str, int], None] = lambda _name, _rows: None) -> int:
    """Make all tables anew, or one; how many rows. `told(table, rows)` hears of each table that is done.

    What is noted meanwhile stays noted, and is loaded afterwards.
    """
    count, tables = 0, known_tables()
    if only is not None and only not in tables:
        raise LookupError(f"“{only}” is no table of the warehouse. There are: {', '.join(sorted(tables)) or 'none'}.")
    for name, table in sorted(tables.items()):
        if only in {None, name}:
            rows = rebuild_table(table)
            told(name, rows)
            count += rows
    return count


def rebuild_table(table: FactTable) -> int:
    """Make one anew; what cannot be opened is thrown away first."""
    with held(table.name) as lease:
        if lease is None:
            raise Busy(f"“{table.name}” is being loaded at this moment. Try again in a minute.")
        noted = [note.pk for note in take(table.name)]
        stored = _writable(table, place())
        read = _Reading(table, lease)
        read.into(lambda rows: stored.overwrite(table, rows))
        stored.grow(table)
        known = {"table_version": stored.version, "rows": stored.rows, "loaded_at": timezone.now()}
        with transaction.atomic():
            cross_out(noted)
            Loaded.objects.filter(table=table.name).update(**known)
        return stored.rows


def _writable(table: FactTable, where: Place) -> Stored:
    try:
        found = open_table(table.name, where)
    except (Damaged, Newer):
        found = None
        drop_table(table.name, where)
    return found or create_table(table, where)


class _Reading:
    """The truth read in the caller's thread, whose database connection it is, and written in another."""

    def __init__(self, table: FactTable, lease: Lease) -> None:
        self._table, self._lease = table, lease
        self._read: queue.Queue[pa.Table | None] = queue.Queue(maxsize=2)
        self._failure: BaseException | None = None
        self._stopped = False

    def into(self, write: Callable[[pa.RecordBatchReader], None]) -> None:
        """Have `write` take all the rows, as they come."""
        thread = threading.Thread(target=self._written, args=[write])
        thread.start()
        try:
            for piece in pieces(self._table, [(FIRST, LAST)]):
                self._lease.renew()
                if not self._put(piece.rows):
                    break
        except BaseException:
            self._stopped = True
            raise
        finally:
            self._put(None)
            thread.join()
        if self._failure is not None:
            raise self._failure

    def _put(self, rows: pa.Table | None) -> bool:
        while self._failure is None:
            try:
                self._read.put(rows, timeout=0.2)
            except queue.Full:
                continue
            return True
        return False

    def _written(self, write: Callable[[pa.RecordBatchReader], None]) -> None:
        try:
            write(pa.RecordBatchReader.from_batches(self._table.schema, self._batches()))
        except BaseException as error:  # noqa: BLE001 (raised in the thread that waits)
            self._failure = error

    def _batches(self) -> Iterator[pa.RecordBatch]:
        while (rows := self._read.get()) is not None:
            yield from rows.to_batches()
        if self._stopped:
            raise InterruptedError("reading the truth failed: nothing was written")
