"""docs/reference/expressions.md tells of everything that there is."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from kithkin.questionnaire import expressions
from kithkin.questionnaire.expressions import Functions
from kithkin.questionnaire.expressions.building import DEEPEST
from kithkin.questionnaire.expressions.parsing import LONGEST
from kithkin.questionnaire.expressions.run import MOST_WORK
from kithkin.questionnaire.expressions.tokens import OPERATOR_OF

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "expressions.md").read_text("utf-8")


def test_every_function_is_described():
    described = PAGE.partition("## Functions")[2].partition("## Dates")[0]
    assert {name for name in Functions().names() if f"`{name}" not in described} == set()


def test_every_operator_is_described():
    described = set(re.findall(r"`(\S+?)`", PAGE.replace(r"\|", "|").replace(r"\|", "|")))
    assert set(OPERATOR_OF) - described == set()


def test_the_grammar_is_shown_as_it_is_installed():
    grammar = (files(expressions) / "grammar.lark").read_text("utf-8").rstrip()
    assert PAGE.partition("```text\n")[2].partition("\n```")[0] == grammar


def test_the_limits_are_as_described():
    described = PAGE.partition("## Limits")[2].partition("## Deviations")[0]
    assert all(f"{limit:,}" in described for limit in (LONGEST, DEEPEST, MOST_WORK))
