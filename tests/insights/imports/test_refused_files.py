"""A file that is no table of figures is refused whole, with what is wrong, where, and what to do; nothing is kept."""

from __future__ import annotations

import pytest

from kithkin.insights.imports.typed import BadFigures, typed, written
from kithkin.platform.imports.kept import NotImportable
from kithkin.platform.models import Import
from tests.insights.imports.files import bring, upload, values

pytestmark = pytest.mark.django_db
HEAD = b"unit,month,measure,value\n"


def test_a_file_in_another_encoding_is_read(cast):
    bring(cast.alice, HEAD + "IT,2026-01,Erlöse,3\n".encode("latin-1"))
    assert values() == [("IT", "2026-01", "Erlöse", 3.0, None)]
    bring(cast.alice, "unit,month,measure,value\nIT,2026-02,Erlöse,4\n".encode("utf-16"))
    assert values()[1] == ("IT", "2026-02", "Erlöse", 4.0, None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEAD + b"I\0T,2026-01,Calls,1\n", "a NUL byte in line 2"),
        (b"PK\x03\x04 no workbook", "figures.csv"),
        (b"", "figures.csv"),
    ],
)
def test_what_is_no_table_is_refused_and_nothing_of_it_stays(cast, settings, content, said):
    with pytest.raises(NotImportable, match=said):
        upload(cast.alice, content)
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("saf = Safety", "Line 1: the file has no column “saf”."),
        ("value = Calls | n many", "Line 1: the file has no column “many”."),
        ("value = Calls\nvalue = calls", "Line 2: “calls” is said twice."),
        ("value = Calls | part of it", "Line 1: “of it” is no part of the chain."),
        ("value = " + "x" * 121, "Line 1: a figure is named by 1 to 120 printable letters."),
        ("value = Ca\0lls", "Line 1: a figure is named by 1 to 120 printable letters."),
        ("value = Calls | " + "x" * 41, "is not understood"),
    ],
)
def test_what_is_said_of_figures_is_refused_by_its_line(line, said):
    with pytest.raises(BadFigures, match=said):
        typed(line, ["unit", "month", "value"])


def test_what_is_said_of_figures_is_shown_as_it_was_said():
    text = "a = Safety | n b | kin\nc | kith | part loyalty | points | less is better"
    assert written(typed(text, ["a", "b", "c"])) == text
