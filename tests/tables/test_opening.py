"""What is no table, and what is said about it."""

from __future__ import annotations

import io
import os
import random
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest

from kithkin import tables
from tests.tables.files import opened


def _parquet(rows: int = 3) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table({"score": list(range(rows))}, schema=pa.schema([("score", pa.int64())])), sink)
    return sink.getvalue()


def _xlsx(*rows: tuple[object, ...]) -> bytes:
    book, sink = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(sink)
    return sink.getvalue()


def _zip(*names: str) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return sink.getvalue()


def _with_sheet(rewrite: Callable[[bytes], bytes]) -> bytes:
    """A workbook whose sheet is written anew."""
    sink = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_xlsx(("team", "score"), ("A", 1)))) as sound,
        zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in sound.namelist():
            part = sound.read(name)
            archive.writestr(name, rewrite(part) if name == "xl/worksheets/sheet1.xml" else part)
    return sink.getvalue()


def _declaring(entity: bytes) -> Callable[[bytes], bytes]:
    return lambda part: b"<!DOCTYPE worksheet [<!ENTITY x " + entity + b">]>" + part[part.index(b"<worksheet") :]


def test_a_workbook_that_claims_rows_without_end_is_refused(tmp_path: Path) -> None:
    endless = tmp_path / "endless.xlsx"
    endless.write_bytes(
        _with_sheet(
            lambda part: (
                part.replace(b'"2"', b'"1048576000"')
                .replace(b'"B2"', b'"B1048576000"')
                .replace(b'"A2"', b'"A1048576000"')
            )
        )
    )
    with pytest.raises(tables.TableError, match=r"endless\.xlsx: sheet 'Sheet' claims more than 1,048,576 rows.*CSV"):
        tables.source(endless).read()


def test_a_missing_file_names_its_nearest_neighbour(tmp_path: Path) -> None:
    (tmp_path / "answers_2018.csv").write_text("a,b\n1,2\n")
    with pytest.raises(
        tables.FileMissing, match=r"answers-2018\.csv: there is no such file\. Did you mean .*answers_2018"
    ):
        tables.source(tmp_path / "answers-2018.csv")


@pytest.mark.parametrize("address", ["https://example.org/a.csv", "s3://bucket/a.parquet", "file:///etc/passwd"])
def test_remote_addresses_are_not_read(address: str) -> None:
    with pytest.raises(tables.FileMissing, match="only files on this machine are read"):
        tables.source(address)


def test_a_folder_is_not_a_table(tmp_path: Path) -> None:
    with pytest.raises(tables.NotATable, match="this is a folder"):
        tables.source(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(tables.NotATable, match="a device or a pipe"):
        tables.source(tmp_path / "pipe")


@pytest.mark.parametrize("path", ["a\0b.csv", "x" * 5000])
def test_impossible_paths_are_refused(path: str) -> None:
    with pytest.raises(tables.TableError):
        tables.source(path)


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        (b"", tables.FileEmpty, "the file is empty"),
        (b"\xef\xbb\xbf", tables.FileEmpty, "the file is empty"),
        (b" \n\r\n \n", tables.FileEmpty, "the file is empty"),
        (b"a,b\n", tables.FileEmpty, "there is a header, but no row"),
        (b"a,b", tables.FileEmpty, "there is a header, but no row"),
        (bytes(range(256)) * 20, tables.NotATable, "a NUL byte in line 1"),
        (b"\x89PNG\r\n\x1a\n", tables.NotATable, "this is a picture"),
        (b"%PDF-1.7", tables.NotATable, "this is a PDF"),
        (b"\x1f\x8b\x08", tables.NotATable, "Unpack it first"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", tables.NotATable, "old or password-protected Excel"),
        (b"<!DOCTYPE html>\n<p>Log in\n", tables.NotATable, "a web page, XML or JSON"),
        (b'{"a": 1}\n{"a": 2}\n', tables.NotATable, "a web page, XML or JSON"),
        (b'[{"a": 1, "b": 2}]', tables.NotATable, "a web page, XML or JSON"),
        (b'<?xml version="1.0"?>\n<a b="1,2"/>', tables.NotATable, "a web page, XML or JSON"),
        (b"Survey 2024\na,b\n1,2\n3,4\n", tables.NotATable, "remove a title above it"),
        (b"score,dept,score \n1,2,3\n", tables.DuplicateHeaders, "columns 1, 3 are all called 'score'"),
        (b"PAR1 and then nothing", tables.Unreadable, "damaged or cut off"),
        (_parquet()[:-10], tables.Unreadable, "damaged or cut off"),
        (_parquet(0), tables.FileEmpty, "holds no row"),
        (b"PK\x03\x04 and then nothing", tables.Unreadable, "damaged or cut off"),
        (_xlsx(("a",), (1,))[:-50], tables.Unreadable, "damaged or cut off"),
        (_zip("photo.txt"), tables.NotATable, "a zip archive"),
        (_zip("content.xml"), tables.NotATable, "an OpenDocument file"),
        (_zip("xl/workbook.xml"), tables.Unreadable, "the workbook is damaged"),
        (_xlsx(), tables.FileEmpty, "no sheet of the workbook holds anything"),
        (_xlsx(("a", "b")), tables.FileEmpty, "has a header, but no row"),
        (_xlsx(("Survey",), ("a", "b"), (1, 2)), tables.NotATable, "remove a title above it"),
        (_xlsx(("a", "b"), (1, "=A2+1")), tables.Unreadable, "formulas whose results were never saved"),
        (_xlsx(("a", "a "), (1, 2)), tables.DuplicateHeaders, "columns 1, 2 are all called 'a'"),
        (_with_sheet(_declaring(b'"lol"')), tables.Unreadable, "defines XML entities of its own.*save it as CSV"),
        (_with_sheet(_declaring(b'SYSTEM "file:///etc/passwd"')), tables.Unreadable, "defines XML entities of its own"),
        (b"$FL2@(#) SPSS", tables.Unreadable, "the SPSS file is damaged"),
    ],
)
def test_what_is_no_table_is_told_apart(
    tmp_path: Path, content: bytes, error: type[tables.TableError], message: str
) -> None:
    with pytest.raises(tables.TableError, match=message) as caught:
        opened(tmp_path, content, "answers.csv")
    assert type(caught.value) is error
    assert str(tmp_path / "answers.csv") in str(caught.value)


