"""From what a file holds to text and numbers: which texts mean "missing", and which are numbers.

Decided once, for every format:

- Missing, in any letter case and with spaces around it: nothing at all, NA, N/A, #N/A, ?, NULL, NaN and a lone dot.
- A number is digits with at most one decimal mark, a sign and an exponent ("1e3"). No infinities, no underscores, no
  thousands separators: "1,234" is a thousand to one reader and about one to another, so it is refused and shown.
- A decimal comma ("3,5") is read where the comma does not separate columns: everywhere in semicolon files; in tab and
  pipe files unless exactly three digits follow it.
- Spaces around a text do not belong to it.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

MISSING = ("", "na", "n/a", "#n/a", "?", "null", "nan", ".")

_MISSING = pa.array(MISSING, pa.string())
_POINT = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
_COMMA = r"^[+-]?([0-9]+[.,]?[0-9]*|[.,][0-9]+)([eE][+-]?[0-9]+)?$"
_GROUPED = r"^[+-]?[1-9][0-9]{0,2},[0-9]{3}$"


class Decimal(Enum):
    """How a file's numbers may be written."""

    POINT = "a point"
    COMMA = "a point or a comma"
    COMMA_UNLESS_GROUPED = "a point, or a comma that cannot be a thousands separator"


def as_text(column: Any) -> Any:
    """A column as strings, stripped, missing ones null. Whole floats lose their ".0", dates are ISO."""
    column = plain_type(column)
    if pa.types.is_null(column.type):
        return column.cast(pa.string())
    return _by_distinct(column, _text)


def as_written(column: Any) -> Any:
    """A column as strings, stripped: only what is empty is null, so that "NA" may be Namibia."""
    column = plain_type(column)
    if pa.types.is_null(column.type):
        return column.cast(pa.string())
    return _by_distinct(column, _written)


def as_numbers(column: Any, decimal: Decimal = Decimal.POINT) -> tuple[Any, Any]:
    """A column as (float64 with nulls, mask of what is there but is no number)."""
    column = plain_type(column)
    if holds_numbers(column.type):
        floats = column.cast(pa.float64(), safe=False)
        missing = pc.fill_null(pc.is_nan(floats), True)
        infinite = pc.fill_null(pc.is_inf(floats), False)
        return pc.if_else(pc.or_(missing, infinite), pa.scalar(None, pa.float64()), floats), infinite
    text = as_text(column)
    numbers = _by_distinct(text, lambda distinct: _parsed(distinct, decimal))
    return numbers, pc.and_(pc.is_valid(text), pc.is_null(numbers))


def holds_numbers(kind: Any) -> bool:
    """Whether an Arrow type is numeric, truth values (0 and 1) included."""
    types = pa.types
    return bool(types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind) or types.is_boolean(kind))


def plain_type(column: Any) -> Any:
    """The column without dictionary encoding, view types or chunks."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type):
        column = column.cast(pa.string())
    return column


def _by_distinct(column: Any, convert: Any) -> Any:
    """Convert each distinct value once: survey columns hold few."""
    if not (pa.types.is_string(column.type) or holds_numbers(column.type)):
        return convert(column)
    encoded = column.dictionary_encode()
    return convert(encoded.dictionary).take(encoded.indices)


def _text(distinct: Any) -> Any:
    text = pc.utf8_trim_whitespace(_strings(distinct))
    missing = pc.is_in(pc.utf8_lower(text), value_set=_MISSING)
    return pc.if_else(missing, pa.scalar(None, pa.string()), text)


def _written(distinct: Any) -> Any:
    text = pc.utf8_trim_whitespace(_strings(distinct))
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def _strings(distinct: Any) -> Any:
    kind = distinct.type
    if pa.types.is_string(kind):
        return distinct
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return pa.array([_shortest(value) for value in distinct.to_pylist()], pa.string())
    if pa.types.is_timestamp(kind):
        return pa.array([_iso(value) for value in distinct.cast(pa.timestamp("us", kind.tz), safe=False).to_pylist()])
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return pa.array([None if value is None else str(value) for value in distinct.to_pylist()], pa.string())
    return distinct.cast(pa.string())


def _shortest(value: Any) -> str | None:
    if value is None:
        return None
    if value == value and abs(value) < 1e15 and value == int(value):  # noqa: PLR0124 (NaN differs from itself)
        return str(int(value))
    return str(value)


def _iso(value: Any) -> str | None:
    if value is None:
        return None
    at_midnight = value.tzinfo is None and (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
    return str(value.date().isoformat() if at_midnight else value.isoformat(sep=" "))


def _parsed(text: Any, decimal: Decimal) -> Any:
    written = pc.replace_substring(text, "−", "-")
    good = pc.match_substring_regex(written, _POINT if decimal is Decimal.POINT else _COMMA)
    if decimal is not Decimal.POINT:
        if decimal is Decimal.COMMA_UNLESS_GROUPED:
            good = pc.and_(good, pc.invert(pc.match_substring_regex(written, _GROUPED)))
        written = pc.replace_substring(written, ",", ".")
    written = pc.replace_substring_regex(written, r"^\+", "")
    floats = pc.if_else(good, written, pa.scalar(None, pa.string())).cast(pa.float64())
    return pc.if_else(pc.is_finite(floats), floats, pa.scalar(None, pa.float64()))
