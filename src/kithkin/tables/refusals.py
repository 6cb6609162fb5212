"""What a table held that could not be used: counted, and the first three shown with their row numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pyarrow.compute as pc

from kithkin.tables.errors import brief

SHOWN = 3


class Reason(StrEnum):
    """Why a value or a row was left out."""

    MISSING = "missing"
    NOT_A_NUMBER = "not a number"
    OUTSIDE = "outside the valid range"
    NEGATIVE = "negative"
    WEIGHTLESS = "zero, which counts for nothing"
    CUT_OFF = "cut off at the end of the file, and read as far as it goes"
    RAGGED = "another number of fields than the header"


@dataclass(frozen=True)
class Refusal:
    """Values of one column (or whole rows, `column` None) left out for one reason.

    `examples` holds up to three (row number, text as found). Rows are numbered as a spreadsheet numbers them, the
    header being row 1: that is the line in a text file, unless a quoted line break or an empty line stands before it.
    Parquet and .sav have no header, so their rows count from 1.
    """

    column: str | None
    reason: Reason
    count: int
    examples: tuple[tuple[int, str], ...] = ()

    def __str__(self) -> str:
        what = "rows" if self.column is None else brief(self.column)
        shown = ", ".join(f"{text!r} in row {row}" for row, text in self.examples if text)
        return f"{what}: {self.count:,} {self.reason}" + (f" ({shown})" if shown else "")


@dataclass
class _Entry:
    count: int = 0
    examples: list[tuple[int, str]] = field(default_factory=list)


class Tally:
    """Gathers refusals batch by batch, in the order in which their causes were first asked about."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str | None, Reason], _Entry] = {}

    def add(self, column: str | None, reason: Reason, mask: Any, values: Any, offset: int) -> None:
        """Count the rows of a batch that `mask` marks; `offset` is the batch's first row, counted from 0."""
        entry = self._entries.setdefault((column, reason), _Entry())
        count = pc.sum(mask).as_py() or 0
        entry.count += count
        room = SHOWN - len(entry.examples)
        if count and room > 0:
            for index in pc.indices_nonzero(mask)[:room].to_pylist():
                entry.examples.append((offset + index, text_of(values[index].as_py())))

    def count(self, column: str | None, reason: Reason, count: int, examples: list[tuple[int, str]]) -> None:
        """Add what was counted elsewhere."""
        entry = self._entries.setdefault((column, reason), _Entry())
        entry.count += count
        entry.examples.extend(examples[: SHOWN - len(entry.examples)])

    def refusals(self, number: Callable[[int], int] = lambda index: index) -> tuple[Refusal, ...]:
        """What was gathered; `number` turns a row counted from 0 into the number a person sees."""
        return tuple(
            Refusal(column, reason, entry.count, tuple((number(row), text) for row, text in entry.examples))
            for (column, reason), entry in self._entries.items()
            if entry.count
        )


def text_of(value: object) -> str:
    """A value as short, printable text for a message."""
    text = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    text = "".join(it if it.isprintable() else " " if it.isspace() else "�" for it in text)
    return brief(text)
