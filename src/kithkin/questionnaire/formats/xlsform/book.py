"""Sheets of texts as a workbook: in memory alone, and the same bytes for the same texts.

A library would lay every sheet into a file of the system first, write the hour into the workbook, and read a text that
begins with "=" as a formula. Here every cell is a text and nothing else.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter

LONGEST = 32_000
"""Characters in a cell; spreadsheet programs hold 32,767."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_BEGINNING = (1980, 1, 1, 0, 0, 0)


def workbook(sheets: Mapping[str, Iterable[Sequence[str]]]) -> bytes:
    """A workbook of these sheets; an empty text leaves its cell out, and what no workbook can hold is left out of it.

    >>> workbook({"survey": [["type"]]}) == workbook({"survey": [["type"]]})
    True
    """
    names = list(sheets)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in {
            "[Content_Types].xml": _types(len(names)),
            "_rels/.rels": _related([("officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": _book(names),
            "xl/_rels/workbook.xml.rels": _related([("worksheet", _path(place)) for place in range(len(names))]),
            **{f"xl/{_path(place)}": _sheet(sheets[name]) for place, name in enumerate(names)},
        }.items():
            member = zipfile.ZipInfo(path, _BEGINNING)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, _HEAD + text)
    return content.getvalue()


def fitting(text: str) -> str:
    """What of a text a cell can hold."""
    return _UNFIT.sub("", text)[:LONGEST]


def _path(place: int) -> str:
    return f"worksheets/sheet{place + 1}.xml"


def _types(count: int) -> str:
    parts = {"/xl/workbook.xml": "sheet.main", **{f"/xl/{_path(place)}": "worksheet" for place in range(count)}}
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(f'<Override PartName="{part}" ContentType="{_TYPES}.{kind}+xml"/>' for part, kind in parts.items())
        + "</Types>"
    )


def _related(parts: Iterable[tuple[str, str]]) -> str:
    said = (
        f'<Relationship Id="rId{place}" Type="{_KINDS}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(parts, start=1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(said)}</Relationships>'


def _book(names: Iterable[str]) -> str:
    said = (
        f'<sheet name={quoteattr(name)} sheetId="{place}" r:id="rId{place}"/>'
        for place, name in enumerate(names, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_KINDS}"><sheets>{"".join(said)}</sheets></workbook>'


def _sheet(rows: Iterable[Sequence[str]]) -> str:
    said = "".join(
        f'<row r="{number}">{"".join(_cells(number, row))}</row>' for number, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{said}</sheetData></worksheet>'


def _cells(number: int, row: Sequence[str]) -> Iterable[str]:
    for place, text in enumerate(row, start=1):
        if said := escape(fitting(text)):
            yield (
                f'<c r="{get_column_letter(place)}{number}" t="inlineStr">'
                f'<is><t xml:space="preserve">{said}</t></is></c>'
            )
