"""What comes out of an expression, for those who work with it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithkin.questionnaire.expressions import (
    ExpressionError,
    Found,
    Functions,
    Scope,
    compile_expression,
    pipe,
    referenced,
)
from tests.questionnaire.expressions.growing import Grower

NOW = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)


def worth(text: str, values: dict[str, Any] | Scope, functions: Functions | None = None, now: datetime = NOW) -> Any:
    return compile_expression(text).evaluate(values, functions=functions or Functions(), now=now)


def holds(text: str, values: dict[str, Any]) -> bool:
    return compile_expression(text).is_true(values, functions=Functions(), now=NOW)


@pytest.mark.parametrize(
    "text", ["{missing}", "'x' * 1", "1 / []", "2 ^ 9999", "unknown(1)", "[1, null]", "sum(1.5, 'a')"]
)
def test_what_json_cannot_hold_is_none(text: str):
    assert worth(text, {}) is None


def test_whole_numbers_come_out_whole():
    assert repr(worth("[1 + 1, 0.1 + 0.2, 6 / 3, -0]", {})) == "[2, 0.3, 2, 0]"


def test_points_in_time_come_out_as_json_writes_them():
    assert worth("dateAdd('2024-02-29', 1, 'years')", {}) == "2025-03-01T00:00:00.000Z"


def test_today_is_the_day_where_the_questionnaire_is():
    berlin = NOW.astimezone(ZoneInfo("Europe/Berlin"))
    assert worth("today()", {}, now=berlin) == "2026-11-24T23:00:00.000Z"
    assert worth("day('2026-11-26')", {}, now=berlin) == 26


def test_answers_may_be_dates_of_python():
    assert worth("{born} < {seen}", {"born": date(1990, 5, 1), "seen": NOW}) is True


def test_a_condition_holds_when_it_equals_true():
    assert [holds(text, {"yes": "true", "one": 1}) for text in ("{yes}", "{one}", "'1'", "2", "'yes'", "[]")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_function_of_ones_own_takes_and_gives_json():
    functions = Functions({"largest": lambda values: {"most": max(values)}})
    assert worth("largest([1, 7, {x}])", {"x": "9"}, functions) == {"most": 9}


def test_a_function_of_ones_own_comes_before_one_of_surveyjs():
    assert worth("sum(1, 2)", {}, Functions({"sum": lambda *_: "mine"})) == "mine"


class Pair(Scope):
    """A questionnaire of one question, a ranking."""

    def look(self, name: str) -> Found | None:
        return Found(["b", "a"], ordered=True) if name == "ranking" else super().look(name)

    def display_value(self, question: str, value: Any = None) -> Any:
        return f"shown {value or question}"

    def property_value(self, question: str, name: str) -> Any:
        return f"{name} of {question}"

    def comment(self, question: str, item: Any = None) -> Any:
        return f"beside {item or question}"

    def is_ready(self, container: str, place: int | None = None) -> bool:
        return container == "page" and place == 2

    def is_display_mode(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{ranking} = ['a', 'b']", False),
        ("{ranking} != ['b', 'a']", False),
        ("{other} = ['a', 'b']", True),
        ("displayValue('ranking')", "shown ranking"),
        ("displayValue('ranking', 'a')", "shown a"),
        ("propertyValue('ranking', 'title')", "title of ranking"),
        ("getComment('ranking')", "beside ranking"),
        ("getComment('ranking', 'a')", "beside a"),
        ("isContainerReady('page', 2)", True),
        ("isContainerReady('page')", False),
        ("isDisplayMode()", True),
        ("sumInArray({rows}, 'n', displayValue('n') = 'shown n')", 3),
    ],
)
def test_what_only_the_questionnaire_knows_comes_from_the_scope(text: str, value: Any):
    assert worth(text, Pair({"other": ["b", "a"], "rows": [{"n": 1}, {"n": 2}]})) == value


def test_piping_asks_the_scope_for_the_text():
    class Shown(Scope):
        def text(self, name: str) -> str | None:
            return name.upper() if name == "score" else super().text(name)

    assert pipe("{score}, {list}, {gone}", Shown({"list": [1, None, "x"]})) == "SCORE, 1,,x, {gone}"
    assert referenced("{ score } of {panel[0].q}, {a:b}, {}") == {"score", "panel[0].q"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)


@given(st.integers(0, 10**9), st.dictionaries(st.sampled_from(["text", "rows", "one", "pair", "letters"]), JSON))
def test_whatever_the_answers_are_the_result_is_json(seed: int, values: dict[str, Any]):
    try:
        result = worth(Grower(seed).expression(4), values)
    except ExpressionError:
        return
    assert json.loads(json.dumps(result, allow_nan=False)) == result


@given(st.text())
def test_whatever_the_text_is_it_is_an_expression_or_an_error_at_a_character(text: str):
    try:
        compile_expression(text)
    except ExpressionError as error:
        assert 0 <= error.position <= len(text)  # noqa: PT017
