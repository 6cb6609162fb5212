"""Which questions an expression speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

PARENT, PREVIOUS = "parent", "prev"
"""What "panel." and "row." begin with where they mean the panel around, and the panel or row before."""
_BY_LITERAL = re.compile(r"(?:displayvalue|propertyvalue|getcomment|iscontainerready)\s*\(", re.IGNORECASE)
_LITERAL = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_BESIDE = ("-comment", "-total")


def named_in(text: str, names: frozenset[str]) -> frozenset[str]:
    """The paths that an expression names, small; those too that it hands to a function as a text."""
    found = {name.lower() for name in names}
    if _BY_LITERAL.search(text):
        found |= {(one or other).lower() for one, other in _LITERAL.findall(text)}
    return frozenset(found)


def asked_whether_ready(text: str) -> frozenset[str]:
    """The pages and panels of which an expression may ask whether they are ready, as written."""
    if "iscontainerready" not in text.lower():
        return frozenset()
    return frozenset(one or other for one, other in _LITERAL.findall(text))


def reached(name: str, keys: Mapping[str, object]) -> str | None:
    """The key that a path begins with: the longest one there is.

    >>> reached("panel[0].q", {"panel": 1}), reached("a.b", {"a": 1, "a.b": 2}), reached("c", {})
    ('panel', 'a.b', None)
    """
    if name in keys:
        return name
    for path in _shorter(name):
        if path in keys:
            return path
        for suffix in _BESIDE:
            if path.endswith(suffix) and path.removesuffix(suffix) in keys:
                return path.removesuffix(suffix)
    return None


def _shorter(name: str) -> Iterator[str]:
    if len(name) > 1_000:
        return
    yield name
    for place in range(len(name) - 1, 0, -1):
        if name[place] in ".[":
            yield name[:place]
