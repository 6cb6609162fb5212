"""The comparison with survey-core would notice: each evaluator that is broken on purpose is caught by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from itertools import islice
from typing import Any

import pytest

from kithkin.questionnaire.expressions import syntax
from kithkin.questionnaire.expressions.compiling import compiled
from kithkin.questionnaire.expressions.nodes import Node
from kithkin.questionnaire.expressions.parsing import Parsed
from kithkin.questionnaire.expressions.syntax import Reader
from kithkin.questionnaire.expressions.tokens import OPERANDS, OPERATOR, RANK_OF, operand_pattern
from kithkin.questionnaire.expressions.values import UNDEFINED, joined
from tests.questionnaire.expressions.answers import differences
from tests.questionnaire.expressions.calendars import calendars
from tests.questionnaire.expressions.columns import columns
from tests.questionnaire.expressions.growing import nestings, pairs
from tests.questionnaire.expressions.rows import pipings, ranks, rows_of_tokens
from tests.questionnaire.expressions.survey_core import Question, SurveyCore

ROOM = "kithkin.questionnaire.expressions"
SEED = 7


@dataclass
class Sample:
    """Questions with survey-core's answers. Expressions are read once, however often they are worked out."""

    questions: Sequence[Question]
    theirs: Sequence[dict[str, Any]]
    known: dict[str, Parsed] = field(default_factory=dict)

    def read(self, text: str) -> Parsed:
        """A text's parts, compiled anew: what is broken may be decided while compiling."""
        if text not in self.known:
            self.known[text] = anew(text)
        return Parsed(self.known[text].root)

    def catches(self, read: Callable[[str], Parsed]) -> bool:
        """Whether something is answered differently, or breaks."""
        try:
            return next(differences(self.questions, self.theirs, read), None) is not None
        except (TypeError, ValueError, AttributeError, KeyError):
            return True


@pytest.fixture(scope="module")
def values(survey_core: SurveyCore) -> Sample:
    """A part of every comparison of values."""
    whole = (question for question in pairs() if any(f" {one} " in question.text for one in "=*>"))
    questions = [*whole, *islice(pairs(), 0, None, 23), *nestings(SEED, 1_000), *calendars(SEED, 1_500)]
    questions += [*columns(SEED, 500), *pipings(SEED, 200)]
    return Sample(questions, survey_core.ask(questions))


@pytest.fixture(scope="module")
def texts(survey_core: SurveyCore) -> Sample:
    """A part of every comparison of texts."""
    questions = [*rows_of_tokens(SEED, 1_500), *nestings(SEED, 500), *ranks()]
    return Sample(questions, survey_core.ask(questions))


def anew(text: str) -> Parsed:
    return Parsed(syntax.Reader(text).root())


def test_what_is_not_broken_passes(values: Sample, texts: Sample):
    assert not values.catches(values.read)
    assert not texts.catches(anew)


MUTANTS: dict[str, tuple[str, str, Any]] = {
    "texts are not trimmed": ("comparing", "BLANKS", ""),
    "'0b1' is not 0": ("comparing", "_same_number", lambda *_: False),
    "true is not 1": ("comparing", "loosely_equal", lambda *_: False),
    "null is not the empty text": ("comparing", "_both_blank", lambda *_: False),
    "lists have an order": ("comparing", "_sorted", list),
    "dates are compared as texts": ("comparing", "_dated", lambda left, right: (left, right)),
    "nothing may be greater": ("comparing", "is_nothing", lambda _: False),
    "a moment stays exact beside a day": ("comparing", "_as_exact_as", lambda moment, _: moment),
    "empty operands stay empty": ("operators", "_filled", lambda value, _: value),
    "0.1 + 0.2 is not 0.3": ("operators", "tidy_sum", lambda _left, _right, result: result),
    "products keep the dust": ("operators", "tidy_product", lambda _left, _right, result: result),
    "a list and a number are a text": (
        "operators",
        "_list_plus",
        lambda values, other, **_: joined([*values, other], ","),
    ),
    "hexadecimals are nothing": ("numbers", "leading_integer", lambda _: 0.0),
    "long rows of digits are numbers": ("numbers", "_only_digits", lambda _: False),
    "formulas are numbers": ("numbers", "_is_formula", lambda _: True),
    "postcodes are numbers": ("words", "_has_needless_zero", lambda _: False),
    "0 is empty": ("compiling", "is_empty", lambda value: not value),
    "an empty list is false": ("compiling", "is_true", bool),
    "null may be an element": ("compiling", "_needed", compiled),
    "the order of letters is Python's": ("comparing", "in_units", lambda text: text.lower().encode()),
    "every row passes": ("functions.lists", "_holds", lambda *_: True),
    "a column to answer with is a condition": ("functions.lists", "Literal", type("Nothing", (), {})),
    "nothing counts": ("functions.aggregates", "is_nothing", lambda _: False),
    "clocks stay in Greenwich": ("moments", "_offset_at_local", lambda *_: 0.0),
    "months have an end": ("functions.dates", "_PARTS", {"days": "day"}),
    "numbers are written as Python does": ("values", "number_to_text", repr),
    "names keep their case": ("scope", "member", lambda value, name: dict(value).get(name, UNDEFINED)),
}


@pytest.mark.parametrize("broken", MUTANTS)
def test_a_broken_evaluator_is_caught(values: Sample, monkeypatch: pytest.MonkeyPatch, broken: str):
    room, name, instead = MUTANTS[broken]
    monkeypatch.setattr(import_module(f"{ROOM}.{room}"), name, instead)
    assert values.catches(values.read)


def operands(**instead: str) -> tuple[str, Any]:
    return "OPERAND", operand_pattern(OPERANDS | instead)


def operators(right: str, wrong: str) -> tuple[str, Any]:
    assert right in OPERATOR.pattern
    return "OPERATOR", re.compile(OPERATOR.pattern.replace(right, wrong))


def closing(kind: str) -> tuple[str, Any]:
    class Strict(Reader):
        def _end(self) -> Node:
            if any(each.kind == kind for each in self._open):
                raise self._refusal()
            return super()._end()

    return "Reader", Strict


PARSERS = {
    "words need a boundary": operators("|or|", r"|or\b|"),
    "and binds as loosely as or": ("RANK_OF", RANK_OF | {"and": 0, "&&": 0}),
    "brackets must be closed": closing("open"),
    "calls must be closed": closing("call"),
    "operators have a case": operators("(?i:", "(?:"),
    "a sign may stand apart": operands(number=OPERANDS["number"].replace("-?", "-? ?")),
    "hexadecimals have letters": operands(hexadecimal="0x[0-9a-fA-F]+"),
    "numbers may end with a point": operands(number=r"-?(?:[0-9]+\.[0-9]*|[1-9][0-9]*|0)"),
    "any number may begin with 0": operands(number=r"-?(?:[0-9]+\.[0-9]+|[0-9]+)"),
}


@pytest.mark.parametrize("broken", PARSERS)
def test_a_broken_parser_is_caught(texts: Sample, monkeypatch: pytest.MonkeyPatch, broken: str):
    monkeypatch.setattr(syntax, *PARSERS[broken])
    assert texts.catches(anew)
