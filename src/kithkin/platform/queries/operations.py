"""How an installation runs: what waits, what failed, and who gave a sign of life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.models import OrmQ, Schedule, Task

from kithkin.platform import pulse
from kithkin.platform.broker import DIED
from kithkin.platform.models import Event, FailedDelivery
from kithkin.platform.registries.operations import Card, operations_cards

SHOWN = 50
STUCK_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Waiting:
    """How many things wait, how many are at work, and since when the oldest waits."""

    waiting: int
    running: int
    oldest: datetime | None

    @property
    def stuck(self) -> bool:
        """Whether the oldest waits for so long that something must be wrong."""
        return self.oldest is not None and timezone.now() - self.oldest > STUCK_AFTER


@dataclass(frozen=True)
class FailedJob:
    """A job that failed: what it was, why in a line and in full, how often it was tried, and whether it comes back."""

    id: str
    function: str
    error: str
    detail: str
    at: datetime
    attempts: int
    comes_back: bool


@dataclass(frozen=True)
class ScheduleState:
    """A job by the clock: when it runs next, when it last did, and whether that went well (None: never)."""

    name: str
    next_run: datetime | None
    last_run: datetime | None
    went_well: bool | None


@dataclass(frozen=True)
class Operations:
    """The whole of it."""

    jobs: Waiting
    events: Waiting
    failed_jobs: Sequence[FailedJob]
    failed_deliveries: Sequence[FailedDelivery]
    schedules: Sequence[ScheduleState]
    beats: dict[str, datetime]
    cards: Sequence[tuple[str, Card]]

    @property
    def jobs_alive(self) -> bool:
        """Whether the workers gave a sign of life within a minute."""
        return pulse.alive(self.beats.get(pulse.JOBS))

    @property
    def events_alive(self) -> bool:
        """Whether the dispatcher did."""
        return pulse.alive(self.beats.get(pulse.EVENTS))

    @property
    def last_backup(self) -> datetime | None:
        """When a backup was last written whole."""
        return self.beats.get(pulse.BACKUP)

    @property
    def well(self) -> bool:
        """Whether nothing asks for an administrator."""
        stuck = self.jobs.stuck or self.events.stuck or any(card.wrong for _title, card in self.cards)
        return self.jobs_alive and self.events_alive and not (stuck or self.failed_jobs or self.failed_deliveries)


def operations() -> Operations:
    """Everything, in seven statements and those of the rooms' cards, however much there is."""
    return Operations(
        jobs=queue(),
        events=undelivered(),
        failed_jobs=_failed_jobs(),
        failed_deliveries=list(FailedDelivery.objects.select_related("event").order_by("next_try_at", "pk")[:SHOWN]),
        schedules=_schedules(),
        beats=pulse.last_beats(),
        cards=[(str(card.title), card.state()) for card in operations_cards],
    )


def queue() -> Waiting:
    """The queue of jobs. One that is at work, or pauses after a failure, is locked until it would come back."""
    now = timezone.now()
    found = OrmQ.objects.aggregate(
        waiting=Count("pk", filter=Q(lock__lte=now)),
        running=Count("pk", filter=Q(lock__gt=now)),
        oldest=Min("lock", filter=Q(lock__lte=now)),
    )
    return Waiting(found["waiting"], found["running"], found["oldest"])


def undelivered() -> Waiting:
    """Events that were not handed out yet."""
    found = Event.objects.filter(dispatched_at__isnull=True).aggregate(waiting=Count("pk"), oldest=Min("happened_at"))
    return Waiting(found["waiting"], 0, found["oldest"])


def _failed_jobs() -> list[FailedJob]:
    most = settings.Q_CLUSTER["max_attempts"]
    return [
        FailedJob(
            id=task.pk,
            function=str(task.func),
            error=_(DIED) if task.result == DIED else _line(str(task.result or "")),
            detail=str(task.result or ""),
            at=task.stopped,
            attempts=task.attempt_count,
            comes_back=task.attempt_count < most,
        )
        for task in Task.objects.filter(success=False).order_by("-stopped")[:SHOWN]
    ]


def _line(result: str) -> str:
    """The error without its traceback, as Django-Q puts it before that."""
    return result.partition(" : Traceback")[0].strip()[:300]


def _schedules() -> list[ScheduleState]:
    rows = list(Schedule.objects.order_by("name"))
    ran = {task.pk: task for task in Task.objects.filter(pk__in=[row.task for row in rows if row.task]).defer("result")}
    return [
        ScheduleState(
            name=_(row.name) if row.name else row.func,
            next_run=row.next_run,
            last_run=ran[row.task].stopped if row.task in ran else None,
            went_well=ran[row.task].success if row.task in ran else None,
        )
        for row in rows
    ]
