"""Months as texts ("2026-03"), in order by themselves, and the longer periods they make."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Span:
    """Months from `first` to `last`, both included; None is open."""

    first: str | None = None
    last: str | None = None

    def holds(self, month: str) -> bool:
        """Whether the month lies in it."""
        return (self.first is None or month >= self.first) and (self.last is None or month <= self.last)

    def before(self) -> Span | None:
        """The span as long that ends where this one starts; None where this one is open.

        >>> Span("2026-01", "2026-03").before()
        Span(first='2025-10', last='2025-12')
        """
        if self.first is None or self.last is None:
            return None
        length = _number(self.last) - _number(self.first) + 1
        return Span(_month(_number(self.first) - length), _month(_number(self.first) - 1))


ALWAYS = Span()


def valid(text: str | None) -> str | None:
    """The text if it is a month, else None."""
    return text if text and MONTH.fullmatch(text) else None


def quarter(month: str) -> str:
    """
    >>> quarter("2026-05")
    '2026-Q2'
    """
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


def year(month: str) -> str:
    """The year of a month."""
    return month[:4]


def last_day(month: str) -> date:
    """The day on which the organisation of a month is looked at.

    >>> last_day("2024-02")
    datetime.date(2024, 2, 29)
    """
    of_year, number = int(month[:4]), int(month[5:])
    return date(of_year, number, monthrange(of_year, number)[1])


def shifted(month: str, by: int) -> str:
    """So many months later.

    >>> shifted("2025-12", 1), shifted("2026-01", -2)
    ('2026-01', '2025-11')
    """
    return _month(_number(month) + by)


def month_of(day: date) -> str:
    """The month of a day."""
    return f"{day.year:04d}-{day.month:02d}"


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
