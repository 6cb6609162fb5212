"""What the reference says of types, columns and functions is what the program does."""

import pytest

from kithkin.questionnaire.formats.xlsform.paths import FUNCTIONS
from kithkin.questionnaire.formats.xlsform.table import LOGIC, ROWS
from kithkin.questionnaire.formats.xlsform.types import LOST_COLUMNS, TYPES
from tests.questionnaire.formats.xlsform.samples import asked, row, told

NAMES = [
    (said, each, name) for said, each in zip(ROWS, TYPES.values(), strict=True) for name in (each.name, *each.also)
]
ENDS = {"begin_group": "end_group", "begin_repeat": "end_repeat"}


@pytest.mark.parametrize(("said", "type_", "name"), [each for each in NAMES if not each[1].name.startswith("end_")])
def test_type_becomes_what_the_reference_says(said, type_, name):
    choices = " colors" if type_.name in {"select_one", "select_multiple", "rank"} or "_from_file" in type_.name else ""
    ends = (row(ENDS[type_.name], "", None),) if type_.name in ENDS else ()
    imported = asked(row(name + choices, "q", calculation="1 + 1" if type_.name == "calculate" else None), *ends)
    found = next(each for each in imported.losses if each.where == "/survey/2")
    assert (found.kind, found.reason) == (said.kind, said.remark)
    document = imported.questionnaire.to_json()
    types = {each["type"] for page in document["body"]["pages"] for each in page["elements"]}
    types |= {"a calculated value"} if "calculatedValues" in document["body"] else set()
    types |= {"an embedded value"} if document["kithkin"] else set()
    assert said.becomes in (types or {"nothing", "a page, or a panel in one"})


@pytest.mark.parametrize("name", LOST_COLUMNS)
def test_column_is_lost_as_the_reference_says(name):
    assert told(asked(row("text", "q", **{name: "x"}))) == [("lost", f"/survey/2/{name}", LOST_COLUMNS[name])]


def test_every_function_is_in_the_reference():
    known = {f"`{name}()`" for name in FUNCTIONS if name != "regex"}
    assert {each.element for each in LOGIC if each.element.endswith("()`")} == known
