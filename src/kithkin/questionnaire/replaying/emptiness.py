"""What counts as no answer."""

from __future__ import annotations

from typing import Any


def is_empty(value: Any) -> bool:
    """Whether a value counts as no answer."""
    return value is None or (isinstance(value, str | list | dict) and not value)


def is_blank(value: Any) -> bool:
    """Whether nothing was said: rows and panels may be there and all empty."""
    if not isinstance(value, list):
        return is_empty(value)
    return all(isinstance(each, dict) and all(map(is_blank, each.values())) for each in value)
