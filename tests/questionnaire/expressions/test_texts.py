"""What is an expression, and what is said of texts that are none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from kithkin.questionnaire.expressions import ExpressionError, Functions, compile_expression
from kithkin.questionnaire.expressions.building import DEEPEST
from kithkin.questionnaire.expressions.parsing import LONGEST

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def worth(text: str, values: dict[str, Any] | None = None) -> Any:
    return compile_expression(text).evaluate(values or {}, functions=Functions(), now=NOW)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0),
        ("   ", 0),
        ("1 +", 3),
        ("1 2", 2),
        ("{a} = 'yes", 6),
        ('{a} = "yes', 6),
        ("{a = 1", 0),
        ("(1))", 3),
        ("sum( )", 5),
        ("{a} or or {b}", 10),
        ("5 % ! * 2", 6),
        ("{a} = é", 6),
        ("1\n+\n&", 4),
    ],
)
def test_an_error_points_at_the_character(text: str, position: int):
    with pytest.raises(ExpressionError) as refused:
        compile_expression(text)
    assert refused.value.position == position


def test_an_error_says_what_is_wrong():
    with pytest.raises(ExpressionError, match=r"What begins with \{ is not closed with \} .* \(character 5\)"):
        compile_expression("1 + {panel")


def test_a_text_as_long_as_a_book_is_refused_at_once():
    with pytest.raises(ExpressionError, match="at most 32,768 characters; this has 1,000,001"):
        compile_expression("1" + "+1" * 500_000)


def test_the_longest_texts_are_worked_out():
    text = "1" + "+1" * (LONGEST // 2 - 1)
    assert worth(text) == LONGEST // 2


@pytest.mark.parametrize(
    ("opening", "closing"), [("!", ""), ("[", "]"), ("sum(", ")"), ("sum(", ""), ("1+(", ""), ("negate ", "")]
)
def test_what_is_nested_too_deep_is_refused_where_it_begins(opening: str, closing: str):
    with pytest.raises(ExpressionError, match="nested more than 100 levels deep") as refused:
        compile_expression(opening * 3000 + "1" + closing * 3000)
    assert 0 < refused.value.position < len(opening) * 3000


def test_what_is_nested_deep_enough_to_be_meant_is_worked_out():
    assert worth("(" * 1000 + "7") == 7
    assert worth("1+(" * (DEEPEST - 1) + "1" + ")" * (DEEPEST - 1)) == DEEPEST


def test_an_expression_names_its_paths_as_written():
    expression = compile_expression("{panel[0].q} > 1 and iif({row.col} empty, {q-Comment}, {#code}) = {First name}")
    assert expression.names == {"panel[0].q", "row.col", "q-Comment", "code", "First name"}


def test_equal_texts_are_read_once():
    assert compile_expression("{a} + 1").parsed is compile_expression("{a} + 1").parsed


def test_a_hostile_answer_ends_with_a_clear_error():
    answers = {"a": list(range(3000)), "b": [-one for one in range(1, 3000)]}
    with pytest.raises(ExpressionError, match="takes too long"):
        worth("{a} anyof {b}", answers)


def test_a_condition_on_rows_without_end_is_a_clear_error():
    with pytest.raises(ExpressionError, match="takes too long"):
        worth("countInArray({a}, 'x', {x} > 0 and {x} < 2)", {"a": [{"x": 1}] * 60_000})


def test_answers_nested_without_end_are_a_clear_error():
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ExpressionError, match="nested too deep"):
        worth("{a} = {b}", {"a": deep, "b": [deep]})
