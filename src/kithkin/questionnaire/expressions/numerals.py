"""Numbers as JavaScript reads and writes them."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

BLANKS = "\t\n\v\f\r \xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What JavaScript trims."""

_DECIMAL = r"[+-]?(?:Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
_WHOLE = re.compile(rf"{_DECIMAL}\Z")
_START = re.compile(_DECIMAL)
_DIGITS = re.compile(r"[+-]?[0-9]+")
_OTHER_BASES = {"0x": 16, "0o": 8, "0b": 2}
_IN_BASE = re.compile(r"0(?:x[0-9a-f]+|o[0-7]+|b[01]+)\Z", re.IGNORECASE)
_HEX = re.compile(r"([+-]?)0x([0-9a-f]*)", re.IGNORECASE)
_MOST_DECIMALS = 100
_FIXED_BELOW = 1e21


def number_to_text(number: float) -> str:
    """The shortest digits that read back as the same number; whole up to 1e21, small ones down to 1e-6 unscaled.

    >>> number_to_text(3.0), number_to_text(0.1 + 0.2), number_to_text(1e21), number_to_text(1.5e-7)
    ('3', '0.30000000000000004', '1e+21', '1.5e-7')
    """
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    if isinstance(number, float) and number.is_integer() and abs(number) < 2**53:
        return str(int(number))
    sign, digits, exponent = Decimal(repr(float(number))).normalize().as_tuple()
    assert isinstance(exponent, int)
    text = "".join(map(str, digits))
    return ("-" if sign else "") + _placed(text, len(text) + exponent)


def _placed(digits: str, point: int) -> str:
    """Digits with their decimal point after `point` of them."""
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    tail = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{tail}e{point - 1:+d}"


def text_to_number(text: str) -> float:
    """All of the text as a number: empty is 0, anything else that is none is NaN."""
    text = text.strip(BLANKS)
    if not text:
        return 0.0
    if _IN_BASE.match(text):
        return float_of(int(text[2:], _OTHER_BASES[text[:2].lower()]))
    return _float(text) if _WHOLE.match(text) else math.nan


def leading_float(text: str) -> float:
    """The number that a text begins with, or NaN: what `parseFloat` reads."""
    found = _START.match(text.lstrip(BLANKS))
    return _float(found[0]) if found else math.nan


def leading_integer(text: str) -> float:
    """The whole number that a text begins with, or NaN: what `parseInt` reads."""
    text = text.lstrip(BLANKS)
    if found := _HEX.match(text):
        return float_of(int(found[1] + found[2], 16)) if found[2] else math.nan
    found = _DIGITS.match(text)
    return _float(found[0]) if found else math.nan


def _float(text: str) -> float:
    return float(text.replace("Infinity", "inf"))


def float_of(number: int) -> float:
    """A whole number of any size as a double."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def to_fixed(number: float, decimals: int) -> float:
    """A number cut to so many decimals, half away from zero, as its exact binary value decides."""
    if math.isnan(number) or math.isinf(number) or abs(number) >= _FIXED_BELOW:
        return number
    with localcontext() as context:
        context.prec = 400
        cut = Decimal(number).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return float(cut)


def fits_fixed(decimals: int) -> bool:
    """Whether JavaScript can cut to so many decimals at all."""
    return decimals <= _MOST_DECIMALS
