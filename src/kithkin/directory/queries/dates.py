"""Which day a page shows: today, or the one that its address names (`?on=2025-03-01`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from kithkin.directory.models.days import today

EARLIEST, LATEST = date(1800, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True)
class ChosenDate:
    """The day that a page shows. `today` says whether nobody chose another; `components/as_of.html` shows it."""

    day: date
    today: bool

    @property
    def parameter(self) -> str:
        """For links that keep the day: "?on=2025-03-01", or nothing for today."""
        return "" if self.today else f"?on={self.day.isoformat()}"


def chosen_date(request: HttpRequest) -> ChosenDate:
    """The day in the address; today where there is none, or none that makes sense."""
    now = today()
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return ChosenDate(now, today=True)
    day = min(max(day, EARLIEST), LATEST)
    return ChosenDate(day, today=day == now)
