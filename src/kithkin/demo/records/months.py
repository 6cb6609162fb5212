"""Whole months, as they are written."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray


def months_before(today: date, count: int) -> tuple[str, ...]:
    """So many months up to the last whole one.

    >>> months_before(date(2026, 1, 15), 2)
    ('2025-11', '2025-12')
    """
    last = today.year * 12 + today.month - 2
    return tuple(f"{month // 12}-{month % 12 + 1:02d}" for month in range(last - count + 1, last + 1))


def starts(months: tuple[str, ...]) -> NDArray[np.datetime64]:
    """The first day of each."""
    return np.array(months, dtype="datetime64[M]")


def quarters(months: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
    """The places of the months of each quarter of the calendar that ends among them, the first one perhaps cut off.

    >>> quarters(("2025-11", "2025-12", "2026-01"))
    ((0, 1),)
    """
    found: dict[str, list[int]] = {}
    for place, month in enumerate(months):
        found.setdefault(quarter_of(month), []).append(place)
    return tuple(tuple(places) for places in found.values() if int(months[places[-1]][5:]) % 3 == 0)


def quarter_of(month: str) -> str:
    """Its name.

    >>> quarter_of("2025-11")
    'Q4 2025'
    """
    return f"Q{(int(month[5:]) - 1) // 3 + 1} {month[:4]}"
