"""QSF's loose JSON, read without trust: PHP writes lists for objects, texts for numbers and words for flags."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

Raw = dict[str, Any]
_ON = {"true", "on", "yes", "1"}


def mapping(value: Any) -> Raw:
    """An object; a list is one by its places, anything else an empty one.

    >>> mapping(["a"]), mapping(None)
    ({'0': 'a'}, {})
    """
    if isinstance(value, dict):
        return value
    return {str(place): inner for place, inner in enumerate(value)} if isinstance(value, list) else {}


def inner(value: Any, *names: str) -> Raw:
    """An object inside objects, by the names that lead to it."""
    for name in names:
        value = mapping(value).get(name)
    return mapping(value)


def listed(value: Any) -> list[Any]:
    """A list; the values of an object in order; anything else an empty one."""
    if isinstance(value, list):
        return value
    return [value[key] for key in numbered(value)] if isinstance(value, dict) else []


def said(value: Any) -> str:
    """A text; a number as one."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def word(value: Any) -> str:
    """A text, or the first of a list of them, as some exports write."""
    return said(value[0] if isinstance(value, list) and value else value)


def number(value: Any) -> float | int | None:
    """A number, also one that is spelled."""
    if isinstance(value, bool):
        return None
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    if not math.isfinite(found) or abs(found) > 1e15:
        return None
    return int(found) if found == int(found) else found


def whole(value: Any) -> int | None:
    """A whole number."""
    found = number(value)
    return None if found is None else int(found)


def is_on(value: Any) -> bool:
    """Whether a flag is set, however that is written."""
    return value is True or said(value).lower() in _ON


def numbered(value: Raw) -> list[str]:
    """The keys of an object, those that are numbers first and in their order."""
    return sorted(
        value, key=lambda key: (0, int(key), "") if key.isascii() and key.isdigit() and len(key) < 12 else (1, 0, key)
    )


def ordered(items: Any, order: Any) -> Iterator[tuple[str, Raw]]:
    """Choices or answers in the order that is given, each once; those that it forgets come last."""
    found = mapping(items)
    wanted = [key for key in map(said, listed(order)) if key in found]
    for key in dict.fromkeys([*wanted, *numbered(found)]):
        value = found[key]
        yield key, value if isinstance(value, dict) else {"Display": said(value)}
