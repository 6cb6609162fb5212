"""The reference says of every type, attribute and function what the program does."""

import re
from pathlib import Path

from kithkin.questionnaire.formats.limesurvey.functions import FUNCTIONS
from kithkin.questionnaire.formats.limesurvey.types import ATTRIBUTES, TYPES, Fate

PAGE = Path(__file__).resolve().parents[4] / "docs/reference/limesurvey.md"


def section(title):
    return PAGE.read_text("utf-8").split(f"## {title}\n")[1].split("\n## ")[0]


def rows(title):
    return [
        tuple(cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1])
        for line in section(title).splitlines()
        if line.startswith("| `")
    ]


def test_every_type_is_in_the_reference():
    assert rows("Types of questions") == [
        (f"`{each.letter}`", each.says, each.becomes, str(each.kind), each.reason) for each in TYPES.values()
    ]


def test_every_attribute_is_in_the_reference():
    said = [(f"`{name}`", str(fate), says) for name, (fate, says) in ATTRIBUTES.items() if fate is not Fate.LOOKS]
    assert rows("Attributes") == said
    looks = section("Attributes").split("Looks only")[1]
    assert set(re.findall(r"`(\w+)`", looks)) == {name for name, (fate, _) in ATTRIBUTES.items() if fate is Fate.LOOKS}


def test_every_function_is_in_the_reference():
    listed = section("Logic").split("and these functions:")[1].split("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", listed)) == FUNCTIONS