def _holding(filling: Iterable[bytes]) -> Callable[[bytes], bytes]:
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>%b</t></is></c></row>' % b"".join(filling)
    return lambda part: part.replace(b"<sheetData>", b"<sheetData>" + cell)


def test_a_sheet_that_unpacks_to_hundreds_of_times_its_size_is_refused(tmp_path: Path) -> None:
    bomb = _with_sheet(_holding([b"x" * (51 << 20)]))
    with pytest.raises(tables.Unreadable, match=r"sheet1.xml would take 51 MB, over 200 times.*Save the table as CSV"):
        opened(tmp_path, bomb, "answers.xlsx")


def test_a_cell_of_many_megabytes_is_refused_however_it_is_packed(tmp_path: Path) -> None:
    noise = random.Random(0).randbytes(10_000).hex().encode()
    bomb = _with_sheet(_holding(noise + b" " * 3_000_000 for _ in range(18)))
    with pytest.raises(tables.Unreadable, match=r"sheet1.xml would take 51 MB, and one text in it is longer.*as CSV"):
        opened(tmp_path, bomb, "answers.xlsx")


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (
            b'<row><c t="inlineStr"><is>' + b"<t>" * 2_500_000 + b"</t>" * 2_500_000 + b"</is></c></row>",
            "nested over 100 deep",
        ),
        (
            b'<row><c t="inlineStr"><is>' + b"<r/>" * 4_000_000 + b"</is></c></row>",
            "a cell in it has over 100,000 elements",
        ),
        (b"<row>" + b"<c/>" * 4_000_000 + b"</row>", "a row in it has over 100,000 cells"),
        (b"<row/>" * 3_000_001, "over 3,000,000 elements beside its cells"),
    ],
    ids=["deep", "wide cell", "wide row", "many rows"],
)
def test_a_sheet_nested_or_branched_like_no_table_is_refused_before_it_is_built(
    tmp_path: Path, sheet: bytes, said: str
) -> None:
    bomb = _with_sheet(lambda part: part.replace(b"<sheetData>", b"<sheetData>" + sheet))
    with pytest.raises(tables.Unreadable, match=rf"answers\.xlsx: .*{said} \(xl/worksheets/sheet1\.xml\)"):
        opened(tmp_path, bomb, "answers.xlsx")


def test_refusing_a_deep_sheet_of_20_mb_takes_little_memory(tmp_path: Path) -> None:
    deep = b"<row><c><is>" + b"<t>" * 2_500_000 + b"</t>" * 2_500_000 + b"</is></c></row>"
    bomb = _with_sheet(lambda part: part.replace(b"<sheetData>", b"<sheetData>" + deep))
    tracemalloc.start()
    try:
        with pytest.raises(tables.Unreadable, match="nested"):
            opened(tmp_path, bomb, "answers.xlsx")
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()


def test_shared_strings_nested_like_no_table_are_refused(tmp_path: Path) -> None:
    book = tmp_path / "answers.xlsx"
    book.write_bytes(_xlsx(("team", "score"), ("A", 1)))
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", b"<sst><si>" + b"<r>" * 200 + b"</r>" * 200 + b"</si></sst>")
    with pytest.raises(tables.Unreadable, match=r"nested over 100 deep \(xl/sharedStrings\.xml\).*as CSV"):
        tables.source(book)


