"""What counts as no answer."""

from __future__ import annotations

from typing import Any


def is_empty(value: Any) -> bool:
    """Whether a value counts as no answer."""
    return value is None or (isinstance(value, str | list | dict) and not value)


def is_blank(value: Any) -> bool:
    """Whether nothing was said: rows and panels may be there and all empty."""
    if isinstance(value, dict):
        return all(map(is_blank, value.values()))
    if not isinstance(value, list):
        return is_empty(value)
    return all(isinstance(each, dict) and is_blank(each) for each in value)
