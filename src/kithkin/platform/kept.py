"""What was made for a reader lately, in the memory of this process, as long as nothing that it was made of changed.

The key holds all that it depends on: the reader and their roles, language and zone, the day, and the state of the
company. So nobody finds what was made for another, and after a change, in whichever process, nobody finds it any more.
"""

from __future__ import annotations

import hashlib
import threading
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
_at_work: dict[str, threading.Event] = {}
_lock = threading.Lock()


def kept(user: User, what: str, make: Callable[[], T]) -> T:
    """What `make` gives for this reader, or gave before; it has to be small, and may hold no secret of a session."""
    return once(_key(user, what), make)


def once(key: str, make: Callable[[], T]) -> T:
    """The same of what depends on nothing but its key. Of several threads that ask at one moment, one makes it."""
    memory = caches["process"]
    while True:
        found: tuple[T] | None = memory.get(key)
        if found is not None:
            return found[0]
        with _lock:
            other = _at_work.get(key)
            if other is None:
                _at_work[key] = threading.Event()
                break
        other.wait()  # where that one fails, the next tries for itself
    try:
        made = make()
        memory.set(key, (made,), SECONDS)
        return made
    finally:
        with _lock:
            _at_work.pop(key).set()


def key_of(*made_of: object) -> str:
    """A key of things whose `repr` tells all of them."""
    return hashlib.sha256(repr(made_of).encode()).hexdigest()


def state_of_company() -> tuple[Hashable, ...]:
    """Another value whenever something was changed that the trail follows or a room has named."""
    newest = AuditEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    there = AuditEntry.objects.filter(pk__gt=newest - LATE).count()
    return (newest, there, *(state.now() for state in states))


def _key(user: User, what: str) -> str:
    reader = (user.pk, granted(user), get_language(), timezone.get_current_timezone_name())
    days = (timezone.localdate(), timezone.localdate(timezone=timezone.get_default_timezone()))
    return key_of(what, reader, days, state_of_company())
