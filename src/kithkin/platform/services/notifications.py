"""Telling people: at once, in the morning, or on the page alone; and that they have read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from kithkin.platform.jobs import enqueue
from kithkin.platform.models import Notification, User
from kithkin.platform.registries.notifications import Frequency, Topic, frequency
from kithkin.platform.services.mailing import mail_what_is_due

MORNING = time(7)
"""When the daily mail goes out, in its reader's zone."""
KEPT_READ, KEPT = timedelta(days=90), timedelta(days=365)


@transaction.atomic
def notify(*, topic: Topic, users: Iterable[User], event_id: int, facts: Mapping[str, Any]) -> None:
    """Tell these users of an event, under a topic: in the caller's transaction, and once however often it is called.

    `facts` are what the topic's `tell` needs: ids and plain values. Whom the topic does not concern is left out.
    """
    now = timezone.now()
    told = [
        Notification(
            user=user, topic=topic.key, event_id=event_id, facts=dict(facts), mail_due_at=due(user, topic, now)
        )
        for user in {user.pk: user for user in users}.values()
        if user.is_active and topic.concerns(user)
    ]
    Notification.objects.bulk_create(told, batch_size=500, ignore_conflicts=True)
    if any(one.mail_due_at == now for one in told):
        enqueue(mail_what_is_due)


def due(user: User, topic: Topic, now: datetime) -> datetime | None:
    """When the user is to be mailed of the topic; None for never."""
    match frequency(user, topic):
        case Frequency.NOW:
            return now
        case Frequency.DAILY:
            here = now.astimezone(user.zone)
            days = 0 if here.time() < MORNING else 1
            return datetime.combine(here.date() + timedelta(days=days), MORNING, tzinfo=user.zone)
    return None


@transaction.atomic
def read_notifications(*, user: User, ids: Iterable[int] | None = None, up_to: int | None = None) -> int:
    """The user has read these, or all up to one; how many were new. What is read is not mailed any more."""
    new = Notification.objects.filter(user=user, read_at__isnull=True)
    if ids is not None:
        new = new.filter(pk__in=list(ids))
    if up_to is not None:
        new = new.filter(pk__lte=up_to)
    return new.update(read_at=timezone.now())


def overtake(*, user: User, topic: Topic, **facts: Any) -> None:
    """What the user was told of these facts is settled by what came of them: it is new no more, and not mailed."""
    told = {f"facts__{name}": fact for name, fact in facts.items()}
    Notification.objects.filter(user=user, topic=topic.key, read_at__isnull=True, **told).update(read_at=timezone.now())


def forget_old_notifications() -> None:
    """The nightly schedule: what was read goes after three months, all else after a year."""
    now = timezone.now()
    Notification.objects.filter(read_at__lt=now - KEPT_READ).delete()
    Notification.objects.filter(at__lt=now - KEPT).delete()