def test_a_row_as_wide_as_a_sheet_and_a_text_of_many_styles_are_read(tmp_path: Path) -> None:
    styled = b"".join(b"<r><rPr><b/><sz val='9'/></rPr><t>%d </t></r>" % n for n in range(6_000))
    cells = b"<c><v>1</v></c>" * 16_383 + b'<c t="inlineStr"><is>' + styled + b"</is></c>"
    rewritten = _with_sheet(lambda part: part.replace(b"</sheetData>", b"<row>" + cells + b"</row></sheetData>"))
    assert opened(tmp_path, rewritten, "answers.xlsx").columns == ("team", "score")


def test_a_sheet_of_more_than_50_mb_in_ordinary_cells_is_read(tmp_path: Path) -> None:
    def many(part: bytes) -> bytes:
        rows = b"".join(b"<row><c><v>%d</v></c>%b</row>" % (n, b" " * 700) for n in range(75_000))
        return part.replace(b"</sheetData>", rows + b"</sheetData>")

    source = opened(tmp_path, _with_sheet(many), "answers.xlsx")
    assert source.columns == ("team", "score")


def test_a_parquet_file_damaged_in_its_middle_is_an_error_when_read(tmp_path: Path) -> None:
    content = bytearray(_parquet(100_000))
    content[1000:90_000] = b"\xff" * 89_000
    source = opened(tmp_path, bytes(content))
    with pytest.raises(tables.Unreadable, match="damaged or cut off"):
        source.read()
    with pytest.raises(tables.Unreadable, match="damaged or cut off"):
        source.cells("score")


def test_an_spss_file_cut_off_is_an_error_when_read(tmp_path: Path) -> None:
    path = tmp_path / "answers.sav"
    pyreadstat.write_sav(pd.DataFrame({"score": [float(n) for n in range(2000)], "text": ["abcdefgh"] * 2000}), path)
    path.write_bytes(path.read_bytes()[:-4000])
    with pytest.raises(tables.Unreadable, match="the SPSS file is damaged"):
        tables.source(path).read()


@pytest.mark.parametrize(
    ("asked", "suggestion"),
    [("netpro", "'NETPRO'"), ("NETPR0", "'NETPRO'"), ("net_pro", "'NETPRO'"), ("Wieght", "'WEIGHT'")],
)
def test_a_column_under_another_spelling_is_suggested(tmp_path: Path, asked: str, suggestion: str) -> None:
    source = opened(tmp_path, "NETPRO  ,WEIGHT,dept\n1,2,3\n")
    with pytest.raises(tables.UnknownColumn, match=f"no column '{asked}'. Did you mean {suggestion}"):
        source.column(asked)


def test_a_column_like_no_other_gets_the_list(tmp_path: Path) -> None:
    with pytest.raises(tables.UnknownColumn, match="There are 'a', 'b'"):
        opened(tmp_path, "a,b\n1,2\n").column("satisfaction")


def test_globs_give_columns_in_the_files_order_each_once(tmp_path: Path) -> None:
    source = opened(tmp_path, "Q7B,Q7A,x,Q[8]\n1,2,3,4\n")
    assert source.match(["x", "Q7*", "Q7A"]) == ("Q7B", "Q7A", "x")
    assert source.match(["Q[8]"]) == ("Q[8]",)


def test_a_glob_that_means_no_column_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(tables.UnknownColumn, match=r"no column 'Z\*'"):
        opened(tmp_path, "a,b\n1,2\n").match(["a", "Z*"])


def test_control_characters_of_a_path_do_not_reach_the_terminal(tmp_path: Path) -> None:
    with pytest.raises(tables.FileMissing) as caught:
        tables.source(tmp_path / "\x1b[2Ja.csv")
    assert "\x1b" not in str(caught.value)


def test_a_giant_name_is_cut_in_every_message(tmp_path: Path) -> None:
    giant = "x" * 200_000
    source = opened(tmp_path, f"{giant},{giant}y\n1,one\n")
    cut = "x" * 59 + "…"
    for asked in ("score", giant[:-1]):
        with pytest.raises(tables.UnknownColumn, match=f"'{cut}'") as caught:
            source.column(asked)
        assert len(str(caught.value)) < len(str(tmp_path)) + 300
    assert str(source.read(numbers=[f"{giant}y"]).refused[0]) == f"{cut}: 1 not a number ('one' in row 2)"
    with pytest.raises(tables.DuplicateHeaders, match=f"columns 1, 2 are all called '{cut}'\\."):
        opened(tmp_path, f"{giant},{giant}\n1,2\n")
