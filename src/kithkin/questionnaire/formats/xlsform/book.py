"""Sheets of texts as a workbook: in memory alone, and the same bytes for the same texts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from xlsxwriter import Workbook

LONGEST = 32_000
"""Characters in a cell; spreadsheet programs hold 32,767."""
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_BEGINNING = datetime(1980, 1, 1, tzinfo=UTC)


def workbook(sheets: Mapping[str, Iterable[Sequence[str]]]) -> bytes:
    """A workbook of these sheets. Every cell is a text and nothing else, one that begins with "=" too; an empty text
    leaves its cell out, and what no workbook can hold is left out of it.

    >>> workbook({"survey": [["type"]]}) == workbook({"survey": [["type"]]})
    True
    """
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": _BEGINNING})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, text in enumerate(row):
                    if said := fitting(text):
                        sheet.write_string(place, column, said)
    return content.getvalue()


def fitting(text: str) -> str:
    """What of a text a cell can hold."""
    return _UNFIT.sub("", text)[:LONGEST]
