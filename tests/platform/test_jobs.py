"""Work in the background: it takes part in the transaction, and what is killed comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import transaction
from django_q.models import OrmQ, Schedule

from kithkin.platform import jobs
from kithkin.platform.jobs import Scheduled, enqueue, schedules, write_schedules
from tests.installations import MIGRATE, Installation
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
    place.python(
        f"{MIGRATE}\nfrom kithkin.platform.jobs import enqueue\nfrom tests.platform import job_cases\n"
        f"enqueue(job_cases.note_and_wait_once, {str(notes)!r})"
    )
    with workers(place) as first:
        wait_for(lambda: notes.exists() and notes.read_text().endswith("\n"))
        os.kill(int(notes.read_text()), signal.SIGKILL)
        assert first.wait(PATIENCE) == 1  # a killed worker ends them all
    with workers(place) as second:
        wait_for(lambda: notes.read_text().count("\n") == 2)
        wait_for(lambda: place.python("from django_q.models import OrmQ; print(OrmQ.objects.count())") == "0\n")
        second.send_signal(signal.SIGTERM)
        assert second.wait(PATIENCE) == 0
