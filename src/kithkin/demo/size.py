"""How large a simulated company is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """`branches` of the forty are asked and measured, over so many whole months before today."""

    months: int = 24
    branches: int = 40
    staff: int = 1250
    private: int = 260
    """Customers who buy for themselves; those of the thirty accounts come on top."""


WHOLE = Size()
SMALL = Size(months=4, branches=5, staff=130, private=10)
"""For tests: there is some of everything."""
