"""What all charts share: two forms, one description, stills, words that fit."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from kithkin.analysis.charts.intervals import Axis, Row, intervals
from kithkin.analysis.charts.picture import Form, Picture, distinct, printable, wrapped
from kithkin.analysis.charts.theme import DARK, LIGHT

PICTURE = intervals([Row("IT", 1, 0, 2, "1")], Axis("Points"), "One figure.")


def test_a_spec_names_no_colour_and_carries_its_description() -> None:
    spec = PICTURE.spec(Form.WIDE)
    assert spec["description"] == "One figure."
    assert "config" not in spec
    assert "#" not in str(spec).replace(spec["$schema"], "")


def test_a_still_is_drawn_in_the_colours_asked_for_at_the_width_asked_for() -> None:
    assert LIGHT.kith in PICTURE.svg(LIGHT)
    assert DARK.kith in PICTURE.svg(DARK)
    assert LIGHT.kith not in PICTURE.svg(DARK)
    assert ET.fromstring(PICTURE.svg(LIGHT, width=500)).get("width") == "500"


def test_a_still_of_labels_that_no_file_can_hold_is_xml_all_the_same() -> None:
    picture = intervals([Row("a\x00b\x1b\ud800\ufffe", 1, 0, 2, "1")], Axis("Points"), "x\x00")
    assert "a�b���" in "".join(ET.fromstring(picture.svg(LIGHT)).itertext())


def test_a_picture_can_say_other_words() -> None:
    other = PICTURE.described("Other words.")
    assert isinstance(other, Picture)
    assert other.spec(Form.NARROW)["description"] == "Other words."


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), st.integers(1, 30))
def test_wrapping_loses_no_letter_and_no_line_is_too_long(label: str, characters: int) -> None:
    lines = wrapped(label, characters).split("\n")
    if label.split():
        assert "".join("".join(lines).split()) == "".join(label.split())
        assert max(map(len, lines)) <= characters
    else:
        assert lines == ["(no name)"]


@given(st.lists(st.sampled_from(["IT", "IT (2)", "IT (3)", "HR", ""]), max_size=8))
def test_labels_become_distinct_and_the_first_of_each_stays(labels: list[str]) -> None:
    result = distinct(labels)
    assert len(set(result)) == len(labels)
    assert all(new.startswith(old) for old, new in zip(labels, result, strict=True))
    if labels:
        assert result[0] == labels[0]


def test_printable_leaves_ordinary_text_numbers_and_truth_alone() -> None:
    assert printable({"a": ["Straße → 日本\n", 1.5, True, None]}) == {"a": ["Straße → 日本\n", 1.5, True, None]}
