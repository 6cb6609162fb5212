"""Write an Arrow table where people open it: a text that a spreadsheet would run as a formula gets a leading '."""

from __future__ import annotations

import math
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from kithkin.tables.errors import Unwritable, shown
from kithkin.tables.values import plain_type

_FORMULA = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$")
_SHEET_ROWS = 1_048_576
_SHEET_COLUMNS = 16_384
_SHEET_TEXT = 32_767


def write(path: str | os.PathLike[str], table: Any) -> None:
    """Write a pyarrow Table as CSV (UTF-8, commas), Parquet or XLSX, by the path's suffix.

    The file appears whole or not at all. In CSV and XLSX, texts and headers that begin like a formula get a leading
    apostrophe, unless they are plain numbers; Parquet is written as it is. Raises Unwritable.
    """
    target = Path(path)
    writers: dict[str, Callable[[Any, Path], None]] = {".csv": _csv, ".parquet": _parquet, ".xlsx": _xlsx}
    writer = writers.get(target.suffix.lower())
    if writer is None:
        raise Unwritable(f"{shown(target)}: unknown kind of file {target.suffix!r}. Use .csv, .parquet or .xlsx.")
    try:
        _whole(target, lambda draft: writer(table, draft))
    except Unwritable as error:
        raise Unwritable(f"{shown(target)}: {error}") from None
    except OSError as error:
        raise Unwritable(f"{shown(target)}: the system cannot write it ({error.strerror or error}).") from None
    except pa.ArrowException as error:
        raise Unwritable(f"{shown(target)}: a column has a type this format cannot hold ({error}).") from None


def guarded(text: str) -> str:
    """The text, made harmless for a spreadsheet.

    >>> guarded("=HYPERLINK(A1)"), guarded("-5"), guarded("fine")
    ("'=HYPERLINK(A1)", '-5', 'fine')
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def _whole(target: Path, writer: Callable[[Path], None]) -> None:
    descriptor, name = tempfile.mkstemp(prefix=".kithkin-", dir=target.parent)
    os.close(descriptor)
    draft = Path(name)
    try:
        writer(draft)
        draft.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _csv(table: Any, draft: Path) -> None:
    harmless = pa.Table.from_arrays(
        [_guarded_column(column) for column in table.columns], names=[guarded(name) for name in table.column_names]
    )
    arrow_csv.write_csv(harmless, draft, arrow_csv.WriteOptions(quoting_style="needed"))


def _parquet(table: Any, draft: Path) -> None:
    pq.write_table(table, draft)


def _xlsx(table: Any, draft: Path) -> None:
    if table.num_rows >= _SHEET_ROWS or table.num_columns > _SHEET_COLUMNS:
        raise Unwritable(
            f"{table.num_rows:,} rows × {table.num_columns:,} columns: a sheet holds {_SHEET_ROWS - 1:,} × "
            f"{_SHEET_COLUMNS:,}. Write CSV or Parquet."
        )
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("table")
    sheet.append([_cell(name) for name in table.column_names])
    for batch in table.to_batches(max_chunksize=10_000):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            sheet.append([_cell(value) for value in row])
    book.save(draft)


def _guarded_column(column: Any) -> Any:
    plain = plain_type(column)
    if not pa.types.is_string(plain.type):
        return column
    encoded = plain.dictionary_encode()
    distinct = [guarded(text) for text in encoded.dictionary.to_pylist()]
    return pa.array(distinct, pa.string()).take(encoded.indices)


def _cell(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, list | dict | bytes):
        raise Unwritable("A sheet cannot hold lists, records or bytes. Write Parquet.")
    if not isinstance(value, str):
        return value
    text = guarded(ILLEGAL_CHARACTERS_RE.sub("�", value))
    if len(text) > _SHEET_TEXT:
        raise Unwritable(f"A text of {len(text):,} characters: a sheet's cell holds {_SHEET_TEXT:,}. Write CSV.")
    return text
