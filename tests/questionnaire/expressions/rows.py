"""Rows of tokens, most of which are no expression, and texts with answers in them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product

from kithkin.questionnaire.expressions.tokens import OPERATOR_OF
from tests.questionnaire.expressions.operands import VALUES
from tests.questionnaire.expressions.survey_core import Question

_TOKENS = """( ) [ ] [] , f( iif( sum( count() negate ! null undefined nullx true falsex 0x10 0 12 1.5 -3 5. 007 .
+ - * / % ^ power or || and && orange android = == != <> => =< < <= > >= equal equals notequal notequals less
lessorequal greater contains contain notcontains anyof noneof allof *= empty notempty {a} {b.c} {} { } {#a}
{x:1} {"x":1} abc a1b2 é EMPTY Or CONTAINS equal3 " ' 'a' "b" '' 'it\\'s' 'a\\'"""
TOKENS = [*_TOKENS.split(), " ", "\n", "- 5", "0x1F", "'say \"so\"'"]
_PIECES = """{dozen} {rows} {missing} {blank} {none} {empty} {pair} {no} {part} { } {} {a:b} {{text}} {te{text}xt}
{letters} {mixed} {nothing} {astral.length} {missing.length} {huge} {tiny} {postcode} {quoted} {#text}
{letters[-1]} ? <b>"""
PIECES = [*_PIECES.split(), "{ Rows[0].A }", "{ }", "\n"]


def rows_of_tokens(seed: int, number: int) -> Iterator[Question]:
    """Tokens in any order, most of which are no expression."""
    chance = random.Random(seed)
    for _ in range(number):
        mark = chance.choice(["", " ", " "])
        yield Question(mark.join(chance.choices(TOKENS, k=chance.randint(1, 7))), {"a": 3, "b": {"c": "x"}})


def ranks() -> Iterator[Question]:
    """Every operator beside every other: which of them binds closer."""
    for first, second in product(OPERATOR_OF, repeat=2):
        yield Question(f"{{one}} {first} {{no}} {second} {{text}}", {"one": 1, "no": 0, "text": "x"})


def pipings(seed: int, number: int) -> Iterator[Question]:
    """Texts with answers in them."""
    chance = random.Random(seed)
    for _ in range(number):
        yield Question("".join(chance.choices(PIECES, k=chance.randint(1, 5))), VALUES, pipes=True)
