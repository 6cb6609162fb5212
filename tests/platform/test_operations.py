"""The page on which administrators see what waits, what failed and what runs by the clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.brokers import get_broker
from django_q.models import OrmQ, Schedule, Task
from django_q.signing import SignedPackage

from kithkin.platform import pulse
from kithkin.platform.jobs import enqueue
from kithkin.platform.models import Event, FailedDelivery, Heartbeat
from kithkin.platform.queries.operations import operations
from kithkin.platform.services.operations import forget_job, give_up_delivery, retry_delivery, retry_job

PAGE = "/settings/operations/"


def fail_job(number: int = 0, *, attempts: int = 5) -> str:
    """A job that failed so often; its id."""
    now = timezone.now()
    return Task.objects.create(
        id=f"{number:032x}", name=f"job {number}", func="math.sqrt", args=(4,), started=now, stopped=now,
        success=False, attempt_count=attempts, result="no root : Traceback (most recent call last):\n  line 1",
    ).pk  # fmt: skip


def fail_delivery() -> FailedDelivery:
    event = Event.objects.create(kind="directory.Nothing", dispatched_at=timezone.now())
    return FailedDelivery.objects.create(event=event, subscriber="tests.one", error="ValueError: no", attempts=8)


@pytest.fixture
def alive(db) -> None:
    """Workers and dispatcher gave a sign just now."""
    pulse.beat(pulse.JOBS)
    pulse.beat(pulse.EVENTS)


def title(client) -> str:
    return client.get(PAGE).content.decode().partition("<h1>")[2].partition("</h1>")[0]


def test_title_says_that_everything_runs(visit, alive):
    assert title(visit("alice")) == "Everything runs"


def test_title_says_that_nobody_works(visit, alive):
    Heartbeat.objects.filter(name=pulse.JOBS).update(at=timezone.now() - timedelta(minutes=2))
    assert title(visit("alice")) == "Nobody works through the jobs"
    Heartbeat.objects.filter(name=pulse.JOBS).update(at=timezone.now())
    Heartbeat.objects.filter(name=pulse.EVENTS).delete()
    assert title(visit("alice")) == "Nobody hands out the events"


def test_letters_that_do_not_leave_are_named_with_their_folder(visit, alive, settings):
    assert "No letter leaves" not in visit("alice").get(PAGE).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = "/home/kithkin/mail"
    page = visit("alice").get(PAGE).content.decode()
    assert "No letter leaves: no mail server is named." in page
    assert "They are kept in /home/kithkin/mail." in page


def test_failure_asks_for_an_administrator_with_its_error(visit, alive):
    fail_job()
    page = visit("alice").get(PAGE).content.decode()
    assert "<h1>1 job failed</h1>" in page
    assert "<summary>no root</summary>" in page


def test_what_waits_is_counted_with_the_age_of_the_oldest(cast):
    enqueue(abs, -1)
    OrmQ.objects.create(key="kithkin", payload="x", lock=timezone.now() + timedelta(seconds=60))
    OrmQ.objects.create(key="kithkin", payload="x", lock=timezone.now() - timedelta(minutes=6))
    jobs = operations().jobs
    assert (jobs.waiting, jobs.running, jobs.stuck) == (2, 1, True)


def test_lag_of_the_dispatcher_is_the_age_of_the_oldest_event(cast):
    Event.objects.all().delete()
    Event.objects.create(kind="directory.Nothing", happened_at=timezone.now() - timedelta(minutes=9))
    events = operations().events
    assert (events.waiting, events.stuck) == (1, True)
    assert timezone.now() - events.oldest >= timedelta(minutes=9)


def test_schedule_shows_its_last_run_and_how_it_went(cast):
    Schedule.objects.all().delete()
    Schedule.objects.create(name="clean", func="math.sqrt", task=fail_job())
    Schedule.objects.create(name="fresh", func="math.sqrt")
    assert [(one.name, one.went_well) for one in operations().schedules] == [("clean", False), ("fresh", None)]


def test_page_needs_as_many_statements_for_fifty_failures_as_for_one(visit, alive, django_assert_max_num_queries):
    alice = visit("alice")
    fail_job(0)
    fail_delivery()
    with django_assert_max_num_queries(30) as one:
        alice.get(PAGE)
    for number in range(1, 50):
        Schedule.objects.create(name=f"s{number}", func="math.sqrt", task=fail_job(number))
        fail_delivery()
    with django_assert_max_num_queries(len(one)):
        alice.get(PAGE)


def test_failed_job_runs_again_once_however_often_it_is_asked_for(db):
    job = fail_job()
    assert (retry_job(task_id=job), retry_job(task_id=job)) == (True, False)
    (package,) = OrmQ.objects.all()
    assert (package.func(), package.args()) == ("math.sqrt", (4,))
    assert Task.objects.count() == 0


def test_failed_job_that_would_come_back_by_itself_comes_back_at_once(db):
    job = fail_job(attempts=1)
    payload = SignedPackage.dumps({"id": job, "name": "job 0", "func": "math.sqrt", "args": (4,), "kwargs": {}})
    other = SignedPackage.dumps({"id": "f" * 32, "name": "other", "func": "math.sqrt", "args": (9,), "kwargs": {}})
    later = timezone.now() + timedelta(seconds=80)
    for content in (payload, other, "broken"):
        OrmQ.objects.create(key=get_broker().list_key, payload=content, lock=later)
    assert (retry_job(task_id=job), retry_job(task_id=job)) == (True, False)
    assert [package.payload for package in OrmQ.objects.filter(lock__lte=timezone.now())] == [payload]
    assert OrmQ.objects.count() == 3


def test_job_that_is_given_up_is_gone(db):
    job = fail_job()
    assert (forget_job(task_id=job), forget_job(task_id=job)) == (True, False)
    assert (Task.objects.count(), OrmQ.objects.count()) == (0, 0)


def test_given_up_delivery_is_due_again_at_once(db):
    failure = fail_delivery()
    assert retry_delivery(failure_id=failure.pk) is True
    failure.refresh_from_db()
    assert failure.next_try_at <= timezone.now()


def test_delivery_is_given_up_once(db):
    failure = fail_delivery()
    assert (give_up_delivery(failure_id=failure.pk), give_up_delivery(failure_id=failure.pk)) == (True, False)
    assert retry_delivery(failure_id=failure.pk) is False


def test_second_click_is_no_error(visit, alive):
    alice, job = visit("alice"), fail_job()
    alice.post(f"{PAGE}jobs/{job}/retry/")
    answer = alice.post(f"{PAGE}jobs/{job}/retry/", follow=True)
    assert answer.status_code == 200
    assert "Nothing was left to do" in answer.content.decode()
