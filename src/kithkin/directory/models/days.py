"""Days: which one is today, and which rows hold on one."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils import timezone


def today() -> date:
    """The organisation's own day: by its time zone, not the reader's, so that all see one tree."""
    return timezone.localdate(timezone=ZoneInfo(settings.TIME_ZONE))


def on_day(day: date, prefix: str = "") -> Q:
    """Rows with `since` and `until` that hold on this day; one without a beginning has always held."""
    begun = Q(**{f"{prefix}since__isnull": True}) | Q(**{f"{prefix}since__lte": day})
    return begun & (Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gt": day}))
