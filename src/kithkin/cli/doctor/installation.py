"""The doctor's look at the installation: its home, its database, and what should be running."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from kithkin.cli.doctor.findings import Finding, Health
from kithkin.config.home import place

LITTLE_ROOM, NO_ROOM = 2**30, 100 * 2**20


def installation() -> Iterator[Finding]:
    """Every finding about the installation of this user; one line where there is none yet."""
    home = place()
    if not (home / "secret.key").exists():
        yield Finding(Health.GOOD, f"no installation in {home} yet:", "kithkin up makes one.")
        return
    yield from home_itself(home)
    if not os.environ.get("DATABASE_URL") and not (home / "kithkin.sqlite3").exists():
        yield Finding(Health.GOOD, f"no database in {home} yet:", "kithkin up makes one.")
        return
    from kithkin.cli import installation as django
    from kithkin.cli.failures import CommandError

    try:
        django.start()
    except CommandError as error:
        yield Finding(Health.BROKEN, str(error))
        return
    for look in (database, mail, parts, work, schedules, static_files):
        yield from _safely(look, home)


def home_itself(home: Path) -> Iterator[Finding]:
    """Whether the home may be written to by us, read by nobody else, and has room."""
    if not os.access(home, os.W_OK | os.X_OK):
        yield Finding(Health.BROKEN, f"{home} may not be written to.", f"Make it yours: chown -R $USER {home}")
    yield _private(home, 0o700)
    yield _private(home / "secret.key", 0o600)
    free = shutil.disk_usage(home).free
    said = f"{free / 2**30:.1f} GB free for {home}"
    if free < LITTLE_ROOM:
        health = Health.BROKEN if free < NO_ROOM else Health.LACKING
        yield Finding(health, said + ".", "Free some: a full disk stops all work.")
    else:
        yield Finding(Health.GOOD, said)
    if (home / "restoring").exists():
        yield Finding(Health.BROKEN, "a restore was interrupted here.", "kithkin up says how to go on.")


def _private(path: Path, mode: int) -> Finding:
    found = stat.S_IMODE(path.stat().st_mode)
    if found & 0o077:
        return Finding(Health.LACKING, f"{path} can be read by others ({found:o}).", f"chmod {mode:o} {path}")
    return Finding(Health.GOOD, f"{path} is for you alone")


def database(_: Path) -> Iterator[Finding]:
    """Whether it answers, is of this release, and keeps time with us."""
    from django.db import connection
    from django.utils import timezone

    from kithkin.platform.upgrade import NotReady, check_database, missing_migrations

    try:
        check_database()
    except NotReady as error:
        yield Finding(Health.BROKEN, str(error))
        return
    missing = missing_migrations()
    if missing:
        yield Finding(Health.LACKING, f"{missing} migrations are to be run:", "kithkin up runs them.")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            (mode,) = cursor.fetchone()
            good = mode == "wal"
            said = f"SQLite {sqlite3.sqlite_version}, journal {mode}"
            yield Finding(Health.GOOD if good else Health.LACKING, said, "" if good else "Readers wait for writers so.")
            return
        before = timezone.now()
        cursor.execute("SELECT clock_timestamp(), current_setting('server_version')")
        at, version = cursor.fetchone()
        yield Finding(Health.GOOD, f"PostgreSQL {version}")
        apart = abs((at - before).total_seconds())
        if apart > 5:
            yield Finding(
                Health.LACKING, f"the clocks of database and program are {apart:.0f} s apart.", "Set both by NTP."
            )


def mail(_: Path) -> Iterator[Finding]:
    """Whether mail leaves."""
    from django.conf import settings

    from kithkin.platform.rules.mail import letters_stay_in

    if folder := letters_stay_in():
        yield Finding(
            Health.LACKING,
            f"mail does not leave: it is kept in {folder}.",
            "Name a server: EMAIL_URL=smtp+tls://user:password@mail.example:587",
        )
    else:
        yield Finding(Health.GOOD, f"mail leaves by {getattr(settings, 'EMAIL_HOST', '') or settings.EMAIL_BACKEND}")


def parts(home: Path) -> Iterator[Finding]:
    """Whether the parts of a running system give signs of life."""
    if not _served(home):
        yield Finding(Health.GOOD, "nothing runs at this moment:", "kithkin up starts it.")
        return
    from kithkin.platform import pulse

    beats = pulse.last_beats()
    for name, what in ((pulse.JOBS, "the workers"), (pulse.EVENTS, "the dispatcher")):
        if pulse.alive(beats.get(name)):
            yield Finding(Health.GOOD, f"{what} gave a sign of life within a minute")
        else:
            yield Finding(Health.BROKEN, f"{what} gave no sign of life for a minute.", "Start kithkin up anew.")


def work(_: Path) -> Iterator[Finding]:
    """Whether work moves, and whether some of it failed."""
    from kithkin.platform.queries.operations import operations

    state = operations()
    for what, waiting in (("jobs", state.jobs), ("events", state.events)):
        if waiting.stuck:
            yield Finding(
                Health.LACKING, f"{waiting.waiting} {what} wait, the oldest since {waiting.oldest:%H:%M} UTC."
            )
    failed = len(state.failed_jobs) + len(state.failed_deliveries)
    if failed:
        yield Finding(Health.LACKING, f"{failed} jobs or deliveries failed.", "Settings, Operations tries them again.")
    else:
        yield Finding(Health.GOOD, "no job and no delivery failed")


def schedules(_: Path) -> Iterator[Finding]:
    """Whether what runs by the clock is written down."""
    from django_q.models import Schedule

    from kithkin.platform.jobs import schedules as registered

    written = set(Schedule.objects.values_list("name", flat=True))
    lacking = sorted(one.name for one in registered if one.name not in written)
    if lacking:
        yield Finding(Health.LACKING, f"not scheduled: {', '.join(lacking)}.", "kithkin up schedules them.")
    else:
        yield Finding(Health.GOOD, f"{len(written)} schedules")


def static_files(_: Path) -> Iterator[Finding]:
    """Whether style sheets and scripts are where they are served from."""
    from django.conf import settings

    if settings.DEBUG or (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield Finding(Health.GOOD, "static files are in place")
    else:
        yield Finding(Health.LACKING, "static files are not in place:", "kithkin up puts them there.")


def _safely(look: Callable[[Path], Iterator[Finding]], home: Path) -> Iterator[Finding]:
    """What a broken database makes impossible to say is a finding, not the doctor's own end."""
    from django.db import DatabaseError

    try:
        yield from look(home)
    except DatabaseError as error:
        yield Finding(Health.BROKEN, f"{look.__name__}: {str(error).strip().splitlines()[0]}.", "kithkin up migrates.")


def _served(home: Path) -> bool:
    lock = home / "running.lock"
    if not lock.exists():
        return False
    with lock.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
