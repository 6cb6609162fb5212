"""Prepare the installation, start its parts, and say where it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from kithkin.cli import installation
from kithkin.cli.failures import CommandError
from kithkin.cli.up import address
from kithkin.cli.up.supervisor import Child, Supervisor

THREADS = 4
"""Threads of a process: writers on SQLite take turns, and Python computes in one thread at a time."""


@dataclass(frozen=True)
class Place:
    """Where to listen, and with how many processes."""

    host: str
    port: int
    workers: int


def run(place: Place, *, prepare: Callable[[], Sequence[str]] = tuple) -> None:
    """Serve until told to stop. `prepare()` is called once the database is ready; its lines are shown at the end."""
    address.check_free(place.host, place.port)
    if place.host not in address.LOOPBACK:
        os.environ.setdefault("KITHKIN_HOSTS", ",".join(address.names(place.host)))
    os.environ["KITHKIN_SERVED_AT"] = address.address(place.host, place.port)
    installation.start()
    from kithkin.platform.backup.home import Interrupted, held, served
    from kithkin.platform.backup.refusals import Refused

    try:
        with held("running.lock", served()):
            Interrupted().check()
            lines = _prepared(prepare)
            log = structlog.get_logger("kithkin.up")
            Supervisor(children(place), os.environ, log, _announcement(place, lines)).run()
    except Refused as error:
        raise CommandError(str(error)) from error


def _prepared(prepare: Callable[[], Sequence[str]]) -> list[str]:
    """Bring the installation to this release, and prepare it further; what there is to say about it."""
    from django.db import connections

    from kithkin.platform.services.first_start import offer_first_start
    from kithkin.platform.upgrade import NotReady, collect_static_files, migrate

    try:
        migrate()
    except NotReady as error:
        raise CommandError(str(error)) from error
    collect_static_files()
    lines = list(prepare())
    token = offer_first_start()
    connections.close_all()
    if not token:
        return lines
    return [
        *lines,
        "Nobody administers it yet. This link makes the first administrator, once, within a day:",
        f"  {{address}}/first-start/{token}/",
    ]


def children(place: Place) -> list[Child]:
    """The parts: pages, jobs with their scheduler, events."""
    django_command = [sys.executable, "-m", "django"]
    web = [sys.executable, "-m", "kithkin.cli.up.web", place.host, str(place.port), str(place.workers), str(THREADS)]
    return [
        Child("pages", web),
        Child("jobs", [*django_command, "run_jobs"]),
        Child("events", [*django_command, "dispatch_events"]),
    ]


def _announcement(place: Place, lines: Sequence[str]) -> Callable[[], bool]:
    """Say where it is as soon as it answers there."""

    def announce() -> bool:
        if not address.answers(place.host, place.port):
            return False
        from django.conf import settings

        where = settings.PUBLIC_URL.rstrip("/") or address.address(place.host, place.port)
        for line in [f"Kithkin is at {where}", *lines, "Ctrl-C stops it."]:
            sys.stdout.write(line.replace("{address}", where) + "\n")
        sys.stdout.flush()
        return True

    return announce
