"""Figures with intervals on one axis."""

from __future__ import annotations

import pytest

from kithkin.analysis.charts.intervals import MOST_ROWS, Axis, Row, Tone, intervals
from kithkin.analysis.charts.picture import Form
from kithkin.analysis.charts.theme import LIGHT
from tests.analysis.charts import drawn

ROWS = [
    Row("IT to the branches", 6.4, 3.1, 9.6, "worst: 97 %", "n = 480", Tone.KIN),
    Row("Logistics", 1.4, -0.3, 3.0, "worst: 2 %", "n = 480", Tone.KITH),
    Row("Facilities", 0.7, -0.8, 1.6, "worst: 1 %", "n = 480", Tone.FAINT),
]
PICTURE = intervals(ROWS, Axis("Points", include=(0.0,)), "Gains")


@pytest.mark.parametrize("form", Form)
def test_each_row_shows_its_label_its_reading_and_the_axis_its_title(form: Form) -> None:
    shown = drawn.words(PICTURE, form)
    for row in ROWS:
        assert row.label in shown
        assert row.reading in shown
    assert "Points" in shown


def test_the_spec_holds_to_the_schema() -> None:
    drawn.valid(PICTURE)


def test_a_mark_stands_at_its_value_and_its_line_from_low_to_high() -> None:
    row = next(row for row in drawn.rows(PICTURE) if row.get("name") == "Logistics")
    assert (row["value"], row["low"], row["high"]) == (1.4, -0.3, 3.0)
    layers = [layer for layer in PICTURE.spec(Form.WIDE)["layer"] if layer["mark"]["type"] in {"rule", "point"}]
    encoded = {(layer["mark"]["type"], layer["encoding"]["x"].get("field")) for layer in layers}
    assert {("rule", "low"), ("point", "value"), ("rule", "at")} <= encoded


def test_tone_is_said_by_shape_and_by_colour() -> None:
    points = [layer["mark"] for layer in PICTURE.spec(Form.WIDE)["layer"] if layer["mark"]["type"] == "point"]
    assert [(mark["shape"], mark["fill"]["expr"], mark["stroke"]["expr"]) for mark in points] == [
        ("circle", "kith", "kith"),
        ("diamond", "kin", "kin"),
        ("circle", "card", "soft"),
    ]
    assert drawn.marks(PICTURE, LIGHT.kin) == 1


def test_a_long_label_keeps_every_word_on_several_lines() -> None:
    label = "The department for everything that nobody else of the whole organisation wanted to have"
    picture = intervals([Row(label, 1, 0, 2, "1")], Axis("Points"), "One")
    for form in Form:
        assert label in drawn.words(picture, form)


def test_two_rows_of_one_name_stay_two_rows() -> None:
    picture = intervals([Row("IT", 1, 0, 2, "first"), Row("IT", 3, 2, 4, "second")], Axis("Points"), "Two")
    assert {"IT", "IT (2)", "first", "second"} <= set(drawn.words(picture))


def test_more_rows_than_a_person_reads_are_left_to_the_table() -> None:
    many = [Row(f"group {number}", number, number - 1, number + 1, "x") for number in range(MOST_ROWS + 5)]
    shown = drawn.words(intervals(many, Axis("Points"), "Many"))
    assert f"group {MOST_ROWS - 1}" in shown
    assert f"group {MOST_ROWS}" not in shown


def test_the_narrow_form_puts_the_label_above_its_figure_and_the_wide_form_beside_it() -> None:
    wide, narrow = (next(row for row in drawn.rows(PICTURE, form) if row.get("name") == "Logistics") for form in Form)
    assert wide["words"] == wide["middle"]
    assert narrow["words"] < narrow["middle"] - 15


def test_an_axis_writes_thousands_and_thousandths_as_people_do() -> None:
    large = intervals([Row("a", 1500, 0, 2500, "1,500")], Axis("Hours"), "Large")
    assert "2,000" in drawn.words(large)
    small = intervals([Row("a", 0.001, 0, 0.002, "0.001")], Axis("Share"), "Small")
    assert "0.0015" in drawn.words(small)
