"""Small files for the tests of reading."""

from __future__ import annotations

from pathlib import Path

from kithkin import tables


def opened(folder: Path, content: str | bytes, name: str = "answers.csv", encoding: str = "utf-8") -> tables.Source:
    """A file of this content, opened."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return tables.source(path)


def rows(read: tables.Read) -> list[tuple[object, ...]]:
    """The table's rows."""
    return [tuple(row.values()) for row in read.table.to_pylist()]
