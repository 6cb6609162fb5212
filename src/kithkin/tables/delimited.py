"""CSV and its relatives: any usual delimiter and encoding, quoted line breaks, ragged rows counted and left out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from kithkin.tables.encoding import Utf8Stream
from kithkin.tables.errors import FileEmpty, NotATable, Unreadable, brief, shown
from kithkin.tables.refusals import SHOWN, Reason, Refusal, text_of
from kithkin.tables.rows import Numbering
from kithkin.tables.values import Decimal, as_numbers

_SAMPLE = 256 << 10
_LONGEST_HEADER = 32 << 20
MOST_COLUMNS = 100_000
_BLOCKS = (4 << 20, 64 << 20)
_DELIMITERS = ",;\t|"
_MARKUP = (b"<!", b"<?xml", b"<html", b"<table", b'{"', b"{\n", b"[{")
_SAID = re.compile(rb'"?sep=([^\w\s"]|\t)"?[ ;,\t]*\r?\n', re.IGNORECASE)  # by Excel, in the first line
_END = "end of file \u2402"
_DECIMALS = {",": Decimal.POINT, ";": Decimal.COMMA}


@dataclass(frozen=True)
class Delimited:
    """A text file whose first row names its columns, below `above` lines that say how to read it."""

    path: Path
    columns: tuple[str, ...]
    delimiter: str
    name: str = "csv"
    row_count: int | None = None
    above: int = 0

    @property
    def decimal(self) -> Decimal:
        """A comma may mark decimals where it does not separate columns."""
        return _DECIMALS.get(self.delimiter, Decimal.COMMA_UNLESS_GROUPED)

    def scan(self, positions: Sequence[int]) -> DelimitedRows:
        """Begin a pass; quoted line breaks and commas are part of their field."""
        return DelimitedRows(self, positions)


def open_delimited(path: Path) -> Delimited:
    """Look at the head of a text file: encoding, delimiter, column names.

    Raises FileEmpty, NotATable or Unreadable.
    """
    sample, complete = _head(path)
    if not sample.strip():
        raise FileEmpty(f"{shown(path)}: the file is empty. Export the table again, with its header.")
    _check_width(sample, path)
    said = _SAID.match(sample)
    if said and not sample[said.end() :].strip():
        raise FileEmpty(f"{shown(path)}: the file holds nothing but its separator. Export the table again.")
    reading = _read_sample(sample[said.end() :], said[1].decode()) if said else _best_reading(sample, path)
    if complete and not reading.even and not reading.ragged:
        raise FileEmpty(f"{shown(path)}: there is a header, but no row under it.")
    if len(reading.ragged) > 1 and not reading.even:
        raise NotATable(
            f"{shown(path)}: the first row has {len(reading.header)} field(s), the next one {reading.ragged[0]}. "
            "The first row must name every column: remove a title above it, or complete it."
        )
    return Delimited(path, reading.header, reading.delimiter, above=1 if said else 0)


class DelimitedRows:
    """A pass over a delimited file."""

    ragged_rows: list[tuple[int, tuple[str, ...]]] | None = None

    def __init__(self, table: Delimited, positions: Sequence[int]) -> None:
        self._table = table
        self._positions = positions
        self._stream: Utf8Stream | None = None
        self._begin()

    def _begin(self) -> None:
        self._ragged = 0
        self._examples: list[tuple[int, str]] = []
        self._last_ragged: Any = None
        self._cut_off: Any = None
        self._ended = False
        if self.ragged_rows is not None:
            self.ragged_rows.clear()
        self.number = Numbering(first=2 + self._table.above)

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """The ragged rows, and the last one where the file ends in its middle."""
        ragged = [Refusal(None, Reason.RAGGED, self._ragged, tuple(self._examples))] if self._ragged else []
        if self._cut_off is not None:
            ragged.append(Refusal(None, Reason.CUT_OFF, 1, ((self._cut_off.number, text_of(self._cut_off.text)),)))
        return tuple(ragged)

    def __iter__(self) -> Iterator[Any]:
        """Batches of strings."""
        given = 0
        for block in _BLOCKS:
            try:
                for batch in self._pass(block, given):
                    given += batch.num_rows
                    yield batch
                break
            except pa.ArrowInvalid as error:
                if "straddl" not in str(error) or block == _BLOCKS[-1]:
                    raise Unreadable(f"{shown(self._table.path)}: {_cause(error)}") from None
            finally:
                self.close()
        if not self._ended:
            raise Unreadable(
                f"{shown(self._table.path)}: a quote is opened and never closed, so that the rest of the file would "
                "become one value. Close it, or export the table again."
            )

    def _pass(self, block: int, known: int) -> Iterator[Any]:
        """A pass with blocks of this size, the first `known` rows left out: a row longer than a block breaks it off."""
        self._begin()
        end = self._table.delimiter.join([_END] * (2 if len(self._table.columns) == 1 else 1))
        self._stream = Utf8Stream(self._table.path, tail=f"{end}\n".encode())
        for batch in _reader(self._stream, self._table, self._positions, block, self._on_ragged):
            if known < batch.num_rows:
                yield batch.slice(known).select(range(len(self._positions)))
            known = max(0, known - batch.num_rows)
        if self._cut_off is not None:
            yield self._whole_fields()

    def _whole_fields(self) -> Any:
        """The row in whose middle the file ends; its last field may lack its end, so it is missing."""
        fields = _read_sample(f"{self._cut_off.text}\n".encode(), self._table.delimiter).header[:-1]
        cells = [fields[position] if position < len(fields) else None for position in self._positions]
        columns = [pa.array([cell], pa.string()) for cell in cells]
        return pa.RecordBatch.from_arrays(columns, names=[f"c{position}" for position in self._positions])

    def close(self) -> None:
        """Close the file."""
        if self._stream is not None:
            self._stream.close()

    def _on_ragged(self, row: Any) -> str:
        if row.text.startswith(_END):
            self._ended = True
            self._keep_cut_off(row.number - 1)
            return "skip"
        self._ragged += 1
        self.number.skip(row.number)
        self._last_ragged = row
        if self.ragged_rows is not None:
            self.ragged_rows.append((row.number, _fields(row.text, self._table.delimiter)))
        if len(self._examples) < SHOWN:
            self._examples.append((row.number, text_of(row.text)))
        return "skip"

    def _keep_cut_off(self, last: int) -> None:
        row = self._last_ragged
        if row is None or row.number != last or row.actual_columns > row.expected_columns:
            return
        if self._stream is not None and self._stream.ends_within_line:
            self._cut_off = row
            self._ragged -= 1
            self.number.unskip()
            if self.ragged_rows:
                self.ragged_rows.pop()
            self._examples = [example for example in self._examples if example[0] != last]


def _fields(text: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader([text], delimiter=delimiter), ()))
    except csv.Error:
        return (text,)


def _reader(stream: io.RawIOBase, table: Delimited, positions: Sequence[int], block: int, on_ragged: Any) -> Any:
    names = [f"c{position}" for position in range(len(table.columns))]
    wanted = [names[position] for position in positions] or names[:1]
    return arrow_csv.open_csv(
        pa.PythonFile(stream, mode="r"),
        read_options=arrow_csv.ReadOptions(
            column_names=names, skip_rows=table.above, skip_rows_after_names=1, block_size=block, use_threads=False
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=table.delimiter, newlines_in_values=True, invalid_row_handler=on_ragged
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(wanted, pa.string()), include_columns=wanted, null_values=[""]
        ),
    )


def _head(path: Path) -> tuple[bytes, bool]:
    """The first rows as UTF-8, and whether that is all of the file."""
    with Utf8Stream(path) as stream:
        sample = stream.read(_SAMPLE)
        while len(sample) < _LONGEST_HEADER and b"\n" not in sample and b"\r" not in sample:
            more = stream.read(len(sample) or _SAMPLE)
            if not more:
                break
            sample += more
        complete = not stream.read(1)
    if not complete:
        sample = sample[: max(sample.rfind(b"\n"), sample.rfind(b"\r")) + 1] or sample
    return sample if sample.endswith((b"\n", b"\r")) else sample + b"\n", complete


@dataclass(frozen=True)
class _Reading:
    """A sample read with one delimiter."""

    delimiter: str
    header: tuple[str, ...]
    even: int
    ragged: tuple[int, ...]
    decimals: bool

    @property
    def agreement(self) -> float:
        rows = self.even + len(self.ragged)
        return self.even / rows if rows else 1.0

    @property
    def titled(self) -> bool:
        """Whether a title, rather than a header, seems to stand above rows of several columns."""
        return not self.even and len(self.ragged) > 1 and len(set(self.ragged)) == 1 and not self.decimals


def _check_width(sample: bytes, path: Path) -> None:
    """Refuse a first line of more columns than any table has, before a parser takes minutes over it."""
    first = sample.splitlines()[0] if sample else b""
    widest = 1 + max(first.count(delimiter.encode()) for delimiter in _DELIMITERS)
    if widest > MOST_COLUMNS:
        raise NotATable(
            f"{shown(path)}: the first line names {widest:,} columns, more than the {MOST_COLUMNS:,} that are read. "
            "Is it a table turned on its side? Export it with a row for each answer."
        )


def _best_reading(sample: bytes, path: Path) -> _Reading:
    """The delimiter under which most rows have as many fields as the header has."""
    if sample.lstrip()[:9].lower().startswith(_MARKUP):
        raise NotATable(f"{shown(path)}: this is a web page, XML or JSON, not a table. Export the table as CSV.")
    readings = [_read_sample(sample, delimiter) for delimiter in _DELIMITERS]
    several = [reading for reading in readings if len(reading.header) > 1]
    if several:
        return max(several, key=lambda reading: (reading.agreement, len(reading.header)))
    return next((reading for reading in readings if reading.titled), max(readings, key=lambda it: it.agreement))


def _read_sample(sample: bytes, delimiter: str) -> _Reading:
    ragged: list[int] = []
    texts: list[str] = []

    def on_ragged(row: Any) -> str:
        ragged.append(row.actual_columns)
        texts.append(row.text)
        return "skip"

    def parse(names: Sequence[str]) -> Any:
        return arrow_csv.read_csv(
            io.BytesIO(sample),
            read_options=arrow_csv.ReadOptions(
                autogenerate_column_names=True, block_size=len(sample) + 1, use_threads=False
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, invalid_row_handler=on_ragged
            ),
            convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), null_values=[]),
        )

    names = parse([]).column_names
    ragged.clear()
    texts.clear()
    records = parse(names)
    decimals = not pc.any(as_numbers(pa.array(texts, pa.string()), Decimal.COMMA)[1]).as_py()
    header = tuple(column[0].as_py() for column in records.columns)
    return _Reading(delimiter, header, records.num_rows - 1, tuple(ragged), decimals)


def _cause(error: Exception) -> str:
    if "straddl" in str(error):
        return f"a row is longer than {_BLOCKS[-1] >> 20} MB, as when a quote is opened and never closed. Close it."
    return f"it cannot be read as rows and columns ({brief(str(error), 300)})."
