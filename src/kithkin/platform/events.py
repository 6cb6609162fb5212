"""The bus of facts in the past tense: published in the transaction that makes them true, handed out at least once.

Which facts there are stands with what they are about: `accounts.facts`, `imports.facts`, `directory.events`.

@dataclass(frozen=True)
class PersonAdded(Fact):
    person_id: int

publish(PersonAdded(person_id=7))               # in a service, inside its transaction
subscribe(PersonAdded, "surveys.invite", handle) # in AppConfig.ready; handle(delivery) must bear being called twice
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

import structlog
from django.db import connection, transaction
from django.utils import timezone

from kithkin.platform.acting import now_acting
from kithkin.platform.models import Event, FailedDelivery

BATCH = 100
SHORT = 0.5
TRIES = 8
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Fact:
    """The base of every event: fields of plain values, ids rather than names. Its kind is "room.ClassName"."""

    @classmethod
    def kind(cls) -> str:
        """The name under which it is kept."""
        return f"{cls.__module__.split('.')[1]}.{cls.__name__}"


F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class Delivery(Generic[F]):
    """One fact as a subscriber is handed it; `event_id` is the same at every try, to be remembered by."""

    event_id: int
    fact: F
    happened_at: datetime
    by_id: int | None


@dataclass(frozen=True)
class _Subscription:
    name: str
    kind: type[Fact]
    handle: Callable[[Delivery[Any]], None]


_subscriptions: dict[str, list[_Subscription]] = defaultdict(list)


def subscribe(kind: type[F], name: str, handle: Callable[[Delivery[F]], None]) -> None:
    """Call `handle` for every fact of this kind; `name` ("room.what_it_does") must stay the same over releases."""
    if any(one.name == name for one in _subscriptions[kind.kind()]):
        return
    _subscriptions[kind.kind()].append(_Subscription(name, kind, handle))


def publish(fact: Fact) -> Event:
    """Write the fact down, in the caller's transaction: without one, RuntimeError."""
    return publish_all([fact])[0]


def publish_all(facts: Iterable[Fact]) -> list[Event]:
    """Write several facts down at once, in their order."""
    if not connection.in_atomic_block:
        raise RuntimeError("publish inside the transaction that makes the fact true")
    user = now_acting().user
    events = [Event(kind=fact.kind(), facts=asdict(fact), by=user) for fact in facts]
    return Event.objects.bulk_create(events, batch_size=500)


def dispatch(limit: int = BATCH) -> int:
    """Hand the next events to their subscribers; how many were taken.

    Each subscriber runs in a savepoint of its own: what one breaks stays broken for it alone, and is tried again. A
    batch ends early after half a second, since on SQLite everybody else waits to write meanwhile.
    """
    waiting = Event.objects.filter(dispatched_at__isnull=True).order_by("id")
    if not waiting.exists():  # a look costs no write lock
        return 0
    ends = time.monotonic() + SHORT
    taken: list[int] = []
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        for event in waiting[:limit]:
            _hand_out(event)
            taken.append(event.pk)
            if time.monotonic() > ends:
                break
        Event.objects.filter(pk__in=taken).update(dispatched_at=timezone.now())
    return len(taken)


def _hand_out(event: Event) -> None:
    for subscription in _subscriptions.get(event.kind, ()):
        if error := _delivered(event, subscription):
            FailedDelivery.objects.update_or_create(
                event=event,
                subscriber=subscription.name,
                defaults={"error": error, "next_try_at": timezone.now() + _pause(1)},
            )


def retry_due(now: datetime | None = None, limit: int = BATCH) -> int:
    """Try again what failed before and is due; how many were tried."""
    now = now or timezone.now()
    due = FailedDelivery.objects.filter(next_try_at__lte=now).order_by("next_try_at", "pk").values_list("pk", flat=True)
    return sum(_tried(pk, now, only_due=True) is not None for pk in list(due[:limit]))


def retry(failure: FailedDelivery, now: datetime | None = None) -> bool:
    """Try one failed delivery now, due or not; whether it is delivered. One that is gone was delivered meanwhile."""
    return _tried(failure.pk, now or timezone.now(), only_due=False) is not False


def _tried(pk: int, now: datetime, *, only_due: bool) -> bool | None:
    """Whether this failure is delivered now; None where there was nothing to do, or another process is at it.

    After eight tries it waits for an administrator.
    """
    with transaction.atomic():
        found = FailedDelivery.objects.filter(pk=pk, **({"next_try_at__lte": now} if only_due else {}))
        if connection.features.has_select_for_update:
            found = found.select_for_update(of=("self",), skip_locked=only_due)
        current = found.select_related("event").first()
        if current is None:
            return None
        named = [one for one in _subscriptions.get(current.event.kind, ()) if one.name == current.subscriber]
        error = _delivered(current.event, named[0]) if named else ""
        if not error:
            current.delete()
            return True
        current.attempts += 1
        current.error = error
        current.next_try_at = now + _pause(current.attempts) if current.attempts < TRIES else None
        current.save()
    return False


def _delivered(event: Event, subscription: _Subscription) -> str:
    """Hand it over; the error's text where that failed."""
    try:
        with transaction.atomic():
            fact = subscription.kind(**event.facts)
            subscription.handle(Delivery(event.pk, fact, event.happened_at, event.by_id))
    except Exception as error:  # one subscriber's fault is nobody else's
        log.exception("delivery failed", event_id=event.pk, kind=event.kind, subscriber=subscription.name)
        return f"{type(error).__name__}: {error}"
    return ""


def _pause(attempts: int) -> timedelta:
    return timedelta(seconds=15 * 4 ** (attempts - 1))
