"""Every line of a file is answered for."""

from __future__ import annotations

import openpyxl
import pytest

from kithkin.tables import RaggedLine, source


def read(path):
    lines = source(path).lines()
    rows = [
        (number, *(column[index].as_py() for column in batch.columns))
        for numbers, batch in lines
        for index, number in enumerate(numbers)
    ]
    return rows, lines


def test_ragged_rows_are_kept_with_their_numbers_and_the_others_keep_theirs(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text('a,b\n1,2\n3\n4,"5,6",7\n8,9\n')
    rows, lines = read(path)
    assert rows == [(2, "1", "2"), (5, "8", "9")]
    assert lines.ragged == [RaggedLine(3, ("3",)), RaggedLine(4, ("4", "5,6", "7"))]
    assert lines.cut_off is None


def test_only_what_is_empty_is_missing(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("name,country\nNull,NA\n .,  \n")
    assert read(path)[0] == [(2, "Null", "NA"), (3, ".", None)]


def test_the_row_in_which_the_file_ends_is_told(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("a,b,c\n1,2,3\n4,5,6\n7,8")
    rows, lines = read(path)
    assert (rows[-1], lines.ragged, lines.cut_off) == ((4, "7", None, None), [], 4)


def test_a_workbook_numbers_its_rows_as_it_shows_them(tmp_path):
    book = openpyxl.Workbook()
    for row in (("a", "b"), (1, "x"), (None, None), (2, "y", "beyond"), (3, "z")):
        book.active.append(row)
    book.save(tmp_path / "people.xlsx")
    rows, lines = read(tmp_path / "people.xlsx")
    assert rows == [(2, "1", "x"), (5, "3", "z")]
    assert lines.ragged == [RaggedLine(4, ("2", "y", "beyond"))]


@pytest.mark.parametrize("index", range(6))
def test_numbers_pass_over_what_was_left_out(tmp_path, index):
    path = tmp_path / "people.csv"
    kinds = [(index * 7 + place * 3) % 4 for place in range(30)]
    path.write_text("a,b\n" + "".join("1,2\n" if kind else "1,2,3\n" for kind in kinds) + "1,2\n")
    rows, _ = read(path)
    assert [row[0] for row in rows] == [place for place, kind in enumerate([*kinds, 1], 2) if kind]
