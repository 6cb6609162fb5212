"""Parquet, XLSX and .sav give what CSV gives."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest

from kithkin import tables
from kithkin.tables import Reason, Refusal
from tests.tables.files import rows

MORNING = dt.datetime.fromisoformat("2024-05-01 09:30")
MIDNIGHT = dt.datetime.fromisoformat("2024-05-01")


def _xlsx(path: Path, *sheets: list[tuple[object, ...]]) -> tables.Source:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets):
        created = book.create_sheet(f"sheet {number}")
        for row in sheet:
            created.append(row)
    book.save(path)
    return tables.source(path)


def test_a_workbooks_cells_become_text(tmp_path: Path) -> None:
    source = _xlsx(
        tmp_path / "a.xlsx",
        [
            (" score ", "at", "day", "met", "note"),
            (7, MORNING, MIDNIGHT, True, " x "),
            (7.5, None, None, False, "NA"),
        ],
    )
    assert (source.format, source.columns) == ("xlsx", ("score", "at", "day", "met", "note"))
    assert rows(source.read()) == [
        ("7", "2024-05-01 09:30:00", "2024-05-01", "true", "x"),
        ("7.5", None, None, "false", None),
    ]


def test_the_first_sheet_with_data_is_read(tmp_path: Path) -> None:
    assert rows(_xlsx(tmp_path / "a.xlsx", [], [("a",), (1,)], [("b",), (2,)]).read()) == [("1",)]


def test_blank_rows_of_a_sheet_are_left_out_and_row_numbers_stay_the_sheets(tmp_path: Path) -> None:
    source = _xlsx(tmp_path / "a.xlsx", [(), ("a", "b"), (1, 1), (), ("x", 1), (2, 1, "beyond"), ("y", 1)])
    read = source.read(["a"], numbers=["a"])
    assert rows(read) == [(1.0,), (None,), (None,)]
    assert read.refused == (
        Refusal(None, Reason.RAGGED, 1, ((6, "2, 1, beyond"),)),
        Refusal("a", Reason.NOT_A_NUMBER, 2, ((5, "x"), (7, "y"))),
    )


def test_an_spss_file_gives_codes_dates_and_missing_values(tmp_path: Path) -> None:
    frame = pd.DataFrame({"score": [1.0, None], "day": [dt.date(2024, 5, 1)] * 2, "text": ["é", ""]})
    pyreadstat.write_sav(frame, tmp_path / "a.sav", variable_value_labels={"score": {1: "bad"}})
    source = tables.source(tmp_path / "a.sav")
    assert (source.format, source.rows, source.columns) == ("sav", 2, ("score", "day", "text"))
    assert rows(source.read(["text", "score", "day"])) == [("é", "1", "2024-05-01"), (None, None, "2024-05-01")]
    assert rows(source.read(["score"], numbers=["score"])) == [(1.0,), (None,)]


def test_an_spss_file_is_read_chunk_by_chunk(tmp_path: Path) -> None:
    pyreadstat.write_sav(pd.DataFrame({"n": [float(n) for n in range(120_000)]}), tmp_path / "a.sav")
    batches = list(tables.source(tmp_path / "a.sav").batches(numbers=["n"]))
    assert [batch.num_rows for batch in batches] == [50_000, 50_000, 20_000]
    assert batches[-1].column(0)[-1].as_py() == 119_999.0


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (pa.array([1, None], pa.int8()), "1"),
        (pa.array([2.5, None]), "2.5"),
        (pa.array([2.0, float("nan")]), "2"),
        (pa.array([True, None]), "true"),
        (pa.array(["NA", " x "]).take(pa.array([1, 0])), "x"),
        (pa.array([dt.date(2024, 5, 1), None]), "2024-05-01"),
        (pa.array([MIDNIGHT, None]), "2024-05-01"),
        (pa.array(["x", None]).dictionary_encode(), "x"),
        (pa.array(["x", None], pa.large_string()), "x"),
    ],
)
def test_any_type_of_parquet_becomes_text(tmp_path: Path, values: pa.Array, text: str) -> None:
    pq.write_table(pa.table({"a": values}), tmp_path / "a.parquet")
    source = tables.source(tmp_path / "a.parquet")
    assert (source.format, source.rows) == ("parquet", 2)
    assert rows(source.read()) == [(text,), (None,)]


@pytest.mark.parametrize(
    "name", ["*.parquet", "a[b].parquet", "what?.parquet", "it's.parquet", "a;b.parquet", "month=3/a.parquet"]
)
def test_a_file_name_is_a_name_and_not_a_pattern(tmp_path: Path, name: str) -> None:
    pq.write_table(pa.table({"score": [0]}), tmp_path / "ab.parquet")
    (tmp_path / name).parent.mkdir(exist_ok=True)
    pq.write_table(pa.table({"score": [9]}), tmp_path / name)
    cells = tables.source(tmp_path / name).cells("score")
    assert cells.table["score"].to_pylist() == [9.0]


@pytest.mark.parametrize(
    "name",
    ['"', "a;b", "select", "g0", "s", "w", "score", "n", "x'); DROP TABLE rows; --", "日本", "a.b", "{0}", "kept"],
)
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_column_name_is_a_name_and_not_a_query(tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    table = pa.table({name: [1, 1, 2], "other": [5, 5, 6]})
    if suffix == "csv":
        pd.DataFrame({name: [1, 1, 2], "other": [5, 5, 6]}).to_csv(path, index=False)
    else:
        pq.write_table(table, path)
    source = tables.source(path)
    assert source.cells(name, by=["other"], weight=name).table["n"].to_pylist() == [2, 1]
    by_name = source.cells("other", by=[name], weight="other")
    assert by_name.table[by_name.by[0]].to_pylist() == ["1", "2"]
    assert by_name.table["score"].to_pylist() == [5.0, 6.0]
    assert source.totals("other", by=[name]).table["sum_wx"].to_pylist() == [10.0, 6.0]
