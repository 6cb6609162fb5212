"""A pass over every row of a file as it is written: nothing is left out, so that each line can be answered for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from kithkin.tables.refusals import Reason
from kithkin.tables.rows import Rows
from kithkin.tables.values import as_written


@dataclass(frozen=True)
class RaggedLine:
    """A row with another number of fields than the header, as it was found."""

    number: int
    fields: tuple[str, ...]


class Lines:
    """Iterate once over (row numbers, record batch of strings, null where empty); then look at the others.

    `ragged` holds the rows with another number of fields, `cut_off` the number of the last row where the file ends in
    its middle: that row is among the batches, without its last field. Numbers are those a spreadsheet shows.
    """

    def __init__(self, rows: Rows, columns: Sequence[str]) -> None:
        self._rows = rows
        self._ragged: list[tuple[int, tuple[str, ...]]] = []
        rows.ragged_rows = self._ragged
        self.schema = pa.schema([(f"c{place}", pa.string()) for place in range(len(columns))])

    def __iter__(self) -> Iterator[tuple[list[int], Any]]:
        offset = 0
        for batch in self._rows:
            texts = [as_written(column) for column in batch.columns]
            numbers = [self._rows.number(offset + index) for index in range(batch.num_rows)]
            yield numbers, pa.RecordBatch.from_arrays(texts, schema=self.schema)
            offset += batch.num_rows

    def close(self) -> None:
        """Let go of the file, where you stop early."""
        self._rows.close()

    @property
    def ragged(self) -> list[RaggedLine]:
        """The ragged rows, as far as the pass has come."""
        return [RaggedLine(number, fields) for number, fields in self._ragged]

    @property
    def cut_off(self) -> int | None:
        """The number of the row in whose middle the file ends, once the pass is over."""
        found = [refusal for refusal in self._rows.refused if refusal.reason is Reason.CUT_OFF]
        return found[0].examples[0][0] if found else None
