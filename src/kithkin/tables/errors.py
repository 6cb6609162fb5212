"""Why a file could not be read as a table, one type per cause; each message says what, where and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path


class TableError(ValueError):
    """A file cannot be read, or written, as a table."""


class FileMissing(TableError):
    """There is no such file."""


class FileEmpty(TableError):
    """The file holds no rows."""


class NotATable(TableError):
    """The file is something else: a folder, a picture, a program, a document."""


class Unreadable(TableError):
    """The file is a table, but damaged, cut off, locked or in mixed encodings."""


class DuplicateHeaders(TableError):
    """Two columns bear one name."""


class UnknownColumn(TableError):
    """The file has no such column."""


class BadRange(TableError):
    """The range of valid answers holds nothing."""


class Unwritable(TableError):
    """The table cannot be written there, or in that format."""


class NoRoom(TableError):
    """The disk has no room for what does not fit into memory."""


def shown(path: Path) -> str:
    """The path in a message, without control characters that would move a terminal's cursor."""
    return "".join(character if character.isprintable() else "�" for character in str(path))


def quoted(name: str) -> str:
    """A name out of a file in a message: in quotes, and no longer than a person reads.

    >>> quoted("score"), len(quoted("x" * 1_000_000))
    ("'score'", 62)
    """
    return repr(brief(name))


def brief(text: str, longest: int = 60) -> str:
    """The text, cut off where it goes on for longer."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def unknown_column(path: Path, name: str, columns: Sequence[str]) -> UnknownColumn:
    """The error for a column that is not there, with the nearest names that are."""
    near = nearest(name, columns)
    if near:
        hint = f"Did you mean {' or '.join(map(quoted, near))}?"
    else:
        more = f" and {len(columns) - 12:,} more" if len(columns) > 12 else ""
        hint = f"There are {', '.join(map(quoted, columns[:12]))}{more}."
    return UnknownColumn(f"{shown(path)}: no column {quoted(name)}. {hint}")


def nearest(name: str, candidates: Sequence[str], limit: int = 3) -> list[str]:
    """Names alike but for case, spaces and punctuation, else alike in spelling, the best first."""
    plain = _plain(name)
    same = [candidate for candidate in candidates if plain and _plain(candidate) == plain]
    if same:
        return same[:limit]
    by_plain: dict[str, str] = {}
    for candidate in candidates:
        by_plain.setdefault(_plain(candidate), candidate)
    close = difflib.get_close_matches(plain, list(by_plain), n=limit, cutoff=0.6)
    return [by_plain[match] for match in close]


def _plain(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())
