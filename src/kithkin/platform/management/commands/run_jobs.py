"""`kithkin manage run_jobs`: the queue's workers and the scheduler, until it is told to stop."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any

import structlog
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django_q import cluster as django_q_cluster

from kithkin.platform.pulse import JOBS, Pulse
from kithkin.platform.tether import tether

log = structlog.get_logger(__name__)


class Sentinel(django_q_cluster.Sentinel):
    """Ends when a worker died a sudden death, so that all is started anew.

    A worker that is killed while it waits holds the lock of the queue between the processes for ever: one put in its
    place would never be given a job.
    """

    def reincarnate(self, process: Any) -> None:
        """A new process in place of one that ended; but not of one that was killed from outside."""
        killed = process.exitcode is not None and process.exitcode < 0
        if killed:
            log.error("a worker was killed; the workers start anew", pid=process.pid, signal=-process.exitcode)
            sys.stderr.flush()
            os._exit(1)  # its children are tethered to it
        super().reincarnate(process)


class Command(BaseCommand):
    """Django-Q's cluster with a sign of life, tied to whoever started it."""

    help = "Run jobs and the scheduler until SIGTERM."
    requires_system_checks = ()  # they would load every page, none of which is shown here

    def handle(self, **_: Any) -> None:
        """Start, and wait for the end."""
        tether(int(os.environ.get("KITHKIN_PARENT") or os.getppid()))
        django_q_cluster.Sentinel = Sentinel
        cluster = django_q_cluster.Cluster()
        cluster.start()
        pulse = Pulse(JOBS)
        sentinel = cluster.sentinel
        while sentinel.is_alive():
            try:
                pulse()
            except DatabaseError:
                log.warning("the database did not answer; no sign of life was left")
                with suppress(DatabaseError):
                    connection.close()
            sentinel.join(1.0)
        if sentinel.exitcode:
            raise SystemExit(sentinel.exitcode)
