"""What was delivered in one relation: its requests, and how many promises were kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q

from kithkin.analysis.metrics.intervals import wilson
from kithkin.analysis.results import Estimate
from kithkin.directory.models import ServiceLink
from kithkin.directory.models.days import today
from kithkin.servicedesk.models import Request

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Delivery:
    """The requests of this year; `kept` is the share of those whose promise is decided, None where none is."""

    year: int
    requests: int
    open: int
    kept: Estimate | None


def delivery_of(link: ServiceLink) -> Delivery | None:
    """None where nothing was ever asked in this relation."""
    year = today().year
    begin = datetime(year, 1, 1, tzinfo=ZoneInfo(settings.TIME_ZONE))
    this_year = Q(opened_at__gte=begin)
    counts = Request.objects.filter(link=link).aggregate(
        ever=Count("pk"),
        requests=Count("pk", filter=this_year),
        open=Count("pk", filter=Q(closed_at__isnull=True)),
        promises_kept=Count("pk", filter=this_year & Q(kept=True)),
        promises_broken=Count("pk", filter=this_year & Q(kept=False)),
    )
    if not counts["ever"]:
        return None
    decided = counts["promises_kept"] + counts["promises_broken"]
    kept = None
    if decided:
        share = counts["promises_kept"] / decided
        kept = Estimate(share, *wilson(share, decided, CONFIDENCE), decided, decided, CONFIDENCE)
    return Delivery(year, counts["requests"], counts["open"], kept)
