"""One worker at a time: who works on an import holds a lease, and every chunk's transaction begins by renewing it."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from kithkin.platform.models import WORKING, Import

LEASE = timedelta(seconds=60)
"""Shorter than the time after which the queue starts a lost job again."""
MOST_TRIES = 5
"""Whoever took it up so often, and never came to the end of a chunk, was ended by it."""

APART = timedelta(seconds=5)
"""By how much the clocks of two machines may differ."""


class LeaseLost(Exception):
    """Somebody else works on this import now, or it was stopped: nothing of this chunk is kept."""


def take_lease(import_id: int) -> Import | None:
    """The import, held for this worker; None where there is nothing to do or another worker has it."""
    now = timezone.now()
    free = Q(lease_until__isnull=True) | outside(now, timedelta())
    lease = uuid.uuid4()
    held = Import.objects.filter(free, pk=import_id, state__in=WORKING, failure="")
    if not held.update(lease=lease, lease_until=now + LEASE, tries=F("tries") + 1):
        return None
    return Import.objects.select_related("by").filter(pk=import_id, lease=lease).first()


def outside(now: datetime, late: timedelta) -> Q:
    """Leases that hold no longer, since they ran out so long ago, or end later than any that is taken now can.

    The latter were taken before the clock was set back, and would keep everybody away for as long.
    """
    return Q(lease_until__lt=now - late) | Q(lease_until__gt=now + LEASE + APART)


def hold(one: Import) -> None:
    """Renew the lease, and on PostgreSQL lock the import until the transaction ends; else `LeaseLost`."""
    held = Import.objects.filter(pk=one.pk, lease=one.lease, state=one.state, cursor=one.cursor)
    if not held.update(lease_until=timezone.now() + LEASE):
        raise LeaseLost


def advance(one: Import, **fields: Any) -> None:
    """Write where the import stands now, in the chunk's transaction; on the object once that has succeeded."""
    Import.objects.filter(pk=one.pk).update(tries=0, **fields)


def release(one: Import, **fields: Any) -> bool:
    """Give the lease back; whether it still was ours."""
    ours = Import.objects.filter(pk=one.pk, lease=one.lease)
    return bool(ours.update(lease=None, lease_until=timezone.now(), **fields))
