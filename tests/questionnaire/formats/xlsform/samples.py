"""Forms as workbooks, from a few rows."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from kithkin.questionnaire.formats import read

COLORS = (
    {"list_name": "colors", "name": "red", "label": "Red"},
    {"list_name": "colors", "name": "blue", "label": "Blue"},
)


def form(*survey: dict[str, Any], choices: tuple = COLORS, settings: dict[str, Any] | None = None) -> bytes:
    """A workbook; each row is a column → cell."""
    book = openpyxl.Workbook()
    for title, rows in (("survey", survey), ("choices", choices), ("settings", (settings or {"form_title": "Form"},))):
        sheet = book.create_sheet(title)
        columns = list(dict.fromkeys(name for row in rows for name in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(name) for name in columns])
    del book["Sheet"]
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def row(kind: str, name: str = "", label: str | None = "What?", **more: Any) -> dict[str, Any]:
    """A row of the survey; `__` in a column's name stands for `::`."""
    cells = {
        "type": kind,
        "name": name,
        "label": label,
        **{key.replace("__", "::"): value for key, value in more.items()},
    }
    return {key: value for key, value in cells.items() if value not in {None, ""}}


def asked(*survey: dict[str, Any], **more: Any) -> Any:
    """A form as it comes in."""
    return read(form(*survey, **more))


def elements(*survey: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    """The elements of the first page."""
    return asked(*survey, **more).questionnaire.to_json()["body"]["pages"][0]["elements"]


def told(found: Any) -> list[tuple[str, str, str]]:
    """What is not the same any more."""
    return [(each.kind.value, each.where, each.reason) for each in found.losses if each.kind.value != "kept"]


def sheets(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """A workbook's rows."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = {}
    for sheet in book.worksheets:
        columns, *rows = [list(line) for line in sheet.iter_rows(values_only=True)]
        found[sheet.title] = [
            {name: cell for name, cell in zip(columns, line, strict=True) if cell is not None} for line in rows
        ]
    return found
