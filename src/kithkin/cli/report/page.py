"""What a report holds, before it is HTML: a finding, a few points, pictures with their tables, and how it was made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kithkin.analysis.charts.picture import Picture

MOST_UNLISTED = 6


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
    """Rows of text under their columns; the first cell of a row names it. `strong` marks one row by its index.

    Rows beyond the first `shown` are there, too, folded away until they are asked for; on paper they all stand.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: int | None = None
    shown: int | None = None


@dataclass(frozen=True)
class Section:
    """One finding: its heading, a sentence, the picture, the legend in words, the table beside it and notes.

    The section that opens a `part` of the page names it.
    """

    heading: str
    sentence: str = ""
    picture: Picture | None = None
    table: Table | None = None
    notes: tuple[str, ...] = ()
    part: str = ""


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

    @property
    def contents(self) -> tuple[tuple[int, str], ...]:
        """What a long page lists at its top, with the number of the section: its parts, or else all headings."""
        parts = [(number, section.part) for number, section in enumerate(self.sections, start=1) if section.part]
        if len(parts) > 1:
            return tuple(parts)
        if len(self.sections) <= MOST_UNLISTED:
            return ()
        return tuple((number, section.heading) for number, section in enumerate(self.sections, start=1))


def opened(part: str, sections: Iterable[Section | None]) -> tuple[Section, ...]:
    """The sections that there are, the first as the opening of `part`."""
    present = [section for section in sections if section is not None]
    return (*(replace(section, part=part) for section in present[:1]), *present[1:])
