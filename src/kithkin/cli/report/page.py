"""What a report holds, before it is HTML: a finding, a few points, pictures with their tables, and how it was made."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.analysis.charts.picture import Picture


@dataclass(frozen=True)
class Point:
    """One of the few sentences under the title: two or three words, and what they are about."""

    head: str
    text: str


@dataclass(frozen=True)
class Column:
    """A column of a table; figures stand right, words left."""

    name: str
    figures: bool = True


@dataclass(frozen=True)
class Table:
    """Rows of text under their columns; the first cell of a row names it. `strong` marks one row by its index."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: int | None = None


@dataclass(frozen=True)
class Section:
    """One finding: its heading, a sentence, the picture, the legend in words, the table beside it and notes."""

    heading: str
    sentence: str = ""
    picture: Picture | None = None
    table: Table | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """One line of "How this was computed"."""

    name: str
    text: str


@dataclass(frozen=True)
class Page:
    """A whole report. `refused` holds one line for each thing that could not be read or may not be shown."""

    kind: str
    title: str
    lead: tuple[Point, ...]
    sections: tuple[Section, ...]
    facts: tuple[Fact, ...]
    refused: tuple[str, ...] = ()
