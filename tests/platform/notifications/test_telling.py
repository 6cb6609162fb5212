"""Telling somebody: once of each event, as soon as they chose, and only whom it concerns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ

from kithkin.platform.models import Notification, User
from kithkin.platform.registries.notifications import Frequency, Topic
from kithkin.platform.services.notifications import due, forget_old_notifications, notify, read_notifications


def told(topic: Topic, *users: User, event: int = 1, what: str = "an apple") -> None:
    notify(topic=topic, users=users, event_id=event, facts={"what": what})


def test_of_one_event_everybody_is_told_once_however_often_it_is_handed_out(cast, fruit):
    for _ in range(3):
        told(fruit, cast.bob, cast.gus, cast.bob)
    told(fruit, cast.bob, event=2)
    assert sorted(Notification.objects.values_list("user__name", "event_id")) == [("Bob", 1), ("Bob", 2), ("Gus", 1)]


def test_nobody_is_told_where_the_transaction_fails(cast, fruit):
    def tell_and_break() -> None:
        with transaction.atomic():
            told(fruit, cast.bob)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        tell_and_break()
    assert (Notification.objects.count(), OrmQ.objects.count()) == (0, 0)


def test_whom_a_topic_does_not_concern_and_who_cannot_log_in_is_not_told(cast, fruit):
    only = Topic("only", "Only", Frequency.NOW, concerns=lambda user: user.name == "Alice")
    cast.gus.is_active = False
    told(only, cast.alice, cast.bob)
    told(fruit, cast.gus)
    assert list(Notification.objects.values_list("user__name", flat=True)) == ["Alice"]


def test_at_once_a_job_mails_it_and_for_later_and_never_there_is_none(cast, fruit):
    cast.bob.notifications, cast.gus.notifications = {"fruit": "daily"}, {"fruit": "never"}
    told(fruit, cast.bob, cast.gus)
    assert OrmQ.objects.count() == 0
    told(fruit, cast.alice)
    (job,) = OrmQ.objects.all()
    assert job.func() == "kithkin.platform.services.mailing.mail_what_is_due"
    dues = dict(Notification.objects.values_list("user__name", "mail_due_at"))
    assert (dues["Gus"], dues["Alice"] <= timezone.now() < dues["Bob"]) == (None, True)


@pytest.mark.parametrize(
    ("zone", "now", "then"),
    [
        ("UTC", "2026-03-01 06:59", "2026-03-01 07:00"),
        ("UTC", "2026-03-01 07:00", "2026-03-02 07:00"),
        ("Europe/Berlin", "2026-03-28 12:00", "2026-03-29 05:00"),  # the night in which summer begins
        ("America/New_York", "2026-03-01 02:00", "2026-03-01 12:00"),
        ("Asia/Tokyo", "2026-03-01 21:30", "2026-03-01 22:00"),
        ("Mars/Olympus", "2026-03-01 06:59", "2026-03-01 07:00"),
    ],
)
def test_once_a_day_is_at_seven_in_the_morning_where_the_reader_is(fruit, zone, now, then):
    reader = User(time_zone=zone, notifications={"fruit": "daily"})
    at = due(reader, fruit, datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert at == datetime.fromisoformat(then).replace(tzinfo=UTC)


def test_reading_is_for_ones_own_and_up_to_what_was_shown(cast, fruit):
    for event in (1, 2, 3):
        told(fruit, cast.bob, cast.gus, event=event)
    mine = list(Notification.objects.filter(user=cast.bob).order_by("pk"))
    assert read_notifications(user=cast.bob, up_to=mine[1].pk) == 2
    assert read_notifications(user=cast.bob, up_to=mine[1].pk) == 0
    new = Notification.objects.filter(read_at__isnull=True)
    assert sorted(new.values_list("user__name", "event_id")) == [("Bob", 3), ("Gus", 1), ("Gus", 2), ("Gus", 3)]


def test_what_is_old_is_forgotten_and_sooner_what_was_read(cast, fruit):
    now = timezone.now()
    for event, age, read in ((1, 100, 91), (2, 100, 89), (3, 364, None), (4, 366, None)):
        told(fruit, cast.bob, event=event)
        Notification.objects.filter(event_id=event).update(
            at=now - timedelta(days=age), read_at=now - timedelta(days=read) if read else None
        )
    forget_old_notifications()
    assert sorted(Notification.objects.values_list("event_id", flat=True)) == [2, 3]
