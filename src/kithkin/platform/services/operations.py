"""What an administrator does about work that failed. Each may be done twice: the second time does nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import structlog
from django.core.signing import BadSignature
from django.db import connection, transaction
from django.utils import timezone
from django_q.models import OrmQ, Task
from django_q.tasks import async_task

from kithkin.platform.audit import MASKED
from kithkin.platform.models import FailedDelivery

SHORTEST = 3
"""Shorter texts stand in nearly every traceback."""
log = structlog.get_logger(__name__)


@transaction.atomic
def retry_job(*, task_id: str) -> bool:
    """Run a failed job again now; whether there was anything to do."""
    failed = _failed(task_id)
    if failed is None:
        return False
    waiting = list(_queued(task_id))
    if waiting:
        OrmQ.objects.filter(pk__in=waiting).update(lock=timezone.now())
    else:
        async_task(failed.func, *(failed.args or ()), **(failed.kwargs or {}))
    failed.delete()
    return True


@transaction.atomic
def forget_job(*, task_id: str) -> bool:
    """Let a failed job be: it is not tried again, and no longer shown."""
    failed = _failed(task_id)
    if failed is None:
        return False
    OrmQ.objects.filter(pk__in=list(_queued(task_id))).delete()
    log.warning("job given up", job=failed.func, error=str(failed.result)[:500])
    failed.delete()
    return True


def retry_delivery(*, failure_id: int) -> bool:
    """Have the dispatcher try it again at once; whether there was anything to do."""
    return bool(FailedDelivery.objects.filter(pk=failure_id).update(next_try_at=timezone.now()))


@transaction.atomic
def give_up_delivery(*, failure_id: int) -> bool:
    """This subscriber will never be told of this event."""
    failure = FailedDelivery.objects.filter(pk=failure_id).first()
    if failure is None:
        return False
    log.warning("delivery given up", event_id=failure.event_id, subscriber=failure.subscriber, error=failure.error)
    failure.delete()
    return True


@transaction.atomic
def erase_from_failures(*, texts: Collection[str]) -> None:
    """Take the error of every job and delivery that holds one of these texts; that it failed, and when, stays."""
    wanted = [text.casefold() for text in texts if len(text) >= SHORTEST]
    for task in Task.objects.filter(success=False).iterator():
        if _holds(task.result, wanted):
            Task.objects.filter(pk=task.pk).update(result=MASKED)
    for failure in FailedDelivery.objects.iterator():
        if _holds(failure.error, wanted):
            FailedDelivery.objects.filter(pk=failure.pk).update(error=MASKED)


def _holds(error: object, wanted: Collection[str]) -> bool:
    said = str(error or "").casefold()
    return any(text in said for text in wanted)


def _failed(task_id: str) -> Task | None:
    found = Task.objects.filter(pk=task_id, success=False)
    if connection.features.has_select_for_update:
        found = found.select_for_update()
    return found.first()


def _queued(task_id: str) -> Iterator[int]:
    """What still stands in the queue of this job: a failed one comes back by itself a few times."""
    for package in OrmQ.objects.filter(lock__gt=timezone.now()).iterator():
        try:
            if package.task_id() == task_id:
                yield package.pk
        except (BadSignature, KeyError):
            continue
