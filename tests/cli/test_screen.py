"""The terminal's width, letters and colours are respected."""

import io

import pytest

from kithkin.cli.bars import axis_for
from kithkin.cli.screen import Column, Row, Screen
from kithkin.cli.text import printable, spelled

COLUMNS = [Column("desk", number=False), Column("NPS"), Column("95 % interval"), Column("n")]
ROWS = [
    Row(("Purchasing → Zürich", "+39.8", "[+36.4, +43.1]", "2,733"), (39.8, 36.4, 43.1)),
    Row(("An office with a name much longer than its column", "−5.1", "[−16.4, +3.1]", "133"), (-5.1, -16.4, 3.1)),
    Row(("[red]HR[/red]", "hidden", "", "")),
]


def drawn(width: int, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    screen = Screen(stream, width=width)
    screen.title("A finding – first")
    screen.table(COLUMNS, ROWS, axis_for([-16.4, 43.1]))
    stream.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("width", [30, 40, 80, 120])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_no_line_is_wider_than_the_terminal(width, encoding):
    assert max(map(len, drawn(width, encoding).splitlines())) <= width


@pytest.mark.parametrize("width", [40, 80, 120])
def test_every_figure_is_there_whatever_the_width(width):
    together = " ".join(drawn(width).split())
    for figure in ("+39.8", "[+36.4, +43.1]", "2,733", "−5.1", "[−16.4, +3.1]", "133", "hidden"):
        assert figure in together


@pytest.mark.parametrize("width", [40, 80])
def test_bars_are_drawn_on_one_axis(width):
    text = drawn(width)
    assert text.count("┃") == 2
    assert "█" in text
    assert "−20" in text.splitlines()[-1]


def test_ascii_terminal_gets_ascii_with_the_same_sense():
    text = drawn(80, "ascii")
    assert "Purchasing -> Zurich" in text
    assert "A finding - first" in text
    assert "####" in text


def test_latin_terminal_keeps_its_umlauts():
    text = drawn(80, "latin-1")
    assert "Purchasing -> Zürich" in text
    assert "####" in text


def test_what_looks_like_markup_is_text():
    assert "[red]HR[/red]" in drawn(80)


def test_file_gets_no_colour_codes():
    assert "\x1b" not in drawn(80)


def test_control_characters_of_a_file_never_reach_the_terminal():
    assert printable("\x1b]0;owned\x07\r\u202eevil\ttab") == "�]0;owned��\N{REPLACEMENT CHARACTER}evil tab"


def test_spelling_keeps_what_the_encoding_has():
    assert spelled("Zürich – 你", "latin-1") == "Zürich - ?"


@pytest.mark.parametrize(
    "unseen", ["\x9b", "\u202e", "\u2067", "\u200e", "\u200f", "\u061c", "\u2028", "\u2029", "\u0085"]
)
def test_what_turns_or_breaks_a_line_is_never_printed(unseen):
    assert printable(f"a{unseen}b") == "a\N{REPLACEMENT CHARACTER}b"
