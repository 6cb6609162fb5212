"""The reference says of every type, column and function what the program does."""

import re
from pathlib import Path

from kithkin.questionnaire.formats.xlsform.paths import FUNCTIONS
from kithkin.questionnaire.formats.xlsform.types import COLUMNS, LOST_COLUMNS, TYPES

PAGE = Path(__file__).resolve().parents[4] / "docs/reference/xlsform.md"


def section(title):
    return PAGE.read_text("utf-8").split(f"## {title}\n")[1].split("\n## ")[0]


def rows(text):
    return [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in text.splitlines()
        if line.startswith("| `")
    ]


def test_every_type_is_in_the_reference():
    assert rows(section("Types")) == [
        (f"`{each.name}`", each.becomes, str(each.kind), each.reason, ", ".join(each.also)) for each in TYPES.values()
    ]


def test_every_column_is_in_the_reference():
    said = {**COLUMNS, **LOST_COLUMNS}
    assert rows(section("Columns")) == [(f"`{name}`", says) for name, says in said.items()]


def test_every_function_is_in_the_reference():
    listed = section("Logic").split("and these functions:")[1].split("\n\n")[0]
    assert set(re.findall(r"`([\w:-]+)`", listed)) == FUNCTIONS.keys() - {"regex"}
