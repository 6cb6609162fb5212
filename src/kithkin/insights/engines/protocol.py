"""What an engine is asked, whichever it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

import ibis
import pyarrow as pa

from kithkin.insights.engines.cancelling import ask_to_stop, watched
from kithkin.insights.engines.catalogue import Catalogue
from kithkin.insights.engines.kept import Kept
from kithkin.insights.engines.naming import Source, named
from kithkin.insights.warehouse.failures import REBUILD, Damaged, Gone, WarehouseError

_TRIES = 4


class Cancelled(Exception):
    """Somebody did not want to wait for the answer."""


class TooLarge(WarehouseError):
    """The question needs more memory than it may have."""


class Engine(ABC):
    """Answers Ibis expressions over fact tables by their names; may be asked by many threads at once."""

    dialect: ClassVar[str]

    def __init__(self, catalogue: Catalogue, kept: Kept) -> None:
        self._catalogue, self._kept = catalogue, kept

    def cells(self, expression: ibis.Table, *, ticket: str = "") -> pa.Table:
        """The rows of this expression, with its types; from memory where the tables did not change since.

        A table that was never loaded has no rows, and a column that no row has yet is empty. `ticket` is a text by
        which the question can be cancelled: whoever asked then meets `Cancelled`.
        """
        for _ in range(_TRIES):
            renamed, sources = named(expression, self._catalogue)
            sql = str(ibis.to_sql(self._spoken(renamed), dialect=self.dialect))
            schema = expression.schema().to_pyarrow()
            try:
                return self._kept.get(sql, partial(self._asked, sql, sources, schema, ticket))
            except Gone:  # swept away between looking and reading
                for source in sources:
                    self._catalogue.look_again(source.table)
        tables = ", ".join(sorted({source.table for source in sources}))
        raise Damaged(f"Files of “{tables}” are missing. {REBUILD}")

    def _spoken(self, expression: ibis.Table) -> ibis.Table:
        """The expression as this engine has to be told it, to mean the same."""
        return expression

    def version(self, table: str) -> str:
        """Changes whenever the table does; "" where there is none."""
        found = self._catalogue.snapshot(table)
        return found.version if found else ""

    def cancel(self, ticket: str) -> None:
        """Stop what was asked with this ticket, in whichever process it runs."""
        ask_to_stop(ticket)
        self._stop(ticket)

    def _asked(self, sql: str, sources: Sequence[Source], schema: pa.Schema, ticket: str) -> pa.Table:
        with watched(ticket, lambda: self._stop(ticket)):
            return _packed(self._run(sql, sources, ticket).cast(schema))

    @abstractmethod
    def _run(self, sql: str, sources: Sequence[Source], ticket: str) -> pa.Table:
        """Make the sources known under their names and run the statement."""

    @abstractmethod
    def _stop(self, ticket: str) -> None:
        """Interrupt it, if it runs here."""


def _packed(cells: pa.Table) -> pa.Table:
    """The same in one piece of memory of its own: an engine's answer holds on to far larger ones."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, cells.schema) as writer:
        writer.write_table(cells)
    return pa.ipc.open_stream(sink.getvalue()).read_all()
