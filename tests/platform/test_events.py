"""Facts reach whoever wants to know: at least once, whatever breaks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from kithkin.platform import events
from kithkin.platform.acting import Path, acting
from kithkin.platform.events import Delivery, Fact, dispatch, publish, publish_all, retry, retry_due, subscribe
from kithkin.platform.models import Event, FailedDelivery, User


@dataclass(frozen=True)
class Knocked(Fact):
    """Somebody knocked."""

    times: int


Hear = Callable[[str, Callable[[Delivery[Knocked]], None]], None]


@pytest.fixture
def hear() -> Iterator[Hear]:
    """Subscribe for the length of one test."""
    yield lambda name, handle: subscribe(Knocked, name, handle)
    events._subscriptions.pop(Knocked.kind(), None)


def knock(*times: int) -> None:
    with transaction.atomic():
        publish_all(map(Knocked, times))


def fail(delivery: Delivery[Knocked]) -> None:
    raise ValueError(f"no {delivery.fact.times}")


@pytest.fixture
def failed(db, hear) -> FailedDelivery:
    """One delivery that failed just now."""
    hear("tests.fails", fail)
    knock(7)
    dispatch()
    return FailedDelivery.objects.get()


def test_every_subscriber_is_told_once_and_in_order(db, hear):
    told: list[tuple[str, int]] = []
    hear("tests.first", lambda delivery: told.append(("first", delivery.fact.times)))
    hear("tests.second", lambda delivery: told.append(("second", delivery.fact.times)))
    knock(1, 2)
    assert (dispatch(), dispatch()) == (2, 0)
    assert told == [("first", 1), ("second", 1), ("first", 2), ("second", 2)]


def test_subscribing_twice_under_one_name_is_subscribing_once(db, hear):
    told: list[int] = []
    hear("tests.one", lambda delivery: told.append(delivery.fact.times))
    hear("tests.one", lambda delivery: told.append(delivery.fact.times))
    knock(1)
    dispatch()
    assert told == [1]


def test_delivery_says_what_when_and_by_whom(cast, hear):
    got: list[Delivery[Knocked]] = []
    hear("tests.one", got.append)
    with acting(cast.alice, Path.PAGE):
        knock(3)
    dispatch()
    event = Event.objects.get(kind="platform.Knocked")
    assert got == [Delivery(event.pk, Knocked(3), event.happened_at, cast.alice.pk)]


def test_fact_outside_a_transaction_is_refused(transactional_db):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        publish(Knocked(1))


def test_fact_of_a_transaction_that_failed_never_was(transactional_db, hear):
    told: list[int] = []
    hear("tests.one", lambda delivery: told.append(delivery.fact.times))

    def knock_and_break() -> None:
        with transaction.atomic():
            publish(Knocked(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        knock_and_break()
    assert (dispatch(), told, Event.objects.count()) == (0, [], 0)


def test_what_a_failing_subscriber_wrote_is_taken_back_and_nothing_else(db, hear):
    def writes_and_fails(delivery: Delivery[Knocked]) -> None:
        User.objects.create_user("half@company.example", name="Half")
        fail(delivery)

    hear("tests.breaks", writes_and_fails)
    hear("tests.works", lambda _: User.objects.create_user("whole@company.example", name="Whole"))
    knock(1)
    dispatch()
    assert [user.name for user in User.objects.all()] == ["Whole"]
    (failure,) = FailedDelivery.objects.all()
    assert (failure.subscriber, failure.error, failure.attempts) == ("tests.breaks", "ValueError: no 1", 1)


def test_database_error_of_one_subscriber_hurts_no_other(db, hear):
    def breaks(_: Delivery[Knocked]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table")

    hear("tests.breaks", breaks)
    hear("tests.works", lambda _: User.objects.create_user("whole@company.example", name="Whole"))
    knock(1)
    assert dispatch() == 1
    assert (User.objects.count(), FailedDelivery.objects.get().subscriber) == (1, "tests.breaks")


def test_event_whose_form_changed_since_is_a_failure_and_no_crash(db, hear):
    hear("tests.one", lambda _: None)
    Event.objects.create(kind=Knocked.kind(), facts={"other": 1})
    assert dispatch() == 1
    assert FailedDelivery.objects.get().error.startswith("TypeError: ")


def test_interrupted_batch_is_delivered_again(transactional_db, hear):
    told: list[int] = []

    def interrupted_once(delivery: Delivery[Knocked]) -> None:
        told.append(delivery.fact.times)
        if len(told) == 2:
            raise KeyboardInterrupt

    hear("tests.one", interrupted_once)
    knock(1, 2)
    with pytest.raises(KeyboardInterrupt):
        dispatch()
    assert dispatch() == 2
    assert told == [1, 2, 1, 2]


def test_pauses_grow_until_it_is_given_up_after_eight_tries(failed):
    pauses, now = [], timezone.now()
    while failed.next_try_at is not None:
        pauses.append((failed.next_try_at - now).total_seconds())
        now = failed.next_try_at
        assert retry_due(now - timedelta(seconds=1)) == 0
        assert retry_due(now) == 1
        failed.refresh_from_db()
    assert [round(pause) for pause in pauses] == [15, 60, 240, 960, 3840, 15360, 61440]
    assert failed.attempts == 8
    assert retry_due(now + timedelta(days=365)) == 0


def test_delivery_that_works_at_last_is_no_failure_any_more(failed, hear):
    told: list[Any] = []
    events._subscriptions[Knocked.kind()].clear()
    hear("tests.fails", told.append)
    assert retry_due(failed.next_try_at) == 1
    assert [(one.event_id, one.fact) for one in told] == [(failed.event_id, Knocked(7))]
    assert FailedDelivery.objects.count() == 0


def test_failure_of_a_subscriber_that_is_no_more_goes(failed):
    events._subscriptions[Knocked.kind()].clear()
    retry_due(failed.next_try_at)
    assert FailedDelivery.objects.count() == 0


def test_given_up_delivery_can_be_tried_by_hand(failed):
    FailedDelivery.objects.update(next_try_at=None, attempts=8)
    assert retry(failed) is False
    failed.refresh_from_db()
    assert (failed.attempts, failed.next_try_at) == (9, None)
    events._subscriptions[Knocked.kind()].clear()
    assert (retry(failed), retry(failed)) == (True, True)


def test_looking_for_events_takes_no_write_lock(db, django_assert_num_queries):
    with django_assert_num_queries(1) as looked:
        assert dispatch() == 0
    assert looked.captured_queries[0]["sql"].startswith("SELECT 1")


def test_long_batch_ends_early_and_goes_on(db, hear, monkeypatch):
    told: list[int] = []
    hear("tests.one", lambda delivery: told.append(delivery.fact.times))
    monkeypatch.setattr(events, "SHORT", -1.0)
    knock(1, 2, 3)
    assert [dispatch() for _ in range(4)] == [1, 1, 1, 0]
    assert told == [1, 2, 3]


def at_once(count: int, work: Callable[[], object]) -> None:
    """Do it in so many threads that begin together, each with a connection of its own."""
    ready, errors = threading.Barrier(count), []

    def run() -> None:
        try:
            ready.wait(30)
            work()
        except Exception as error:  # noqa: BLE001 (shown below)
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert errors == []


def test_dispatchers_at_once_deliver_once_each(transactional_db, hear):
    told: list[int] = []
    hear("tests.one", lambda delivery: told.append(delivery.fact.times))
    knock(*range(200))

    def drain() -> None:
        while dispatch(limit=10):
            pass

    at_once(3, drain)
    assert sorted(told) == list(range(200))


def test_dispatchers_at_once_try_a_failure_once(transactional_db, hear):
    told: list[int] = []

    def count_and_fail(delivery: Delivery[Knocked]) -> None:
        told.append(delivery.fact.times)
        fail(delivery)

    hear("tests.one", count_and_fail)
    knock(*range(20))
    dispatch()
    due = timezone.now() + timedelta(minutes=1)
    told.clear()
    at_once(3, lambda: retry_due(due))
    assert sorted(told) == list(range(20))
    assert set(FailedDelivery.objects.values_list("attempts", flat=True)) == {2}
