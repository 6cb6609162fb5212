"""Values as expressions write them."""

from __future__ import annotations

from typing import Any


def literal(value: Any) -> str:
    r"""A value as an expression writes it. A backslash at a text's end cannot be written and is left out.

    >>> literal("it's"), literal(["a", 2]), literal(True), literal(None)
    ("'it\\'s'", "['a', 2]", 'true', "''")
    """
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = "" if value is None else str(value).rstrip("\\")
    return "'" + text.replace("'", "\\'").replace('"', '\\"') + "'"
