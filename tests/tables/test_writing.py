"""Tables written for people to open."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kithkin import tables
from tests.tables.files import rows

HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1"]


@pytest.mark.parametrize("suffix", ["csv", "parquet", "xlsx"])
def test_what_was_written_is_read_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    tables.write(path, pa.table({"name": ['Zoë, "Z"', None], "score": [7.5, 3.0]}))
    read = tables.source(path).read(numbers=["score"])
    assert rows(read) == [('Zoë, "Z"', 7.5), (None, 3.0)]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_texts_and_headers_that_begin_like_formulas_are_made_harmless(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    tables.write(path, pa.table({"=header": HOSTILE}))
    source = tables.source(path)
    assert source.columns == ("'=header",)
    assert [row[0] for row in rows(source.read())] == [f"'{text}" for text in HOSTILE]


def test_negative_numbers_stay_numbers_even_as_text(tmp_path: Path) -> None:
    tables.write(tmp_path / "a.csv", pa.table({"a": ["-5", "+3.5"], "b": [-1.0, 2.0]}))
    assert (tmp_path / "a.csv").read_text() == '"a","b"\n"-5",-1\n"+3.5",2\n'


def test_parquet_keeps_texts_as_they_are(tmp_path: Path) -> None:
    tables.write(tmp_path / "a.parquet", pa.table({"a": HOSTILE}))
    assert pq.read_table(tmp_path / "a.parquet")["a"].to_pylist() == HOSTILE


def test_a_sheet_has_blanks_for_what_is_not_finite_and_no_control_characters(tmp_path: Path) -> None:
    tables.write(tmp_path / "a.xlsx", pa.table({"a": [float("nan"), 1.0], "b": ["x\x00y", "z"]}))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert list(sheet.iter_rows(values_only=True)) == [("a", "b"), (None, "x�y"), (1, "z")]


@pytest.mark.parametrize(
    ("name", "message"),
    [("a.docx", "Use .csv, .parquet or .xlsx"), ("nowhere/a.csv", "the system cannot write it")],
)
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(tables.Unwritable, match=message):
        tables.write(tmp_path / name, pa.table({"a": [1]}))


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("old")
    with pytest.raises(tables.Unwritable, match="a type this format cannot hold"):
        tables.write(tmp_path / "a.csv", pa.table({"a": [[1, 2]]}))
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.csv", "old")]
