"""The table that people read says what the code does."""

from pathlib import Path

import pytest

from kithkin.questionnaire.formats import FORMATS, Kind
from kithkin.questionnaire.formats.qualtrics.table import LOGIC, TABLE
from tests.questionnaire.formats.qualtrics.samples import answers, choices, imported, one, question

REFERENCE = Path(__file__).resolve().parents[4] / "docs/reference"
SCALE, ROWS = answers("bad", "good"), choices("Taste", "Price")


def made(row):
    kind, selector, *sub = row.element.split()
    more = {"Answers": {"1": SCALE["Answers"], "2": SCALE["Answers"]}} if selector == "Profile" else SCALE
    more = {"Graphics": "IM_1"} if selector == "GRB" else more
    return imported([one("QID0"), question("QID1", kind, selector, *sub, **{**ROWS, **more})])


def worst(found):
    of_question = {loss.kind for loss in found.losses if loss.where.startswith("QID1")}
    return next(kind for kind in (Kind.LOST, Kind.APPROXIMATED, Kind.KEPT) if kind in of_question)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.element)
def test_question_becomes_what_the_table_says(row):
    found = made(row)
    assert worst(found) is row.kind
    types = {question.type for question in found.questionnaire.questions() if question.name.startswith("Q1")}
    assert (
        not types if row.becomes == "nothing" else any(f"`{kind}`" in row.becomes for kind in types - {"html"} or types)
    )


def test_every_row_has_its_own_element():
    names = [row.element for row in (*TABLE, *LOGIC)]
    assert len(names) == len(set(names))


def test_every_format_that_is_read_has_a_page():
    pages = {path.stem for path in REFERENCE.rglob("*.md")}
    assert [name for name, door in FORMATS.items() if door.read and name.partition("-")[0] not in pages] == []
