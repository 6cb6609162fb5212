"""What may stand where an operand may begin, and what may stand behind one.

No token needs a boundary ("1or 2"), and words need no quotes. Which token is meant is told by the place: "or" is a word
where an operand may begin, and an operator behind one. Of several that fit, the one that is listed first is meant.
"""

from __future__ import annotations

import re

from kithkin.questionnaire.expressions.operators import OPERATORS, Operator

BLANKS = " \t\n\r"
_NAME = r"[a-zA-Z_]+(?:[0-9]+[a-zA-Z_]*)*"

OPERANDS = {
    "call_of_nothing": rf"{_NAME}\(\)",
    "call": rf"{_NAME}\(",
    "not": r"""!(?!=)|(?i:negate(?=[ \t\n\r]*(?:[({\["'0-9a-zA-Z_]|!(?!=)|-[0-9])))""",
    "null": "undefined|null",
    "truth": "(?i:true|false)",
    "hexadecimal": "0x[0-9]+",
    "number": r"-?(?:[0-9]+\.[0-9]+|[1-9][0-9]*|0)",
    "word": _NAME,
    "text": r"""''|""|'(?>(?:\\['"]|[^"'])+)'|"(?>(?:\\['"]|[^"'])+)\"""",
    "variable": r"\{[^{}]+\}",
    "no_elements": r"\[\]",
    "open": r"\(",
    "open_list": r"\[",
}

RANKS = (
    ("or", "or ||"),
    ("and", "and &&"),
    ("compare", "<= lessorequal >= greaterorequal == equal = != notequal < less > greater"),
    ("plus", "+ -"),
    ("times", "* / %"),
    ("power", "^ power"),
    ("contain", "*= contains contain notcontains notcontain anyof allof noneof"),
)
"""Operators, those that bind loosest first; of two that begin alike the longer comes first."""

_NAMES = {
    "or": "or ||", "and": "and &&", "plus": "+", "minus": "-", "times": "*", "divided": "/", "rest": "%",
    "power": "^ power", "equal": "= == equal", "unequal": "!= notequal", "greater": "> greater",
    "greater_or_equal": ">= greaterorequal", "less": "< less", "less_or_equal": "<= lessorequal",
    "contains": "*= contains contain", "lacks": "notcontains notcontain", "any_of": "anyof", "none_of": "noneof",
    "all_of": "allof",
}  # fmt: skip

OPERATOR_OF: dict[str, Operator] = {word: OPERATORS[name] for name, words in _NAMES.items() for word in words.split()}
RANK_OF = {word: rank for rank, (_, words) in enumerate(RANKS) for word in words.split()}
CONTAIN = len(RANKS) - 1
"""The rank of operators that may stand without what they look for."""


def operand_pattern(operands: dict[str, str]) -> re.Pattern[str]:
    """An operand with the blanks before it; the group that fits tells which it is."""
    return re.compile(rf"[{BLANKS}]*(?:" + "|".join(f"(?P<{name}>{said})" for name, said in operands.items()) + ")")


def _operator_pattern() -> re.Pattern[str]:
    """What may stand behind an operand, with the blanks before it."""
    words = [word for _, listed in reversed(RANKS) for word in listed.split()]
    said = "|".join(map(re.escape, words))
    return re.compile(rf"[{BLANKS}]*(?i:(?P<emptiness>empty|notempty)|(?P<operator>{said})|(?P<mark>[),\]]))")


OPERAND = operand_pattern(OPERANDS)
OPERATOR = _operator_pattern()
