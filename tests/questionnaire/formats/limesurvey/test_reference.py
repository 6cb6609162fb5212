"""What the reference says of types, attributes and functions is what the program does."""

import pytest

from kithkin.questionnaire.formats import Kind
from kithkin.questionnaire.formats.limesurvey.functions import FUNCTIONS
from kithkin.questionnaire.formats.limesurvey.table import LOGIC, QUESTIONS, SETTINGS
from kithkin.questionnaire.formats.limesurvey.types import ATTRIBUTES, TYPES, Fate
from tests.questionnaire.formats.limesurvey.samples import Question, asked

PARTS = (("A1", "One"), ("A2", "Two"))


@pytest.mark.parametrize(("row", "letter"), list(zip(QUESTIONS, TYPES, strict=True)))
def test_type_becomes_what_the_reference_says(row, letter):
    imported = asked(Question("Q", letter, "{1 + 1}", rows=PARTS, columns=PARTS, answers=PARTS, second=PARTS))
    told = next(each for each in imported.losses if each.where == "/group 11/Q")
    assert (told.kind, told.reason) == (row.kind, row.remark)
    found = [f"`{each.type}`" for each in imported.questionnaire.questions()]
    assert row.becomes in (found or ["nothing"])


@pytest.mark.parametrize("name", [name for name, (fate, _) in ATTRIBUTES.items() if fate is Fate.LOST])
def test_attribute_is_lost_as_the_reference_says(name):
    imported = asked(Question("Q", "S", attributes={"location_mapservice": "100", name: "7"}))
    reasons = {each.where: each.reason for each in imported.losses.of(Kind.LOST)}
    assert reasons[f"/group 11/Q/{name}"] == next(row.remark for row in SETTINGS if row.element == f"`{name}`")


def test_every_function_is_in_the_reference():
    assert {row.element for row in LOGIC if row.element.endswith("()`")} == {f"`{name}()`" for name in FUNCTIONS}
