"""The file of refused lines: as they came, with the reason in a last column, harmless to a spreadsheet program."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

_FORMULA = r"(?= *[=+\-@＝＋－＠])"
_BEGINS = r"(^|[;\t\r\n])"
"""Where a cell begins for a spreadsheet program, which may part lines at another mark than the comma."""
_OPEN = re.compile(rf"^(?=[\t\r])|{_BEGINS}{_FORMULA}")
_CLOSED = re.compile(rf"^'(?=[\t\r])|{_BEGINS}'{_FORMULA}")
BOM = "\ufeff"


def guarded(cell: str) -> str:
    """The cell so that no spreadsheet program takes it, or a part of it, for a formula.

    >>> guarded("=1+1"), guarded("Kim"), guarded("Kim;=1+1")
    ("'=1+1", 'Kim', "Kim;'=1+1")
    """
    return _OPEN.sub(r"\1'", cell)


def unguarded(cell: str) -> str:
    """What `guarded` was given: a mended file comes back as it went out.

    >>> unguarded("'=1+1"), unguarded("'t Hart"), unguarded("Kim;'=1+1")
    ('=1+1', "'t Hart", 'Kim;=1+1')
    """
    return _CLOSED.sub(r"\1", cell) if "'" in cell else cell


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """CSV piece by piece, in UTF-8 with the mark by which Excel knows it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write(BOM)
    writer.writerow([guarded(cell) for cell in header])
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
        if buffer.tell() > 1 << 16:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
