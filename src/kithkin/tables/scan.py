"""A pass over chosen columns: clean batches out, refusals gathered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, Self

import pyarrow as pa

from kithkin.tables.refusals import Reason, Refusal, Tally
from kithkin.tables.rows import Rows
from kithkin.tables.values import Decimal, as_numbers, as_text


class Scan:
    """Iterate once over Arrow record batches of strings and, for `numbers`, float64; then look at `refused`.

    Close it, or use it in a `with` block, where you may stop early.
    """

    def __init__(self, rows: Rows, columns: Sequence[str], numbers: frozenset[str], decimal: Decimal) -> None:
        self._rows = rows
        self._columns = tuple(columns)
        self._numbers = numbers
        self._decimal = decimal
        self._tally = Tally()
        self.schema = pa.schema([(name, pa.float64() if name in numbers else pa.string()) for name in columns])

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """Values that are no numbers, and whole rows left out, as far as the pass has come."""
        return self._rows.refused + self._tally.refusals(self._rows.number)

    def number(self, index: int) -> int:
        """The row number a person sees for the index-th row of the pass, counted from 0."""
        return self._rows.number(index)

    def __iter__(self) -> Iterator[Any]:
        offset = 0
        for batch in self._rows:
            yield self._clean(batch, offset)
            offset += batch.num_rows

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._rows.close()

    def _clean(self, batch: Any, offset: int) -> Any:
        clean = []
        for name, column in zip(self._columns, batch.columns, strict=True):
            if name in self._numbers:
                values, refused = as_numbers(column, self._decimal)
                self._tally.add(name, Reason.NOT_A_NUMBER, refused, column, offset)
            else:
                values = as_text(column)
            clean.append(values)
        return pa.RecordBatch.from_arrays(clean, schema=self.schema)
