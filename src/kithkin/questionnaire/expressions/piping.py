"""Answers in texts: "Why do you give {score}?" """

from __future__ import annotations

import re

from kithkin.questionnaire.expressions.scope import Scope

_BRACES = re.compile(r"\{([^{}]+)\}")


def pipe(text: str, scope: Scope, *, most: int | None = None) -> str:
    """The text with every {path} replaced by what its answer shows; a path that nothing is known of stays as it is.

    Where more than `most` letters come together, no more are put in: what comes back then is longer than `most`.

    >>> pipe("Why {score}, {Name}? {other}", Scope({"score": 3, "name": ""}))
    'Why 3, ? {other}'
    """
    known: dict[str, str | None] = {}
    parts: list[str] = []
    last = length = 0
    for found in _BRACES.finditer(text):
        if found[1] not in known:
            name = found[1].strip()
            known[found[1]] = None if ":" in name or not name else scope.text(name)
        shown = known[found[1]]
        parts += (text[last : found.start()], found[0] if shown is None else shown)
        last = found.end()
        length += len(parts[-2]) + len(parts[-1])
        if most is not None and length > most:
            return "".join(parts)
    return "".join([*parts, text[last:]])


def referenced(text: str) -> frozenset[str]:
    """The paths that `pipe` would look for."""
    return frozenset(found[1].strip() for found in _BRACES.finditer(text) if ":" not in found[1] and found[1].strip())
