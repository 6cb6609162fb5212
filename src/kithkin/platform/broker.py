"""The queue's broker, which knows how often a job was begun: what ends its worker does not come back for ever.

Django-Q counts the results of a job. One that takes its worker with it (no memory left, a crash in a library) has none,
and would be begun anew until somebody looks. So each job is written down before it begins and struck out with its
result; one that was begun often enough without any stands among the failures, where it waits for an administrator.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import structlog
from django.conf import settings
from django.core.signing import BadSignature
from django.db import DatabaseError, transaction
from django.db.models import F
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_noop
from django_q.brokers.orm import ORM
from django_q.models import Task
from django_q.signals import post_execute, pre_execute
from django_q.signing import SignedPackage

from kithkin.platform.models import JobStart

DIED = gettext_noop("Its worker ended without a word each time it was begun. It may need more memory than there is.")
log = structlog.get_logger(__name__)
Queued = tuple[int, str]


class Broker(ORM):
    """The queue in the database, without jobs that were begun in vain too often."""

    def dequeue(self) -> list[Queued] | None:
        """What is to be worked on now, locked until it would come back."""
        found: list[Queued] | None = super().dequeue()
        if not found or not JobStart.objects.filter(times__gte=_most()).exists():
            return found
        return [one for one in found if not self._given_up(*one)]

    def _given_up(self, ack_id: int, payload: str) -> bool:
        with suppress(BadSignature, TypeError, KeyError):
            job: dict[str, Any] = SignedPackage.loads(payload)
            with transaction.atomic():
                begun = JobStart.objects.filter(pk=job["id"], times__gte=_most()).first()
                if begun is None:
                    return False
                _record_failure(job, begun)
                begun.delete()
                self.delete(ack_id)
            log.error("a job ended its worker each time and is given up", job=str(job["func"]), times=begun.times)
            return True
        return False


def _most() -> int:
    return int(settings.Q_CLUSTER["max_attempts"])


def _record_failure(job: dict[str, Any], begun: JobStart) -> None:
    """As Django-Q would have, had there been a result."""
    said = {"result": DIED, "success": False, "stopped": timezone.now(), "attempt_count": begun.times}
    made = {
        "name": job["name"],
        "func": str(job["func"]),
        "args": job["args"],
        "kwargs": job["kwargs"],
        "started": begun.at,
    }
    Task.objects.update_or_create(id=job["id"], defaults=said, create_defaults={**made, **said})


@receiver(pre_execute)
def write_down(task: dict[str, Any], **_: Any) -> None:
    """In the worker, before the job: it begins, whatever becomes of it."""
    try:
        with transaction.atomic():
            if not JobStart.objects.filter(pk=task["id"]).update(times=F("times") + 1):
                JobStart.objects.create(pk=task["id"], times=1)
    except DatabaseError:
        log.warning("that a job begins could not be written down", job=str(task["func"]))


@receiver(post_execute)
def strike_out(task: dict[str, Any], **_: Any) -> None:
    """Beside the workers, after the result was kept: the job ended as jobs do."""
    with suppress(DatabaseError):
        JobStart.objects.filter(pk=task["id"]).delete()
