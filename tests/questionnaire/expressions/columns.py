"""Expressions about the columns of matrices and dynamic panels."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from tests.questionnaire.expressions.survey_core import Question

TABLES: dict[str, Any] = {
    "t0": [{"a": 1, "b": "x"}, {"a": "2", "b": "y"}, {"a": 2.5, "b": "X"}, {"a": "", "b": "x"}, {}, None, 5, "text"],
    "t1": {"row1": {"a": 0.1, "b": "x"}, "row2": {"a": 0.2}, "row3": {"a": "abc"}},
    "t2": [{"a": True, "b": 1}, {"a": [1, 2], "b": 2}, {"a": {"c": 1}, "b": 3}, {"a": 0, "b": 0}],
    "t3": [],
    "t4": "rows",
    "t5": 7,
    "t6": [[1, 2], [3, 4]],
}
CONDITIONS = ["{b} = 'x'", "{a} > 1", "{a} notempty", "{A} < 2 or {b} contains 'Y'", "{none}", "1", "'{a} > 1'", "''"]
CONDITIONS += ["sum({a}, {b}) > 2", "!({b} = 'x')", "{a} + 1 = 2", "'{a} >'", "{b} anyof ['x', 1]", "[{a}] = [1]"]


def columns(seed: int, number: int) -> Iterator[Question]:
    """Columns of rows, with another column to answer with and with conditions."""
    chance = random.Random(seed)
    for _ in range(number):
        function = chance.choice(["sumInArray", "countInArray", "avgInArray", "minInArray", "maxInArray"])
        arguments = [f"{{{chance.choice(list(TABLES))}}}", chance.choice(["'a'", "'b'", "a", "'1'", "'A'", "5"])]
        arguments += chance.choice([[], [], ["'b'"], ["'n o'"], ["b"], ["a"], ["{day}"]])
        arguments += chance.choice([[], [chance.choice(CONDITIONS)], [chance.choice(CONDITIONS)]])
        yield Question(f"{function}({', '.join(arguments if chance.random() < 0.9 else arguments[:1])})", TABLES)
