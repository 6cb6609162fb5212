"""Parquet: the columns asked for, row group by row group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kithkin.tables.errors import FileEmpty, Unreadable, shown
from kithkin.tables.refusals import Refusal
from kithkin.tables.values import Decimal

_BATCH = 64 << 10


@dataclass(frozen=True)
class Parquet:
    """A Parquet file."""

    path: Path
    schema: Any
    row_count: int | None
    name: str = "parquet"
    decimal: Decimal = Decimal.POINT

    @property
    def columns(self) -> tuple[str, ...]:
        """The top-level fields."""
        return tuple(self.schema.names)

    def scan(self, positions: Sequence[int]) -> ParquetRows:
        """Begin a pass."""
        return ParquetRows(self.path, positions)


def open_parquet(path: Path) -> Parquet:
    """Read the footer. Raises Unreadable or FileEmpty."""
    try:
        with pq.ParquetFile(path) as file:
            schema, rows = file.schema_arrow, file.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise damaged(path, error) from None
    if not rows:
        raise FileEmpty(f"{shown(path)}: the file names columns, but holds no row.")
    return Parquet(path, schema, rows)


class ParquetRows:
    """A pass over a Parquet file."""

    refused: tuple[Refusal, ...] = ()
    ragged_rows: list[tuple[int, tuple[str, ...]]] | None = None

    def __init__(self, path: Path, positions: Sequence[int]) -> None:
        self._path = path
        self._positions = positions
        self._file: Any = None

    def number(self, index: int) -> int:
        """Rows count from 1."""
        return index + 1

    def __iter__(self) -> Iterator[Any]:
        """Batches with the file's own types."""
        try:
            self._file = pq.ParquetFile(self._path, pre_buffer=False)
            names = self._file.schema_arrow.names
            wanted = [names[position] for position in self._positions]
            for batch in self._file.iter_batches(_BATCH, columns=wanted):
                order = [batch.schema.get_field_index(name) for name in wanted]
                yield pa.RecordBatch.from_arrays([batch.column(place) for place in order], names=wanted)
        except (pa.ArrowException, OSError) as error:
            raise damaged(self._path, error) from None
        finally:
            self.close()

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()


def damaged(path: Path, error: Exception) -> Unreadable:
    """The error for a Parquet file that cannot be decoded."""
    cause = str(error).splitlines()[0][:200]
    return Unreadable(f"{shown(path)}: the Parquet file is damaged or cut off ({cause}). Copy or write it again.")
