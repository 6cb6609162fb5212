"""A workbook's sheets as rows of texts. Macros, formulas and links in it are never followed."""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from xml.parsers import expat
from zipfile import BadZipFile

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from kithkin.questionnaire.formats.errors import FormatError
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.opening import DEEPEST, MOST_NODES, Opened
from kithkin.questionnaire.formats.xlsform.types import LANGUAGES, OTHER_NAMES

MOST_ROWS = 100_000
MOST_COLUMNS = 500
SHEETS = ("survey", "choices", "settings")
ELSEWHERE = {
    "external_choices": "lists of choices that lie outside the form are not read",
    "entities": "no entities are kept",
    "osm": "no maps are drawn",
}
_DAMAGE = (
    KeyError, IndexError, ValueError, TypeError, AttributeError, OSError, EOFError, ParseError, zlib.error, BadZipFile,
    InvalidFileException, DefusedXmlException, RuntimeError, NotImplementedError, AssertionError,
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """A row: texts by column, and by column and language where a column has several."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    said: dict[str, dict[str, str]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")

    def texts(self, name: str) -> dict[str, str]:
        """A column in every language; "" is the language that it does not name."""
        found = dict(self.said.get(name, {}))
        if self.cells.get(name):
            found[""] = self.cells[name]
        return found


def is_workbook(opened: Opened) -> bool:
    """Whether it is a workbook with a sheet named survey."""
    if not opened.is_archive:
        return False
    with opened.archive() as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return False
        with archive.open("xl/workbook.xml") as part:
            return b'name="survey"' in part.read(1_000_000).lower()


def sheets(opened: Opened, losses: Losses) -> dict[str, list[Row]]:
    """The sheets of a form; others that mean something are told. Raises FormatError."""
    with opened.archive() as archive:
        for member in archive.namelist():
            if member.endswith((".xml", ".rels")):
                with archive.open(member) as part:
                    _check_shape(part, member)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(opened.content, losses)
    except FormatError:
        raise
    except _DAMAGE as error:
        what = f"The workbook cannot be read: {str(error)[:120] or type(error).__name__}."
        raise FormatError("", what, "It may be damaged; save it anew as .xlsx.") from None


def _check_shape(content: IO[bytes], member: str) -> None:
    """One cheap pass before a parser builds a tree: nothing too deep, too large or with entities of its own."""
    depth = count = 0

    def begin(*_: object) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > DEEPEST or count > MOST_NODES:
            what = "is nested too deep" if depth > DEEPEST else "has too many elements"
            raise FormatError(member[:80], f"A part of the workbook {what}.", "Save it anew as .xlsx.")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def declared(*_: object) -> None:
        what = "A part of the workbook declares entities, which can exhaust or disclose."
        raise FormatError(member[:80], what, "Save it anew as .xlsx.")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = begin, end, declared
    try:
        while piece := content.read(1 << 16):
            parser.Parse(piece)
    except expat.ExpatError:
        return  # the parser that follows refuses it


def _read(content: bytes, losses: Losses) -> dict[str, list[Row]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        named = {name.strip().lower(): name for name in book.sheetnames}
        for name in ELSEWHERE.keys() & named.keys():
            losses.lost(f"/{name}", f"the sheet {name}", ELSEWHERE[name])
        return {name: list(_rows(book[named[name]], name)) for name in SHEETS if name in named}
    finally:
        book.close()


def _rows(sheet: Any, name: str) -> Iterator[Row]:
    columns: list[tuple[str, str]] | None = None
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), start=1):
        if number > MOST_ROWS:
            raise FormatError(f"/{name}", f"More than {MOST_ROWS:,} rows.", "Divide the form.")
        texts = [_text(cell) for cell in cells]
        if not any(texts):
            continue
        if columns is None:
            columns = [_column(text) for text in texts]
            continue
        row = Row(number)
        for (column, language), text in zip(columns, texts, strict=False):
            if not column or not text:
                continue
            if language:
                row.said.setdefault(column, {})[language] = text
            else:
                row.cells.setdefault(column, text)
        yield row


def _text(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case dt.datetime() if cell.time() == dt.time():
            return cell.date().isoformat()
        case dt.datetime() | dt.date() | dt.time():
            return cell.isoformat()
    return str(cell).replace("\0", "").strip()


def _column(text: str) -> tuple[str, str]:
    """A column's name and its language: `label::English (en)`."""
    text = " ".join(text.split())
    known = OTHER_NAMES.get(text.lower().replace("::", ":"))
    if known:
        return known, ""
    divider = "::" if "::" in text else ":" if text.lower().startswith(("label:", "hint:")) else ""
    if not divider:
        return text.lower() if text.lower() in {"type", "name", "label", "hint", "list_name"} else text, ""
    head, _, tail = text.partition(divider)
    if head.lower() in {"media", "bind", "control", "body"}:
        inner, _, tail = tail.partition(divider)
        name = OTHER_NAMES.get(f"{head.lower()}:{inner.lower()}", f"{head}::{inner}")
        return name, language(tail) if tail else ""
    return OTHER_NAMES.get(head.lower().strip(), head.lower().strip()), language(tail)


def language(text: str) -> str:
    """A language as it is written in a form: by its code in brackets, its code, or its name."""
    text = text.strip()
    if text.endswith(")") and "(" in text:
        code = text[text.rindex("(") + 1 : -1].strip()
        if code.replace("-", "").isalnum():
            return code
    return LANGUAGES.get(text.lower(), "".join(letter for letter in text if letter.isalnum() or letter in "-_")[:40])
