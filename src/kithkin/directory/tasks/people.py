"""What is known of people goes when its time is over."""

from __future__ import annotations

import time
from datetime import date

from kithkin.directory.models import AttributeDefinition
from kithkin.directory.models.days import today
from kithkin.directory.services.attributes import clear_values
from kithkin.platform import jobs

SECONDS = 20
"""After which the rest is left to the next job, so that none is started twice."""


def clear_old_values() -> None:
    """Every night: a job for each attribute whose values are not kept for good."""
    for definition in AttributeDefinition.objects.filter(retention_months__isnull=False):
        jobs.enqueue(clear_values_of, definition.pk, months_before(today(), definition.retention_months).isoformat())


def clear_values_of(definition_id: int, older_than: str = "", after_id: int = 0) -> None:
    """Clear them batch by batch; may be started twice, and goes on where a crash ended it."""
    definition = AttributeDefinition.objects.filter(pk=definition_id).first()
    if definition is None:
        return
    before, until = date.fromisoformat(older_than) if older_than else None, time.monotonic() + SECONDS
    last: int | None = after_id
    while last is not None and time.monotonic() < until:
        last = clear_values(definition=definition, older_than=before, after_id=last)
    if last is not None:
        jobs.enqueue(clear_values_of, definition_id, older_than, last)


def months_before(day: date, months: int | None) -> date:
    """The same day so many months earlier, or the month's last where it has no such day.

    >>> months_before(date(2026, 3, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - (months or 0), 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(max(year, 1), month + 1, last)
        except ValueError:
            continue
    raise AssertionError
