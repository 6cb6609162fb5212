"""Work in the background: a queue in the database, so that enqueuing takes part in the caller's transaction.

A job is a module-level function of plain arguments that may be started twice: a crashed one comes back after
`Q_CLUSTER["retry"]` seconds. Work longer than about 30 s is cut into chunks, each enqueuing the next.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django_q.models import Schedule
from django_q.tasks import async_task

from kithkin.platform.events import Fact
from kithkin.platform.registries import Registry


@dataclass(frozen=True)
class JobGivenUp(Fact):
    """A job failed so often that it is not tried any more; `job` is the function's dotted path."""

    task_id: str
    job: str


class Scheduled:
    """A job that runs by the clock: its name, the function's dotted path and a cron line in UTC.

    A page shows the name in the reader's language: write it in `gettext_noop`.
    """

    def __init__(self, name: str, function: str, cron: str) -> None:
        self.name, self.function, self.cron = name, function, cron


schedules: Registry[Scheduled] = Registry(lambda scheduled: scheduled.name)


def enqueue(function: Callable[..., Any], *arguments: Any) -> str:
    """Run `function(*arguments)` soon; the job's id. Where the caller's transaction fails, the job never was."""
    return enqueue_named(f"{function.__module__}.{function.__qualname__}", *arguments)


def enqueue_named(function: str, *arguments: Any) -> str:
    """The same by a dotted path, for whoever must not import it."""
    return str(async_task(function, *arguments))


def write_schedules() -> None:
    """Make the schedule rows say what the rooms registered; called after every migration."""
    known = [scheduled.name for scheduled in schedules]
    Schedule.objects.exclude(name__in=known).delete()
    for scheduled in schedules:
        as_registered = {"func": scheduled.function, "cron": scheduled.cron, "schedule_type": Schedule.CRON}
        rows = Schedule.objects.filter(name=scheduled.name)
        if not rows.filter(**as_registered).exists():
            rows.delete()  # only a new row works out its next run
            Schedule.objects.create(name=scheduled.name, repeats=-1, **as_registered)
