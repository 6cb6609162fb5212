"""Patterns that nobody can read are named with their question and the character."""

import pytest

from kithkin.questionnaire import Kind, check
from tests.questionnaire.replayed import asked, found, text


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("([", "it ends within a set or after a backslash (character 2)"),
        ("ab(c", "a bracket is not closed (character 4)"),
        ("a)b", "a bracket is closed that was not opened (character 2)"),
        ("a|*b", "there is nothing to repeat (character 3)"),
        ("a**", "there is nothing to repeat (character 3)"),
        ("[z-a]", "a range runs backwards (character 4)"),
        ("a{3,2}", "a number of repetitions runs backwards"),
        ("a\\", "it ends within a set or after a backslash (character 2)"),
    ],
)
def test_pattern_that_is_none(pattern, said):
    (finding,) = check(asked(text("zip", validators=[{"type": "regex", "regex": pattern}])))
    assert (str(finding.severity), finding.kind, finding.where, finding.what) == (
        "error", Kind.EXPRESSION, "/body/elements/0/validators/0/regex",
        f"The pattern {pattern!r} of question 'zip' cannot be read: {said}.",
    )  # fmt: skip


def test_pattern_that_is_none_is_found_in_a_text_of_several():
    field = {"name": "f", "validators": [{"type": "regex", "regex": "("}]}
    assert found({"type": "multipletext", "name": "t", "items": [field]}) == [
        ("error", "expression", "/elements/0/items/0/validators/0/regex")
    ]
