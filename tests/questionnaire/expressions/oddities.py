"""Answers that look like numbers, truths and lists, and are, or are not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from tests.questionnaire.expressions.survey_core import Question

_TEXTS = """0x 0x1G 0x10 0X1F 0o17 0b11 1e3 1E5 1e400 -1e400 1e-7 e5 5e 5e+ 12abc ab12 Infinity -Infinity NaN -0 0
00 -00 00.5 0.5 0,5 1,2 1,2,3 1.2.3 .5 5. +5 --5 5- 5-3 -5-3 5% 5*2 1/0 1_000 ٣ TRUE false null undefined ' '' "x' [1]
{} a,b 0.1 0.30 1e21 123456789012345 1234567890123456 1234567890123456.5 9007199254740993
0xffffffffffffffffffffffffffffff
0xfffffffffffffffffffffffffffffff İ ß SS ΑΣ ας ﬀ K 😀 a😀b"""
TEXTS = [*_TEXTS.split(), " ", "\t12\n", "true ", "\xa05", "\ufeff7", "\u200b7", "12 34", "12\0", "\u2028"]
NUMBERS = [
    0.1,
    0.2,
    0.7,
    1e21,
    1e-7,
    123456789.123,
    -0.0,
    1.005,
    2.675,
    5e-324,
    1.7976931348623157e308,
    2**53,
    2**53 + 1,
]
LISTS: list[Any] = [
    [None],
    [[]],
    [{}],
    [""],
    ["b", "a"],
    [1, "1"],
    [[1, 2], [2, 1]],
    [True],
    [0],
    [10, 9, 1],
    ["10", "9"],
]
OBJECTS: list[Any] = [{"a": {}}, {"a": []}, {"a": 1, "b": 2}, {"b": 2, "a": 1}, {"0": "a"}, [{"a": 1}], [{"a": "1"}]]
VALUES = {f"v{place}": value for place, value in enumerate([*TEXTS, *NUMBERS, *LISTS, *OBJECTS])}

_BETWEEN = "or and + - * / % = != > >= < <= contains notcontains anyof noneof allof"
_AROUND = "{%} {#%} {%.length} {#%}|empty !{#%} [{%}] round({%},2) trunc({%},2) trunc({%}) substring({#%},1,3)"
_AROUND += " substring({#%},-1) substring('abcdef',{%}) sum({%},{%}) avg({#%}) min({#%},1) max({%},2) count({%})"


def oddities(seed: int, number: int) -> Iterator[Question]:
    """Every odd answer alone, in functions, and so many pairs of them."""
    chance = random.Random(seed)
    for name in VALUES:
        for around in _AROUND.split(" "):
            yield Question(around.replace("%", name).replace("|", " "), VALUES)
    for _ in range(number):
        left, right = (f"{{{chance.choice(['', '#'])}{chance.choice(list(VALUES))}}}" for _ in range(2))
        yield Question(f"{left} {chance.choice(_BETWEEN.split(' '))} {right}", VALUES)
