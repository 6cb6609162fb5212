"""XLSX: the first sheet that holds anything, its first filled row naming the columns."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

import openpyxl
import pyarrow as pa
from defusedxml import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from kithkin.tables.errors import FileEmpty, NotATable, Unreadable, brief, quoted, shown
from kithkin.tables.refusals import SHOWN, Reason, Refusal, text_of
from kithkin.tables.rows import Numbering
from kithkin.tables.values import Decimal
from kithkin.tables.xml_guard import Misshapen, check_shape

_BATCH = 10_000
_LOOKED_AT = 200
_LARGEST_PART = 1 << 30
_LARGEST_TEXTS = 256 << 20
_LARGE_PART = 50 << 20
_TIGHTEST = 200  # sheets of real figures pack 5 to 30 times smaller
_LAST_ROW = 1_048_576
_LONGEST_TEXT = 1 << 20  # bytes: a cell holds 32,767 characters
_UNOPENED = (RuntimeError, NotImplementedError)  # encrypted, or packed in a way that Python does not know
_DAMAGE = (
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    ParseError,
    zlib.error,
    zipfile.BadZipFile,
    InvalidFileException,
)


@dataclass(frozen=True)
class Workbook:
    """One sheet of a workbook."""

    path: Path
    sheet: str
    header_row: int
    columns: tuple[str, ...]
    name: str = "xlsx"
    row_count: int | None = None
    decimal: Decimal = Decimal.POINT

    def scan(self, positions: Sequence[int]) -> WorkbookRows:
        """Begin a pass."""
        return WorkbookRows(self, positions)


def open_xlsx(path: Path) -> Workbook:
    """Find the sheet and its header. Raises Unreadable, NotATable or FileEmpty."""
    try:
        _check_size(path)
        return _look(path)
    except (FileEmpty, NotATable, Unreadable):
        raise
    except _DAMAGE as error:
        raise _damaged(path, error) from None


class WorkbookRows:
    """A pass over a sheet: every cell as text, dates as ISO."""

    ragged_rows: list[tuple[int, tuple[str, ...]]] | None = None

    def __init__(self, table: Workbook, positions: Sequence[int]) -> None:
        self._table = table
        self._positions = positions
        self._ragged = 0
        self._examples: list[tuple[int, str]] = []
        self.number = Numbering(first=table.header_row + 1)

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """Rows that go on beyond the header."""
        return (Refusal(None, Reason.RAGGED, self._ragged, tuple(self._examples)),) if self._ragged else ()

    def __iter__(self) -> Iterator[Any]:
        """Batches of strings."""
        names = [self._table.columns[position] for position in self._positions]
        try:
            with _opened(self._table.path) as book:
                kept = self._kept(_rows(book[self._table.sheet]))
                while batch := list(islice(kept, _BATCH)):
                    columns = [pa.array([_text(row, place) for row in batch], pa.string()) for place in self._positions]
                    yield pa.RecordBatch.from_arrays(columns, names=names)
        except Unreadable:
            raise
        except _DAMAGE as error:
            raise _damaged(self._table.path, error) from None

    def close(self) -> None:
        """The file closes with its iterator."""

    def _kept(self, rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        for number, row in enumerate(rows, 1):
            if number > _LAST_ROW:
                raise Unreadable(
                    f"{shown(self._table.path)}: sheet {quoted(self._table.sheet)} claims more than {_LAST_ROW:,} "
                    "rows, which no spreadsheet program can hold. Save the table as CSV."
                )
            if number <= self._table.header_row:
                continue
            width = _width(row)
            if 0 < width <= len(self._table.columns):
                yield row
                continue
            self.number.skip(number)
            if width:
                self._ragged += 1
                if self.ragged_rows is not None:
                    self.ragged_rows.append((number, tuple(_text(row, place) or "" for place in range(width))))
                if len(self._examples) < SHOWN:
                    self._examples.append((number, text_of(", ".join(str(cell) for cell in row if cell is not None))))


def _look(path: Path) -> Workbook:
    with _opened(path) as book, _opened(path, results=False) as formulas:
        for sheet in book.worksheets:
            head = list(islice(_rows(sheet), _LOOKED_AT))
            written = list(islice(_rows(formulas[sheet.title]), _LOOKED_AT))
            if any(_unsaved(row, cells) for row, cells in zip(written, head, strict=False)):
                raise Unreadable(
                    f"{shown(path)}: sheet {quoted(sheet.title)} holds formulas whose results were never saved. "
                    "Open it in a spreadsheet program and save it."
                )
            filled = [place for place, row in enumerate(head, 1) if _width(row)]
            if filled:
                return _checked(path, sheet.title, filled, head)
    raise FileEmpty(f"{shown(path)}: no sheet of the workbook holds anything.")


def _checked(path: Path, sheet: str, filled: list[int], head: list[tuple[Any, ...]]) -> Workbook:
    header = head[filled[0] - 1]
    width = _width(header)
    if len(filled) == 1 and len(head) < _LOOKED_AT:
        raise FileEmpty(f"{shown(path)}: sheet {quoted(sheet)} has a header, but no row under it.")
    below = [_width(head[place - 1]) for place in filled[1:]]
    if below and min(below) > width:
        raise NotATable(
            f"{shown(path)}: in sheet {quoted(sheet)}, row {filled[0]} names {width} column(s), the row under it fills "
            f"{below[0]}. The first row must name every column: remove a title above it, or complete it."
        )
    return Workbook(path, sheet, filled[0], tuple(_text(header, place) or "" for place in range(width)))


@contextmanager
def _opened(path: Path, *, results: bool = True) -> Iterator[Any]:
    """The workbook, whatever its file is called."""
    with path.open("rb") as file:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=results)
        try:
            yield book
        finally:
            book.close()


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()
    return chain(sheet.iter_rows(values_only=True))


def _width(row: tuple[Any, ...]) -> int:
    """Cells up to the last filled one."""
    return next((place for place in range(len(row), 0, -1) if row[place - 1] not in {None, ""}), 0)


def _unsaved(written: tuple[Any, ...], results: tuple[Any, ...]) -> bool:
    return any(
        isinstance(formula, str) and formula.startswith("=") and result is None
        for formula, result in zip(written, results, strict=False)
    )


def _text(row: tuple[Any, ...], position: int) -> str | None:
    value = row[position] if position < len(row) else None
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return str(value)


def _check_size(path: Path) -> None:
    """Refuse what would fill the memory, before a parser sees it."""
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            if part.file_size > (_LARGEST_TEXTS if "sharedStrings" in part.filename else _LARGEST_PART):
                raise _too_large(path, part, "more than is read from a workbook")
            if part.file_size > _LARGE_PART:
                if part.file_size > _TIGHTEST * part.compress_size:
                    raise _too_large(path, part, f"over {_TIGHTEST} times its packed size, which no table does")
                if _one_long_text(archive, part):
                    raise _too_large(path, part, "and one text in it is longer than a cell can be")
            _check_shape(path, archive, part)


def _check_shape(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    try:
        with archive.open(part) as content:
            check_shape(content)
    except Misshapen as error:
        raise Unreadable(
            f"{shown(path)}: {error} ({text_of(part.filename)}), as no spreadsheet program writes it. "
            "Save the table as CSV."
        ) from None
    except _UNOPENED:
        return


def _one_long_text(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a text goes on for a megabyte or two without a tag."""
    try:
        with archive.open(part) as content:
            return any(len(piece) == _LONGEST_TEXT and b"<" not in piece for piece in _pieces(content))
    except _UNOPENED:
        return False


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    while piece := content.read(_LONGEST_TEXT):
        yield piece


def _too_large(path: Path, part: zipfile.ZipInfo, why: str) -> Unreadable:
    return Unreadable(
        f"{shown(path)}: unpacked, {text_of(part.filename)} would take {part.file_size >> 20:,} MB, {why}. "
        "Save the table as CSV."
    )


def _damaged(path: Path, error: Exception) -> Unreadable:
    cause = error.__cause__ or error
    if isinstance(cause, DefusedXmlException):
        return Unreadable(
            f"{shown(path)}: a part of this workbook defines XML entities of its own. Spreadsheet programs never do; "
            "those who attack them do. If you trust its source, open it, and save it as CSV."
        )
    return Unreadable(
        f"{shown(path)}: the workbook is damaged or cut off ({brief(str(cause), 200)}). Open it and save it again."
    )
