"""Texts that mean something else: "12" is a number, "true" is true, "'12'" is the text 12."""

from __future__ import annotations

import math
from typing import Any

from kithkin.questionnaire.expressions.numbers import as_number

_QUOTES = "'\""
_TRUTHS = frozenset(("true", "false"))


def read_answer(text: str) -> Any:
    """What a text stands for. A number that begins with a needless 0, as postcodes do, stays a text."""
    if text.isalpha():
        lowered = text.lower()
        return lowered == "true" if lowered in _TRUTHS else text
    if len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES:
        return text[1:-1]
    number = as_number(text) if text else math.nan
    if math.isnan(number) or _has_needless_zero(text):
        return text
    return number


def _has_needless_zero(text: str) -> bool:
    return text[0] == "0" and len(text) > 1 and not text.startswith("0x") and text[1] not in ".,"
