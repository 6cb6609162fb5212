"""Work in the background: it takes part in the transaction, and what is killed comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_q.brokers import get_broker
from django_q.models import OrmQ, Schedule, Task
from django_q.signals import post_execute, pre_execute
from django_q.signing import SignedPackage

from kithkin.platform import jobs
from kithkin.platform.jobs import Scheduled, enqueue, schedules, write_schedules
from kithkin.platform.models import JobStart
from kithkin.platform.queries.operations import operations
from tests.installations import Installation
from tests.platform.job_cases import note

PATIENCE = 120


def test_job_of_a_transaction_that_failed_never_was(transactional_db):
    def enqueue_and_break() -> None:
        with transaction.atomic():
            enqueue(note, "file", "word")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        enqueue_and_break()
    assert OrmQ.objects.count() == 0


def test_job_is_queued_with_its_arguments(db):
    identity = enqueue(note, "file", "word")
    (package,) = OrmQ.objects.all()
    assert (package.task_id(), package.func(), package.args()) == (
        identity, "tests.platform.job_cases.note", ("file", "word"),
    )  # fmt: skip


def test_schedules_are_written_once_and_those_nobody_registered_go(db, monkeypatch):
    registry = type(schedules)(lambda one: one.name)
    registry.add(Scheduled("clean", "math.sqrt", "17 3 * * *"))
    monkeypatch.setattr(jobs, "schedules", registry)
    Schedule.objects.create(name="of an earlier release", func="math.sqrt")
    write_schedules()
    write_schedules()
    (row,) = Schedule.objects.all()
    assert (row.name, row.func, row.cron, row.schedule_type, row.repeats) == (
        "clean", "math.sqrt", "17 3 * * *", Schedule.CRON, -1,
    )  # fmt: skip
    assert (row.next_run.hour, row.next_run.minute) == (3, 17)


def test_changed_clock_of_a_schedule_takes_hold(db, monkeypatch):
    for line, expected in (("17 3 * * *", (3, 17)), ("5 4 * * *", (4, 5))):
        registry = type(schedules)(lambda one: one.name)
        registry.add(Scheduled("clean", "math.sqrt", line))
        monkeypatch.setattr(jobs, "schedules", registry)
        write_schedules()
        next_run: datetime = Schedule.objects.get().next_run
        assert (next_run.hour, next_run.minute) == expected


def wait_for(test: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not test():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.1)


@contextmanager
def workers(place: Installation) -> Iterator[subprocess.Popen[bytes]]:
    """`run_jobs` on this installation, stopped at the end."""
    environment = {**place.environment, "DJANGO_SETTINGS_MODULE": "tests.quick_jobs"}
    started = subprocess.Popen([sys.executable, "-m", "django", "run_jobs"], env=environment)
    try:
        yield started
    finally:
        started.kill()
        started.wait()


def test_job_of_a_killed_worker_comes_back(fresh):
    place = fresh()
    notes = place.home / "notes"
    with place.migrate().forking() as asked:
        asked.python(
            "from kithkin.platform.jobs import enqueue\nfrom tests.platform import job_cases\n"
            f"enqueue(job_cases.note_and_wait_once, {str(notes)!r})"
        )
        with workers(place) as first:
            wait_for(lambda: notes.exists() and notes.read_text().endswith("\n"))
            os.kill(int(notes.read_text()), signal.SIGKILL)
            assert first.wait(PATIENCE) == 1  # a killed worker ends them all
        with workers(place) as second:
            wait_for(lambda: notes.read_text().count("\n") == 2)
            wait_for(lambda: asked.python("from django_q.models import OrmQ; print(OrmQ.objects.count())") == "0\n")
            second.send_signal(signal.SIGTERM)
            assert second.wait(PATIENCE) == 0


FAILURES = """
from django_q.models import OrmQ
from kithkin.platform.models import JobStart
from kithkin.platform.queries.operations import operations
for job in operations().failed_jobs:
    waiting = [package.task_id() for package in OrmQ.objects.all()]
    left = JobStart.objects.filter(pk=job.id).count()
    print(job.function, job.attempts, job.error, job.id in waiting, left)
"""
RETRY = """
from django_q.models import OrmQ, Task
from kithkin.platform.services.operations import retry_job
print(retry_job(task_id=Task.objects.get(success=False).pk))
print([job.args()[1] for job in OrmQ.objects.all() if job.func() == "tests.platform.job_cases.note_and_end_the_worker"])
"""


@pytest.mark.parametrize("how", ["killed", "exit"])
def test_job_that_ends_its_worker_each_time_waits_for_an_administrator(fresh, how):
    """And what waits behind it is done. Where the workers end they are started again, as by `kithkin up`."""
    place = fresh()
    deaths, others = place.home / "deaths", place.home / "others"
    expected = (
        "tests.platform.job_cases.note_and_end_the_worker 2 Its worker ended without a word each time it was "
        "begun. It may need more memory than there is. False 0\n"
    )
    said = ""
    with place.migrate().forking() as asked:
        asked.python(
            "from kithkin.platform.jobs import enqueue\nfrom tests.platform import job_cases\n"
            f"enqueue(job_cases.note_and_end_the_worker, {str(deaths)!r}, {how!r})\n"
            f"enqueue(job_cases.note, {str(others)!r}, 'done')"
        )
        while said != expected:
            with workers(place) as running:
                wait_for(lambda running=running: running.poll() is not None or asked.python(FAILURES) == expected)
            said = asked.python(FAILURES)
        assert (deaths.read_text(), others.read_text()) == (f"{how}\n{how}\n", "done\n")
        assert asked.python(RETRY) == f"True\n['{how}']\n"


def test_job_with_a_result_leaves_no_note_that_it_was_begun(db):
    """A failed one, too: its tries are counted by its results."""
    job = {"id": "a" * 32, "func": "math.sqrt"}
    for _ in range(2):
        pre_execute.send(sender="django_q", func=None, task=job)
    assert JobStart.objects.get().times == 2
    post_execute.send(sender="django_q", task=job)
    assert JobStart.objects.count() == 0


def test_job_that_was_begun_in_vain_is_given_up_and_the_others_are_handed_out(db, settings):
    settings.Q_CLUSTER = {**settings.Q_CLUSTER, "max_attempts": 3}
    deadly, other = enqueue(note, "file", "word"), enqueue(note, "file", "other")
    OrmQ.objects.update(lock=timezone.now() - timedelta(seconds=1))
    JobStart.objects.create(pk=deadly, times=3)
    JobStart.objects.create(pk=other, times=2)
    handed = [one for _ in range(2) for one in get_broker().dequeue()]
    assert [SignedPackage.loads(payload)["id"] for _pk, payload in handed] == [other]
    failed = Task.objects.get()
    assert (failed.pk, failed.func, failed.args, failed.success, failed.attempt_count) == (
        deadly, "tests.platform.job_cases.note", ("file", "word"), False, 3,
    )  # fmt: skip
    assert [job.task_id() for job in OrmQ.objects.all()] == [other]
    assert [(job.comes_back, job.attempts) for job in operations().failed_jobs] == [(False, 3)]
