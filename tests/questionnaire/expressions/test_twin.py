"""The parser reads what the grammar says: the same parts, and the same texts refused."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import pytest

from kithkin.questionnaire.expressions import ExpressionError
from kithkin.questionnaire.expressions.nodes import Node
from kithkin.questionnaire.expressions.syntax import Reader
from tests.questionnaire.expressions import twin
from tests.questionnaire.expressions.growing import nestings, pairs
from tests.questionnaire.expressions.rows import ranks, rows_of_tokens
from tests.questionnaire.expressions.survey_core import Question

SEED = 4


def ours(text: str) -> Node | None:
    try:
        return Reader(text).root()
    except ExpressionError:
        return None


@pytest.mark.parametrize(
    "questions",
    [rows_of_tokens(SEED, 10_000), ranks(), nestings(SEED, 2_000), islice(pairs(), 0, None, 11)],
    ids=["rows of tokens", "ranks", "nestings", "pairs"],
)
def test_parser_and_grammar_agree(questions: Iterable[Question]):
    assert [text for text in {question.text for question in questions} if ours(text) != twin.read(text)] == []
