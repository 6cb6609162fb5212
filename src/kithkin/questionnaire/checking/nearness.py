"""Which name may have been meant by one that nothing has."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

LONGEST = 80
MOST_COMPARED = 30_000_000
"""Letters held against letters: some two seconds. Whoever mistook thousands of names is not helped by more."""


class Nearness:
    """Looks for names that are most like others, as long as nobody waits for it."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = sorted(name for name in known if len(name) <= LONGEST)
        self._letters = sum(map(len, self._known))
        self._left = MOST_COMPARED

    def to(self, name: str) -> str | None:
        """The name that is most like it; None where none is, or where too many were looked for already."""
        if len(name) > LONGEST or self._left <= 0:
            return None
        self._left -= len(name) * self._letters
        near = difflib.get_close_matches(name, self._known, 1)
        return near[0] if near else None
