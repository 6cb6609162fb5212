"""One loader at a time for each table, so that nobody works in vain: what keeps the rows right is that a commit which
was overtaken is refused."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from kithkin.insights.models import Loaded

LEASE = timedelta(seconds=90)
APART = timedelta(seconds=5)
"""By how much the clocks of two machines may differ."""


class LeaseLost(Exception):
    """Somebody else has the table now."""


class Lease:
    """The right to load one table."""

    def __init__(self, table: str, key: str) -> None:
        self.table, self._key = table, key

    def read(self) -> Loaded:
        """What is known of the table."""
        return Loaded.objects.get(table=self.table)

    def renew(self) -> None:
        """Keep it for longer, else `LeaseLost`."""
        ours = Loaded.objects.filter(table=self.table, leased_by=self._key)
        if not ours.update(leased_until=timezone.now() + LEASE):
            raise LeaseLost(self.table)

    def give_back(self) -> None:
        """Let others have it."""
        Loaded.objects.filter(table=self.table, leased_by=self._key).update(leased_until=None, leased_by="")


@contextmanager
def held(table: str) -> Iterator[Lease | None]:
    """The table's lease, None where somebody has it.

    One that ends later than any that is taken now can was taken before the clock was set back: it holds no longer.
    """
    now, key = timezone.now(), uuid.uuid4().hex
    Loaded.objects.get_or_create(table=table)
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now) | Q(leased_until__gt=now + LEASE + APART)
    if not Loaded.objects.filter(free, table=table).update(leased_until=now + LEASE, leased_by=key):
        yield None
        return
    lease = Lease(table, key)
    try:
        yield lease
    finally:
        lease.give_back()
