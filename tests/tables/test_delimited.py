"""CSV and its relatives, whatever a spreadsheet or a database made of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithkin import tables
from kithkin.tables import Reason, Refusal
from tests.tables.files import opened, rows

PEOPLE = [("Zoë", "7"), ("Jürgen – €", "9")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_need_no_flag(tmp_path: Path, delimiter: str, newline: str) -> None:
    text = newline.join(delimiter.join(row) for row in [("name", "score"), *PEOPLE])
    assert rows(opened(tmp_path, text).read()) == PEOPLE


@pytest.mark.parametrize("said", ["sep=;", "SEP=;", '"sep=;"', "sep=;;"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_first_line_of_excel_that_names_the_delimiter_is_no_header(tmp_path: Path, said: str, newline: str) -> None:
    source = opened(tmp_path, newline.join([said, "name;score", "a,b;7,5", "too;many;fields", "c,d;x", ""]))
    read = source.read(numbers=["score"])
    assert source.columns == ("name", "score")
    assert rows(read) == [("a,b", 7.5), ("c,d", None)]
    assert read.refused == (
        Refusal(None, Reason.RAGGED, 1, ((4, "too;many;fields"),)),
        Refusal("score", Reason.NOT_A_NUMBER, 1, ((5, "x"),)),
    )


def test_delimiter_that_is_named_wins_over_the_one_that_fits_as_well(tmp_path: Path) -> None:
    assert opened(tmp_path, "sep=\t\na,b\tc,d\n1,2\t3,4\n", encoding="utf-16").columns == ("a,b", "c,d")


@pytest.mark.parametrize("text", ["sep=;", "sep=;\n", "sep=;\n\n"])
def test_sep_line_alone_is_an_empty_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(tables.FileEmpty):
        opened(tmp_path, text)


def test_sep_line_above_a_header_alone_is_an_empty_file(tmp_path: Path) -> None:
    with pytest.raises(tables.FileEmpty, match="no row under it"):
        opened(tmp_path, "sep=;\na;b\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encoding_needs_no_flag(tmp_path: Path, encoding: str) -> None:
    source = opened(tmp_path, "name,score\nZoë,7\nJürgen – €,9\n", encoding=encoding)
    assert source.columns == ("name", "score")
    assert rows(source.read()) == PEOPLE


def test_utf16_that_begins_with_its_big_end_is_told_by_its_mark(tmp_path: Path) -> None:
    content = b"\xfe\xff" + "name,score\nZoë,7\n".encode("utf-16-be")
    assert rows(opened(tmp_path, content).read()) == [("Zoë", "7")]


def test_latin1_far_behind_an_ascii_head_is_read(tmp_path: Path) -> None:
    content = b"name,score\n" + b"Ann,7\n" * 1_500_000 + "Zoë,9\n".encode("latin-1")
    last = list(opened(tmp_path, content).batches())[-1]
    assert last.slice(last.num_rows - 1).to_pylist() == [{"name": "Zoë", "score": "9"}]


def test_the_five_bytes_that_windows_leaves_undefined_are_read_as_latin1_does(tmp_path: Path) -> None:
    assert rows(opened(tmp_path, b"a,b\n\x81\xe9,1\n").read()) == [("\x81é", "1")]


def test_a_utf8_file_that_turns_latin1_is_refused_with_the_line(tmp_path: Path) -> None:
    content = "name,score\nZoë,7\n".encode() + b"Ann,7\n" * 1_500_000 + "Zoë,9\n".encode("latin-1")
    source = opened(tmp_path, content)
    with pytest.raises(tables.Unreadable, match="mixes encodings: save it again as UTF-8"):
        source.read()


def test_utf16_cut_within_a_character_is_refused(tmp_path: Path) -> None:
    with pytest.raises(tables.Unreadable, match="cut off"):
        opened(tmp_path, "name,score\nZoë,7\n".encode("utf-16")[:-1])


def test_headers_lose_their_spaces(tmp_path: Path) -> None:
    source = opened(tmp_path, " NETPRO  ,\u00a0dept\n9,Sales \n")
    assert source.columns == ("NETPRO", "dept")
    assert source.column(" NETPRO") == "NETPRO"
    assert rows(source.read()) == [("9", "Sales")]


def test_columns_without_a_name_are_called_after_their_place(tmp_path: Path) -> None:
    assert opened(tmp_path, "a,,\n1,2,3\n").columns == ("a", "column 2", "column 3")


@pytest.mark.parametrize("missing", ["", " ", "NA", "n/a", "N/A", "#N/A", "?", "NULL", "null", "NaN", ".", " ? "])
def test_what_means_missing_becomes_null(tmp_path: Path, missing: str) -> None:
    read = opened(tmp_path, f"a,b\n{missing},1\n5,2\n").read(["a"], numbers=["a"])
    assert (rows(read), read.refused) == ([(None,), (5.0,)], ())


@pytest.mark.parametrize(
    ("text", "number"), [("3", 3), ("-3.5", -3.5), ("+4", 4), (" 5 ", 5), ("1e3", 1000), (".5", 0.5), ("−2", -2)]
)
def test_what_is_a_number(tmp_path: Path, text: str, number: float) -> None:
    assert rows(opened(tmp_path, f"a,b\n{text},1\n").read(["a"], numbers=["a"])) == [(float(number),)]


@pytest.mark.parametrize("text", ["abc", "inf", "-Infinity", "1_000", "0x10", "٣", "5 %", "1 000", "1e999", "--1"])
def test_what_is_no_number_is_refused_and_shown(tmp_path: Path, text: str) -> None:
    read = opened(tmp_path, f"a,b\n{text},1\n").read(["a"], numbers=["a"])
    assert rows(read) == [(None,)]
    assert read.refused == (Refusal("a", Reason.NOT_A_NUMBER, 1, ((2, text),)),)


def test_text_in_a_number_column_is_counted_and_three_are_shown(tmp_path: Path) -> None:
    read = opened(tmp_path, "a,b\n1,1\nx,1\n2,1\ny,1\nz,1\nw,1\n").read(["a"], numbers=["a"])
    assert read.refused == (Refusal("a", Reason.NOT_A_NUMBER, 4, ((3, "x"), (5, "y"), (6, "z"))),)
    assert str(read.refused[0]) == "a: 4 not a number ('x' in row 3, 'y' in row 5, 'z' in row 6)"


@pytest.mark.parametrize(
    ("delimiter", "text", "number"),
    [
        (";", "3,5", 3.5),
        (";", "1,234", 1.234),
        (";", "3.5", 3.5),
        (";", "1.234,5", None),
        ("\t", "3,5", 3.5),
        ("\t", "1,234", None),
        ("\t", "0,234", 0.234),
        (",", '"3,5"', None),
    ],
)
def test_a_decimal_comma_counts_where_commas_do_not_separate(
    tmp_path: Path, delimiter: str, text: str, number: float | None
) -> None:
    source = opened(tmp_path, f"a{delimiter}b\n{text}{delimiter}1\n")
    assert rows(source.read(["a"], numbers=["a"])) == [(number,)]


def test_a_single_column_of_decimal_commas_is_one_column(tmp_path: Path) -> None:
    assert rows(opened(tmp_path, "score\n7,5\n8,5\n").read(numbers=["score"])) == [(7.5,), (8.5,)]


def test_quoted_commas_quotes_and_line_breaks_belong_to_their_field(tmp_path: Path) -> None:
    source = opened(tmp_path, '"a\nb",c\n"x, ""y""\nz",1\n')
    assert source.columns == ("a\nb", "c")
    assert rows(source.read()) == [('x, "y"\nz', "1")]


def test_an_inch_mark_inside_a_field_is_a_character(tmp_path: Path) -> None:
    assert rows(opened(tmp_path, 'a,b\n5" pipe,1\nx,2\n').read()) == [('5" pipe', "1"), ("x", "2")]


def test_a_quote_never_closed_is_an_error_and_not_a_long_value(tmp_path: Path) -> None:
    source = opened(tmp_path, 'a,b\n1,2\n3,"open\n4,5\n6,7\n')
    with pytest.raises(tables.Unreadable, match="a quote is opened and never closed"):
        source.read()


def test_ragged_rows_are_left_out_counted_and_shown(tmp_path: Path) -> None:
    read = opened(tmp_path, "a,b\n1,2\n3\n4,5,6\n7,8\nx,9\n").read(numbers=["a"])
    assert rows(read) == [(1.0, "2"), (7.0, "8"), (None, "9")]
    assert read.refused == (
        Refusal(None, Reason.RAGGED, 2, ((3, "3"), (4, "4,5,6"))),
        Refusal("a", Reason.NOT_A_NUMBER, 1, ((6, "x"),)),
    )


def test_a_file_that_ends_in_the_middle_of_a_row_keeps_the_rows_whole_fields(tmp_path: Path) -> None:
    read = opened(tmp_path, 'a,b,c\n1\n1,2,3\n4,x,5\n"6",y,7').read(["c", "a", "b"], numbers=["b"])
    assert rows(read) == [("3", "1", 2.0), ("5", "4", None), ("7", "6", None)]
    read = opened(tmp_path, 'a,b,c\n1\n1,2,3\n4,x,5\n"6",y').read(["c", "a", "b"], numbers=["a", "b"])
    assert rows(read) == [("3", 1.0, 2.0), ("5", 4.0, None), (None, 6.0, None)]
    assert read.refused == (
        Refusal(None, Reason.RAGGED, 1, ((3 - 1, "1"),)),
        Refusal(None, Reason.CUT_OFF, 1, ((5, '"6",y'),)),
        Refusal("b", Reason.NOT_A_NUMBER, 1, ((4, "x"),)),
    )


def test_a_short_last_row_with_its_line_end_is_ragged(tmp_path: Path) -> None:
    read = opened(tmp_path, "a,b\n1,2\n3\n").read()
    assert (rows(read), read.refused) == ([("1", "2")], (Refusal(None, Reason.RAGGED, 1, ((3, "3"),)),))


def test_columns_come_in_the_order_asked_for(tmp_path: Path) -> None:
    assert rows(opened(tmp_path, "a,b,c\n1,2,3\n").read(["c", "a", "c"])) == [("3", "1")]


def test_no_columns_asked_for_are_no_columns(tmp_path: Path) -> None:
    assert opened(tmp_path, "a,b\n1,2\n").read([]).table.column_names == []


def test_a_huge_field_is_read_wherever_it_stands(tmp_path: Path) -> None:
    source = opened(tmp_path, "a,b\n" + "1,2\n" * 2_000_000 + "z\n" + "x" * 9_000_000 + ",1\nbad,2\n")
    with source.scan(["a"], numbers=["a"]) as scan:
        assert sum(batch.num_rows for batch in scan) == 2_000_002
    assert scan.refused == (
        Refusal(None, Reason.RAGGED, 1, ((2_000_002, "z"),)),
        Refusal("a", Reason.NOT_A_NUMBER, 2, ((2_000_003, "x" * 59 + "…"), (2_000_004, "bad"))),
    )


def test_a_nul_far_behind_the_head_is_an_error_with_its_line(tmp_path: Path) -> None:
    source = opened(tmp_path, b"a,b\n" + b"1,2\n" * 2_000_000 + b"\0,1\n")
    with pytest.raises(tables.NotATable, match="a NUL byte in line 2,000,002"):
        source.read()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(*[st.text(st.sampled_from('ab ,;\t"\n\ré7'), min_size=0, max_size=6).map(lambda t: f"v{t}v")] * 3),
        min_size=1,
        max_size=12,
    )
)
def test_any_table_is_read_as_pythons_reader_reads_it(tmp_path: Path, table: list[tuple[str, ...]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([("first", "second", "third"), *table])
    assert rows(opened(tmp_path, text.getvalue()).read()) == table


def test_a_first_line_of_two_million_columns_is_refused_at_once(tmp_path):
    file = tmp_path / "wide.csv"
    file.write_text(",".join(f"c{place}" for place in range(2_000_000)) + "\n")
    with pytest.raises(tables.NotATable, match="2,000,000 columns, more than the 100,000"):
        tables.source(file)
