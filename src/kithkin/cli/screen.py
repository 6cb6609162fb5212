"""The terminal: as wide as it is, in the letters it has, with colour only where a person looks at it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TextIO

from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from kithkin.cli.bars import FULL, MARK, UNSURE, Axis, bar, scale_line
from kithkin.cli.text import spelled

WIDE_ENOUGH_FOR_BARS = 64
NARROWEST_BAR = 12
WIDEST_BAR = 44


@dataclass(frozen=True)
class Row:
    """A row of figures: its cells, and the figure drawn beside them (None draws nothing)."""

    cells: tuple[str, ...]
    figure: tuple[float, float, float] | None = None
    faint: bool = False


@dataclass(frozen=True)
class Column:
    """A column's heading, and whether it holds numbers."""

    heading: str
    number: bool = True


class Screen:
    """Where a command says what it found: sentences, and tables whose rows carry a bar."""

    def __init__(self, file: TextIO | None = None, width: int | None = None) -> None:
        stream = file or sys.stdout
        self.encoding = getattr(stream, "encoding", None) or "utf-8"
        self._console = Console(file=stream, width=width, highlight=False, emoji=False, markup=False)

    @property
    def width(self) -> int:
        """Columns of the terminal; 80 where there is none."""
        return self._console.width

    def title(self, sentence: str) -> None:
        """The finding, first."""
        self._console.print(Text(self._spelled(sentence), style="bold"))

    def say(self, sentence: str = "") -> None:
        """A sentence in ordinary ink, wrapped at words."""
        self._console.print(Text(self._spelled(sentence)))

    def note(self, sentence: str) -> None:
        """A sentence in faint ink: what was left out, how it was measured."""
        self._console.print(Text(self._spelled(sentence), style="dim"))

    def table(
        self, columns: Sequence[Column], rows: Sequence[Row], axis: Axis | None = None, colour: str = "cyan"
    ) -> None:
        """A row per figure; its bar beside it, or under it where the terminal is narrow."""
        drawn = axis is not None and any(row.figure for row in rows)
        if self.width < WIDE_ENOUGH_FOR_BARS:
            self._list(columns, rows, axis if drawn else None, colour)
        else:
            self._grid(columns, rows, axis if drawn else None, colour)

    def _grid(self, columns: Sequence[Column], rows: Sequence[Row], axis: Axis | None, colour: str) -> None:
        length = min(self._room_for_bar(columns, rows), WIDEST_BAR)
        table = Table(box=None, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for place, column in enumerate(columns):
            justify: JustifyMethod = "right" if column.number else "left"
            table.add_column(self._text(column.heading), justify=justify, no_wrap=place > 0, overflow="fold")
        drawn = axis if length >= NARROWEST_BAR else None
        if drawn:
            table.add_column(no_wrap=True)
        for row in rows:
            cells = [self._text(cell, "dim" if row.faint else "") for cell in row.cells]
            table.add_row(*cells, *([self._bar(row, drawn, length, colour)] if drawn else []))
        if drawn:
            table.add_row(*[""] * len(columns), self._scale(drawn, length))
        self._console.print(table)

    def _list(self, columns: Sequence[Column], rows: Sequence[Row], axis: Axis | None, colour: str) -> None:
        length = self.width - 2
        for row in rows:
            name, *cells = row.cells
            figures = [
                f"{column.heading} {cell}".strip() for column, cell in zip(columns[1:], cells, strict=True) if cell
            ]
            self._console.print(self._text(name, "dim" if row.faint else "bold"))
            self._console.print(self._text("  " + " · ".join(figures)))
            if axis and row.figure:
                self._console.print(self._bar(row, axis, length, colour), no_wrap=True)
        if axis:
            self._console.print(self._scale(axis, length))

    def _scale(self, axis: Axis, length: int) -> Text:
        return self._text(scale_line(axis, length), "dim")

    def _room_for_bar(self, columns: Sequence[Column], rows: Sequence[Row]) -> int:
        """What the words leave of the width, when a long name in the first column is wrapped."""
        used = 0
        for place, column in enumerate(columns):
            longest = max([len(column.heading), *(len(row.cells[place]) for row in rows)])
            used += (min(longest, 28) if place == 0 else longest) + 2
        return self.width - used

    def _bar(self, row: Row, axis: Axis, length: int, colour: str) -> Text:
        if row.figure is None:
            return Text("")
        text = Text()
        for letter, run in groupby(bar(*row.figure, axis, length)):
            style = {FULL: colour, UNSURE: f"dim {colour}", MARK: f"bold {colour}"}.get(letter, "dim")
            text.append(self._spelled("".join(run)), style)
        return text

    def _text(self, cell: str, style: str = "") -> Text:
        return Text(self._spelled(cell), style=style)

    def _spelled(self, text: str) -> str:
        return spelled(text, self.encoding)
