"""Answers in texts: "Why do you give {score}?" """

from __future__ import annotations

import re

from kithkin.questionnaire.expressions.scope import Scope

_BRACES = re.compile(r"\{([^{}]+)\}")


def pipe(text: str, scope: Scope) -> str:
    """The text with every {path} replaced by what its answer shows; a path that nothing is known of stays as it is.

    >>> pipe("Why {score}, {Name}? {other}", Scope({"score": 3, "name": ""}))
    'Why 3, ? {other}'
    """

    def answer(found: re.Match[str]) -> str:
        name = found[1].strip()
        shown = None if ":" in found[1] or not name else scope.text(name)
        return found[0] if shown is None else shown

    return _BRACES.sub(answer, text)


def referenced(text: str) -> frozenset[str]:
    """The paths that `pipe` would look for."""
    return frozenset(found[1].strip() for found in _BRACES.finditer(text) if ":" not in found[1] and found[1].strip())
