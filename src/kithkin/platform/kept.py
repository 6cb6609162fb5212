"""What was made for a reader lately, in the memory of this process, as long as nothing that it was made of changed.

The key holds all that it depends on: the reader and their roles, language and zone, the day, and the state of the
company. So nobody finds what was made for another, and after a change, in whichever process, nobody finds it any more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from typing import TypeVar

from django.core.cache import caches
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language

from kithkin.platform.access import granted
from kithkin.platform.models import AuditEntry, User
from kithkin.platform.registries.state import states

SECONDS = 300
LATE = 1_000
"""Of so many entries of the trail it is known whether all are there: on PostgreSQL a later one may be seen earlier."""
T = TypeVar("T")


def kept(user: User, what: str, make: Callable[[], T]) -> T:
    """What `make` gives for this reader, or gave before; it has to be small, and may hold no secret of a session."""
    memory, key = caches["process"], _key(user, what)
    found: tuple[T] | None = memory.get(key)
    if found is None:
        found = (make(),)
        memory.set(key, found, SECONDS)
    return found[0]


def state_of_company() -> tuple[Hashable, ...]:
    """Another value whenever something was changed that the trail follows or a room has named."""
    newest = AuditEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    there = AuditEntry.objects.filter(pk__gt=newest - LATE).count()
    return (newest, there, *(state.now() for state in states))


def _key(user: User, what: str) -> str:
    reader = (user.pk, granted(user), get_language(), timezone.get_current_timezone_name())
    days = (timezone.localdate(), timezone.localdate(timezone=timezone.get_default_timezone()))
    made_of = (what, reader, days, state_of_company())
    return hashlib.sha256(repr(made_of).encode()).hexdigest()
