"""What an engine is asked, whichever it is."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from functools import partial
from typing import ClassVar

import ibis
import ibis.expr.operations as ops
import pyarrow as pa

from kithkin.insights.engines.cancelling import ask_to_stop, watched
from kithkin.insights.engines.catalogue import Catalogue
from kithkin.insights.engines.kept import Kept
from kithkin.insights.engines.naming import Source, named
from kithkin.insights.warehouse.failures import REBUILD, Damaged, Gone, WarehouseError

_TRIES = 4
_STATEMENTS = 64


class Cancelled(Exception):
    """Somebody did not want to wait for the answer."""


class TooLarge(WarehouseError):
    """The question needs more memory than it may have."""


class Engine(ABC):
    """Answers Ibis expressions over fact tables by their names; may be asked by many threads at once."""

    dialect: ClassVar[str]

    def __init__(self, catalogue: Catalogue, kept: Kept) -> None:
        self._catalogue, self._kept = catalogue, kept
        self._statements: OrderedDict[Hashable, tuple[str, Sequence[Source]]] = OrderedDict()
        self._lock_of_statements = threading.Lock()

    def cells(self, expression: ibis.Table, *, ticket: str = "") -> pa.Table:
        """The rows of this expression, with its types; from memory where the tables did not change since.

        A table that was never loaded has no rows, and a column that no row has yet is empty. `ticket` is a text by
        which the question can be cancelled: whoever asked then meets `Cancelled`.
        """
        for _ in range(_TRIES):
            sql, sources = self._statement(expression)
            schema = expression.schema().to_pyarrow()
            try:
                return self._kept.get(sql, partial(self._asked, sql, sources, schema, ticket))
            except Gone:  # swept away between looking and reading
                with self._lock_of_statements:
                    self._statements.clear()
                for source in sources:
                    self._catalogue.look_again(source.table)
        tables = ", ".join(sorted({source.table for source in sources}))
        raise Damaged(f"Files of “{tables}” are missing. {REBUILD}")

    def _statement(self, expression: ibis.Table) -> tuple[str, Sequence[Source]]:
        """The statement over the tables as they are now; what was asked lately is not put into words again."""
        tables = expression.op().find(ops.UnboundTable)
        asked = (expression.op(), *(self.version(table.name) for table in tables))
        with self._lock_of_statements:
            if (known := self._statements.get(asked)) is not None:
                self._statements.move_to_end(asked)
                return known
        renamed, sources = named(expression, self._catalogue)
        made = str(ibis.to_sql(self._spoken(renamed), dialect=self.dialect)), sources
        if asked[1:] == tuple(self.version(table.name) for table in tables):  # nothing was loaded meanwhile
            with self._lock_of_statements:
                self._statements[asked] = made
                while len(self._statements) > _STATEMENTS:
                    self._statements.popitem(last=False)
        return made

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
