"""The path of one request: its legs, with whose the waiting was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from kithkin.servicedesk.models import Moment, Queue, Request

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Leg:
    """One stay in a queue, None before any had it; `last` where nobody took over. `returned`: it had been here before.

    `share` is of all the time that the request took until now, or until it was closed for good.
    """

    queue: Queue | None
    since: datetime
    until: datetime
    share: float
    returned: bool
    last: bool

    @property
    def hours(self) -> float:
        """How long it stayed."""
        return (self.until - self.since) / HOUR


@dataclass(frozen=True)
class Holder:
    """A queue with all its legs: how much of the delay is its own."""

    queue: Queue | None
    hours: float
    share: float
    legs: int


@dataclass(frozen=True)
class Path:
    """The way of a request, with its events."""

    request: Request
    moments: Sequence[Moment]
    legs: Sequence[Leg]
    since: datetime
    until: datetime

    @property
    def hours(self) -> float:
        """From its first event to its last, or until now while it is open."""
        return (self.until - self.since) / HOUR

    @property
    def hand_overs(self) -> int:
        """How often another queue took over."""
        return max(sum(leg.queue is not None for leg in self.legs) - 1, 0)

    @property
    def returns(self) -> int:
        """How often it came back to where it had been."""
        return sum(leg.returned for leg in self.legs)

    @property
    def holders(self) -> list[Holder]:
        """Whose the delay is, the longest first."""
        by_queue: dict[Queue | None, list[Leg]] = {}
        for leg in self.legs:
            by_queue.setdefault(leg.queue, []).append(leg)
        found = [
            Holder(queue, sum(leg.hours for leg in legs), sum(leg.share for leg in legs), len(legs))
            for queue, legs in by_queue.items()
        ]
        return sorted(found, key=lambda one: -one.hours)


def path_of(request: Request) -> Path:
    """The path as it is told by all the request's events; of one that is open the last leg goes on until now."""
    moments = list(Moment.objects.filter(request=request).select_related("queue__unit").order_by("at", "pk"))
    since = moments[0].at if moments else request.opened_at
    end = moments[-1].at if moments else request.opened_at
    if request.closed_at is None:
        end = max(end, timezone.now())
    return Path(request, moments, _legs(moments, since, end), since, end)


def _legs(moments: Sequence[Moment], since: datetime, end: datetime) -> list[Leg]:
    begins: list[tuple[Queue | None, datetime]] = []
    for moment in moments:
        if not begins or (moment.queue is not None and moment.queue != begins[-1][0]):
            begins.append((moment.queue, moment.at))
    whole = (end - since) / HOUR
    found, had = [], set()
    for place, (queue, at) in enumerate(begins):
        last = place == len(begins) - 1
        until = end if last else begins[place + 1][1]
        share = (until - at) / HOUR / whole if whole else 0.0
        found.append(Leg(queue, at, until, share, queue in had, last))
        had.add(queue)
    return found
