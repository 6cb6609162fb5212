"""The events of a log as they are read: each becomes a few small numbers, and what cannot be used is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kithkin.analysis.errors import EmptyInput, NotATime
from kithkin.analysis.flow import PromiseReader, TimesReader
from kithkin.analysis.flow.times import MISSING
from kithkin.cli.failures import CommandError
from kithkin.cli.leftout import Example, LeftOut
from kithkin.tables import Scan

SHOWN = 3
MOST_VALUES = 12
MOST_REMEMBERED = 10_000
UNKNOWN = -1


@dataclass(frozen=True)
class Columns:
    """The columns of a log, by the names that the file gives them, and the text that closes a request."""

    case: str
    group: str
    at: str
    met: str | None
    closed: tuple[str, str] | None


class Events:
    """Iterate once, over batches of usable events in the file's order; then ask what was seen.

    Raises CommandError, NotNumeric and EmptyInput at the end of the log: what stands in its last row may matter.
    """

    schema = pa.schema(
        [
            ("case", pa.string()),
            ("group", pa.int32()),
            ("at", pa.int64()),
            ("kept", pa.int8()),
            ("closed", pa.bool_()),
        ]
    )

    def __init__(self, scan: Scan, columns: Columns, *, day_first: bool, path: Path) -> None:
        self._scan, self._columns, self._path = scan, columns, path
        self._codes: dict[str, int] = {}
        self._times = _Times(columns.at, day_first)
        self._promise = PromiseReader("met")
        self._closing = None if columns.closed is None else _Closing(*columns.closed)
        self._rows = self.left_out = 0
        self.read_as = ""

    def __iter__(self) -> Iterator[Any]:
        for batch in self._scan:
            yield self._compact(dict(zip(self._scan.schema.names, batch.columns, strict=True)))
            self._rows += batch.num_rows
        self.read_as = self._times.checked(self._path)
        if self._closing is not None:
            self._closing.check(self._path)
        self._promise.check()
        if self.left_out == self._rows:
            raise EmptyInput(f"events: none of {self._rows:,} rows has a case and a time.")

    @property
    def names_closing(self) -> bool:
        """Whether the rows that close a request are known."""
        return self._closing is not None

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups' names by their code."""
        return tuple(self._codes)

    def refused(self) -> tuple[LeftOut, ...]:
        """The times that are missing or none."""
        return self._times.refused(self._scan)

    def _compact(self, columns: dict[str, Any]) -> Any:
        case, named = columns[self._columns.case], self._columns.met
        size = len(case)
        at = self._times.take(columns[self._columns.at], self._rows)
        kept = np.full(size, UNKNOWN) if named is None else self._kept(columns[named])
        closed = np.zeros(size, bool) if self._closing is None else self._closing.take(columns[self._closing.column])
        usable = np.flatnonzero(pc.is_valid(case).to_numpy(zero_copy_only=False) & (at != MISSING))
        self.left_out += size - usable.size
        numbers = [self._group(columns[self._columns.group]), at, kept, closed]
        kinds = self.schema.types[1:]
        arrays = [pa.array(column[usable], kind) for column, kind in zip(numbers, kinds, strict=True)]
        return pa.RecordBatch.from_arrays([case.take(pa.array(usable)), *arrays], schema=self.schema)

    def _group(self, texts: Any) -> NDArray[np.int64]:
        distinct, place = _by_distinct(texts)
        codes = [UNKNOWN if text is None else self._codes.setdefault(text, len(self._codes)) for text in distinct]
        return np.array(codes, dtype=np.int64)[place]

    def _kept(self, texts: Any) -> NDArray[np.int64]:
        distinct, place = _by_distinct(texts)
        return np.nan_to_num(self._promise.take(distinct), nan=UNKNOWN).astype(np.int64)[place]


class _Times:
    """A column of times: instants of what it holds, and what of it is none."""

    def __init__(self, column: str, day_first: bool) -> None:
        self._column = column
        self._reader = TimesReader(day_first)
        self._any = False
        self._missing = self._strange = 0
        self._examples: list[tuple[int, str]] = []
        self._refused: dict[str, None] = {}

    def take(self, texts: Any, first_row: int) -> NDArray[np.int64]:
        distinct, place = _by_distinct(texts)
        read = self._reader.take(distinct, np.bincount(place, minlength=len(distinct)))
        instants = read[place]
        self._missing += texts.null_count
        strange = np.flatnonzero((instants == MISSING) & pc.is_valid(texts).to_numpy(zero_copy_only=False))
        self._any |= strange.size + texts.null_count < len(texts)
        self._strange += strange.size
        for row in strange[: SHOWN - len(self._examples)]:
            self._examples.append((first_row + int(row), distinct[place[row]]))
        if strange.size and len(self._refused) < SHOWN:
            new = [
                text for text, instant in zip(distinct, read, strict=True) if text is not None and instant == MISSING
            ]
            self._refused |= dict.fromkeys(new[:SHOWN])
        return instants

    def checked(self, path: Path) -> str:
        """How the dates were read. Raises CommandError where that is not certain, or where there is none."""
        try:
            read_as = str(self._reader.read_as())
        except NotATime as error:
            said = str(error).removeprefix("times: ").replace("day_first=True", "--day-first")
            raise CommandError(f"{path}: column {self._column!r}: {said}") from None
        if not self._any:
            shown = ", ".join(map(repr, [*self._refused][:SHOWN])) or "all are missing"
            raise CommandError(
                f"{path}: column {self._column!r} holds no date: {shown}. Name the column of the times with --at."
            )
        return read_as

    def refused(self, scan: Scan) -> tuple[LeftOut, ...]:
        left = []
        if self._missing:
            left.append(LeftOut(self._column, "missing", self._missing))
        if self._strange:
            examples = tuple(Example(scan.number(row), text) for row, text in self._examples)
            left.append(LeftOut(self._column, "no date", self._strange, examples))
        return tuple(left)


class _Closing:
    """Which rows close their request, and which texts were seen in the place of the one that does."""

    def __init__(self, column: str, value: str) -> None:
        self.column, self._value = column, value
        self._seen: dict[str, None] = {}
        self._found = False

    def take(self, texts: Any) -> NDArray[np.bool_]:
        distinct, place = _by_distinct(texts)
        self._found |= self._value in distinct
        if not self._found and len(self._seen) < MOST_REMEMBERED:
            self._seen |= dict.fromkeys(text for text in distinct if text is not None)
        return np.array([text == self._value for text in distinct], dtype=bool)[place]

    def check(self, path: Path) -> None:
        """Raises CommandError where no row closes anything."""
        if self._found:
            return
        seen = [*self._seen]
        others = f"{len(seen) - MOST_VALUES:,}" if len(seen) < MOST_REMEMBERED else "many"
        more = f" and {others} more" if len(seen) > MOST_VALUES else ""
        held = f"{', '.join(map(repr, seen[:MOST_VALUES]))}{more}" if seen else "nothing"
        raise CommandError(
            f"{path}: --closed: no row of {self.column!r} holds {self._value!r}. The column holds {held}."
        )


def _by_distinct(texts: Any) -> tuple[list[str | None], NDArray[np.int64]]:
    """(the distinct texts and None, the place among them of each row)."""
    encoded = texts.dictionary_encode()
    distinct = encoded.dictionary.to_pylist()
    place = encoded.indices.fill_null(len(distinct)).to_numpy(zero_copy_only=False)
    return [*distinct, None], place.astype(np.int64)
