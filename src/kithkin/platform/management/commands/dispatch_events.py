"""`kithkin manage dispatch_events`: hand what happened to whoever wants to know, until it is told to stop."""

from __future__ import annotations

import os
import signal
import threading
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connection

from kithkin.platform.acting import Path, acting
from kithkin.platform.events import BATCH, dispatch, retry_due
from kithkin.platform.pulse import EVENTS, Pulse
from kithkin.platform.tether import tether

PAUSE = 0.5
PAUSE_WITHOUT_DATABASE = 5.0
log = structlog.get_logger(__name__)


class Command(BaseCommand):
    """Ends within a batch after SIGTERM or SIGINT; any number may run at once."""

    help = "Hand events to their subscribers until SIGTERM."
    requires_system_checks = ()  # they would load every page, none of which is shown here

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said."""
        parser.add_argument("--once", action="store_true", help="Only what waits now.")

    def handle(self, *, once: bool, **_: Any) -> None:
        """Batch after batch."""
        if parent := os.environ.get("KITHKIN_PARENT"):
            tether(int(parent))
        stop = threading.Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
        with acting(None, Path.JOB):
            self._run(stop, once=once)

    def _run(self, stop: threading.Event, *, once: bool) -> None:
        pulse = Pulse(EVENTS)
        while not stop.is_set():
            try:
                pulse()
                taken = dispatch() + retry_due(limit=BATCH)
            except DatabaseError:
                log.exception("the database did not answer; events wait")
                connection.close()
                if once:
                    raise
                stop.wait(PAUSE_WITHOUT_DATABASE)
                continue
            if not taken:
                if once:
                    return
                close_old_connections()
                stop.wait(PAUSE)
