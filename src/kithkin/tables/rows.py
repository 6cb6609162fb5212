"""What each format offers: its columns, and passes over some of them in batches of bounded size."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from kithkin.tables.refusals import Refusal
from kithkin.tables.values import Decimal


class Rows(Protocol):
    """One pass over a file. Columns of a batch stand in the order they were asked for."""

    ragged_rows: list[tuple[int, tuple[str, ...]]] | None
    """A list put here before the pass is filled with every ragged row: its number and its fields."""

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """Whole rows left out, complete once the pass is over."""
        ...

    def __iter__(self) -> Iterator[Any]:
        """Arrow record batches, in the file's order."""
        ...

    def number(self, index: int) -> int:
        """The row number a person sees for the index-th row given, counted from 0."""
        ...

    def close(self) -> None:
        """Let go of the file, finished or not."""
        ...


class Format(Protocol):
    """A file of one format, looked at but not read."""

    @property
    def name(self) -> str:
        """The format's short name."""
        ...

    @property
    def path(self) -> Path:
        """Where the file is."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """Names as the file writes them."""
        ...

    @property
    def row_count(self) -> int | None:
        """The number of rows where the file states it."""
        ...

    @property
    def decimal(self) -> Decimal:
        """How numbers are written in text columns."""
        ...

    def scan(self, positions: Sequence[int]) -> Rows:
        """Begin a pass over the columns at these positions."""
        ...


class Numbering:
    """Row numbers of the rows kept, when some rows in between were left out."""

    def __init__(self, first: int) -> None:
        self._first = first
        self._skipped = array("q")

    def skip(self, number: int) -> None:
        """Row `number` was left out; numbers arrive in rising order."""
        self._skipped.append(number)

    def unskip(self) -> None:
        """The row last skipped was kept after all."""
        self._skipped.pop()

    def __call__(self, index: int) -> int:
        """The row number of the index-th row kept."""
        number = self._first + index
        places = range(len(self._skipped))
        return number + bisect_right(places, number, key=lambda place: self._skipped[place] - place)
