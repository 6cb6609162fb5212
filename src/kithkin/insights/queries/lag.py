"""How far behind the truth the warehouse is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.utils import timezone

from kithkin.insights.models import Loaded
from kithkin.platform.models import FactChange

LATE = timedelta(minutes=10)


@dataclass(frozen=True)
class Lag:
    """How many changes wait, since when the oldest does, and when something was last loaded."""

    waiting: int
    oldest: datetime | None
    loaded_at: datetime | None
    tables: int
    rows: int

    @property
    def late(self) -> bool:
        """Whether something must be wrong."""
        return self.oldest is not None and timezone.now() - self.oldest > LATE


def lag() -> Lag:
    """Of the whole warehouse, in two statements."""
    noted = FactChange.objects.aggregate(waiting=Count("pk"), oldest=Min("at"))
    known = list(Loaded.objects.values_list("loaded_at", "rows"))
    loaded = [at for at, _ in known if at is not None]
    return Lag(noted["waiting"], noted["oldest"], max(loaded, default=None), len(known), sum(rows for _, rows in known))


def as_of(*tables: str) -> datetime:
    """Up to when these tables hold everything: until now, where nothing waits."""
    oldest = FactChange.objects.filter(table__in=tables).aggregate(oldest=Min("at"))["oldest"]
    return oldest or timezone.now()
