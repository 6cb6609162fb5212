"""Signs of life: each part that runs for itself leaves one every few seconds."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.utils import timezone

from kithkin.platform.models import Heartbeat

EVERY = 10.0
LATE = timedelta(seconds=60)
JOBS, EVENTS, BACKUP = "jobs", "events", "backup"


def beat(name: str) -> None:
    """Leave a sign now."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now()})


def last_beats() -> dict[str, datetime]:
    """The last sign of each part that ever left one."""
    return dict(Heartbeat.objects.values_list("name", "at"))


def alive(at: datetime | None) -> bool:
    """Whether a sign of this time is fresh enough."""
    return at is not None and timezone.now() - at < LATE


class Pulse:
    """Beats for one part, at most every ten seconds: call it as often as you like."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._next = 0.0

    def __call__(self) -> None:
        """Leave a sign, if it is time."""
        if time.monotonic() >= self._next:
            beat(self._name)
            self._next = time.monotonic() + EVERY
