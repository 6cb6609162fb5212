"""SPSS .sav and .zsav, in chunks. Codes stay codes: what they mean is told beside them, in `labels`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyreadstat
from pyreadstat import PyreadstatError, ReadstatError

from kithkin.tables.errors import FileEmpty, Unreadable, brief, shown
from kithkin.tables.refusals import Refusal
from kithkin.tables.values import Decimal

_CHUNK = 50_000
_ENCODINGS = (None, "WINDOWS-1252")


@dataclass(frozen=True)
class Sav:
    """An SPSS file; values its author declared missing are missing."""

    path: Path
    columns: tuple[str, ...]
    row_count: int | None
    encoding: str | None
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Column → code, as it is written → what the code means."""
    name: str = "sav"
    decimal: Decimal = Decimal.POINT

    def scan(self, positions: Sequence[int]) -> SavRows:
        """Begin a pass."""
        return SavRows(self, [self.columns[position] for position in positions])


def open_sav(path: Path) -> Sav:
    """Read the dictionary. Raises Unreadable or FileEmpty."""
    for encoding in _ENCODINGS:
        try:
            _, meta = pyreadstat.read_sav(str(path), metadataonly=True, encoding=encoding)
            break
        except (ReadstatError, PyreadstatError, UnicodeError) as error:
            if encoding is not None or "convert" not in str(error):
                raise _damaged(path, error) from None
    if not meta.number_rows:
        raise FileEmpty(f"{shown(path)}: the file names variables, but holds no case.")
    labels = {name: _as_written(said) for name, said in meta.variable_value_labels.items()}
    return Sav(path, tuple(meta.column_names), meta.number_rows, encoding, labels)


def _as_written(labels: Mapping[Any, str]) -> dict[str, str]:
    return {
        f"{code:.0f}" if isinstance(code, float) and code.is_integer() else str(code).strip(): label.strip()
        for code, label in labels.items()
        if label.strip()
    }


class SavRows:
    """A pass over an SPSS file."""

    refused: tuple[Refusal, ...] = ()
    ragged_rows: list[tuple[int, tuple[str, ...]]] | None = None

    def __init__(self, file: Sav, names: Sequence[str]) -> None:
        self._file = file
        self._names = names

    def number(self, index: int) -> int:
        """Cases count from 1."""
        return index + 1

    def __iter__(self) -> Iterator[Any]:
        """Batches: floats for numbers, strings, dates."""
        chunks = pyreadstat.read_file_in_chunks(
            pyreadstat.read_sav,
            str(self._file.path),
            chunksize=_CHUNK,
            usecols=list(self._names),
            encoding=self._file.encoding,
        )
        try:
            for frame, _ in chunks:
                columns = [_column(frame[name]) for name in self._names]
                yield pa.RecordBatch.from_arrays(columns, names=list(self._names))
        except (ReadstatError, PyreadstatError, UnicodeError) as error:
            raise _damaged(self._file.path, error) from None

    def close(self) -> None:
        """Nothing stays open between chunks."""


def _column(series: Any) -> Any:
    try:
        return pa.Array.from_pandas(series)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([None if value is None else str(value) for value in series], pa.string())


def _damaged(path: Path, error: Exception) -> Unreadable:
    return Unreadable(
        f"{shown(path)}: the SPSS file is damaged or cut off ({brief(str(error), 200)}). Copy or save it again."
    )
