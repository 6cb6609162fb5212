"""How far each part of the load is, for whoever waits."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[str, int, int], None]
"""Is told that of a part, by its name in words, so many of so many are done."""


def nobody(_part: str, _done: int, _of: int) -> None:
    """Nobody waits."""
