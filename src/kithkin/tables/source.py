"""Open any file as a table, without being told what it is."""

from __future__ import annotations

import fnmatch
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from kithkin.tables.cells import Cells, Totals, count_cells, sum_totals
from kithkin.tables.errors import BadRange, DuplicateHeaders, Unreadable, brief, quoted, shown, unknown_column
from kithkin.tables.lines import Lines
from kithkin.tables.measures import Measure, Range
from kithkin.tables.opening import open_format, regular_file
from kithkin.tables.refusals import Refusal
from kithkin.tables.rows import Format
from kithkin.tables.sav import Sav
from kithkin.tables.scan import Scan


@dataclass(frozen=True)
class Read:
    """A table in memory, and what of it was refused."""

    table: Any
    refused: tuple[Refusal, ...]


class Source:
    """A file looked at, not yet read: its columns are known, its rows are read by the methods, each time anew.

    Column names are given and returned without the spaces around them. Texts come stripped, missing ones null (see
    `kithkin.tables.values` for what counts as missing and what as a number).
    """

    def __init__(self, file: Format) -> None:
        self._file = file
        self.path = file.path
        self.format = file.name
        self.rows = file.row_count
        self.columns = _named(file.path, file.columns)
        self.labels = file.labels if isinstance(file, Sav) else {}
        """Of an SPSS file: column → code → what it means. Rows hold the codes."""
        self._positions = {name: position for position, name in enumerate(self.columns)}

    def __repr__(self) -> str:
        return f"<Source {shown(self.path)}: {self.format}, {len(self.columns):,} columns>"

    def column(self, name: str) -> str:
        """The column of this name, spaces around it aside; else UnknownColumn, suggesting the nearest names."""
        stripped = _stripped(name)
        if stripped not in self._positions:
            raise unknown_column(self.path, name, self.columns)
        return stripped

    def match(self, patterns: Iterable[str]) -> tuple[str, ...]:
        """The columns that these names or globs ("Q7*") mean, in the file's order, each once.

        A name that is there wins over its reading as a glob. Raises UnknownColumn for a pattern that means none.
        """
        found: set[str] = set()
        for pattern in patterns:
            found.update(self._matches(pattern))
        return tuple(name for name in self.columns if name in found)

    def scan(self, columns: Sequence[str] | None = None, *, numbers: Iterable[str] = ()) -> Scan:
        """Begin a pass in bounded memory:

        with source.scan(["dept", "score"], numbers=["score"]) as scan:
            for batch in scan: ...
            scan.refused
        """
        numeric = frozenset(self.column(name) for name in numbers)
        named = self.columns if columns is None else [self.column(name) for name in columns]
        wanted = [*dict.fromkeys([*named, *(name for name in self.columns if name in numeric)])]
        rows = self._file.scan([self._positions[name] for name in wanted])
        return Scan(rows, wanted, numeric, self._file.decimal)

    def lines(self) -> Lines:
        """Begin a pass over every row as it is written, for those who answer for each line."""
        return Lines(self._file.scan(range(len(self.columns))), self.columns)

    def batches(self, columns: Sequence[str] | None = None, *, numbers: Iterable[str] = ()) -> Iterator[Any]:
        """Arrow record batches in bounded memory, where refusals need not be known; else use `scan`."""
        with self.scan(columns, numbers=numbers) as scan:
            yield from scan

    def read(self, columns: Sequence[str] | None = None, *, numbers: Iterable[str] = ()) -> Read:
        """The columns (all by default) in memory: strings, and for `numbers` float64, null where missing or refused."""
        with self.scan(columns, numbers=numbers) as scan:
            table = pa.Table.from_batches(list(scan), schema=scan.schema)
            return Read(table, scan.refused)

    def cells(
        self,
        score: str,
        *,
        by: Sequence[str] = (),
        weight: str | None = None,
        valid: Range | None = None,
    ) -> Cells:
        """One row per combination of `by` and score: n, Σw and Σw² of the valid answers.

        `valid` is the range (low, high) of answers that count. A row without a usable weight does not count. Rows
        whose group is missing form a group of their own, null. Meant for scores of few values: see `totals`.
        """
        return count_cells(self._file, self._positions, self._measure(score, by, weight, valid))

    def totals(
        self,
        score: str,
        *,
        by: Sequence[str] = (),
        weight: str | None = None,
        valid: Range | None = None,
    ) -> Totals:
        """One row per combination of `by`: n, Σw, Σw², Σwx, Σwx², the least and the greatest valid answer."""
        return sum_totals(self._file, self._positions, self._measure(score, by, weight, valid))

    def _measure(self, score: str, by: Sequence[str], weight: str | None, valid: Range | None) -> Measure:
        if valid is not None and not valid[0] <= valid[1]:
            raise BadRange(f"valid answers from {valid[0]:g} to {valid[1]:g}: give the lower end first.")
        groups = tuple(dict.fromkeys(self.column(name) for name in by))
        return Measure(self.column(score), groups, None if weight is None else self.column(weight), valid)

    def _matches(self, pattern: str) -> list[str]:
        stripped = _stripped(pattern)
        if stripped in self._positions:
            return [stripped]
        matched = [name for name in self.columns if fnmatch.fnmatchcase(name, stripped)]
        if not matched:
            raise unknown_column(self.path, pattern, self.columns)
        return matched


def source(path: str | os.PathLike[str]) -> Source:
    """Look at a file's head: what it is, by its content rather than its name, and which columns it has.

    Reads CSV with any usual delimiter and encoding, Parquet, XLSX and SPSS .sav. Raises a TableError: FileMissing,
    FileEmpty, NotATable, Unreadable or DuplicateHeaders.
    """
    file = regular_file(path)
    try:
        return Source(open_format(file))
    except PermissionError:
        raise Unreadable(f"{shown(file)}: you may not read this file. Ask its owner, or copy it.") from None
    except OSError as error:
        raise Unreadable(f"{shown(file)}: the system cannot read it ({error.strerror or error}).") from None


def _stripped(name: str) -> str:
    return name.strip().lstrip("\ufeff").strip()


def _named(path: Path, headers: Sequence[str]) -> tuple[str, ...]:
    """Stripped names; a column without one is called after its place."""
    names = [_stripped(header) for header in headers]
    taken = Counter(names)
    doubled = [name for name, count in taken.items() if name and count > 1]
    if doubled:
        places = [str(place) for place, name in enumerate(names, 1) if name == doubled[0]]
        more = f" ({len(doubled) - 1} more names are doubled)" if len(doubled) > 1 else ""
        raise DuplicateHeaders(
            f"{shown(path)}: columns {brief(', '.join(places))} are all called {quoted(doubled[0])}{more}. "
            "Give each column a name of its own."
        )
    return tuple(name or _free(f"column {place}", taken) for place, name in enumerate(names, 1))


def _free(name: str, taken: Counter[str]) -> str:
    while name in taken:
        name += "'"
    return name
