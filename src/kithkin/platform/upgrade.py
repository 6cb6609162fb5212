"""What is done before an installation serves: its database brought to this release, after a look at what it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from kithkin.platform.jobs import write_schedules

_ONE_AT_A_TIME = 7_305_112_841
"""PostgreSQL's advisory lock for those who migrate."""


class NotReady(Exception):
    """The installation cannot be brought to this release; the message says why and what to do."""


def unknown_migrations() -> list[str]:
    """Migrations in the database that this program does not have: a later release ran there."""
    if MigrationRecorder.Migration._meta.db_table not in connection.introspection.table_names():
        return []
    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations or ()) | set(loader.replacements)
    ours = loader.migrated_apps
    return sorted(
        f"{app}.{name}" for app, name in loader.applied_migrations or () if app in ours and (app, name) not in known
    )


def missing_migrations() -> int:
    """How many migrations of this program the database has not seen yet."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def check_database() -> None:
    """Raise `NotReady` where the database does not answer, or belongs to a later release."""
    try:
        later = unknown_migrations()
    except DatabaseError as error:
        raise NotReady(f"The database does not answer: {str(error).strip().splitlines()[0]}. {_advice()}") from error
    if later:
        raise NotReady(
            f"The database was written by a later release of Kithkin: it has {later[0]}, which this one does not "
            "know. Install that release again, or restore a backup that this one wrote. Nothing was changed."
        )


def migrate() -> int:
    """Bring the database to this release, with the schedules and the cache table; how many migrations were run."""
    check_database()
    with _alone():
        missing = missing_migrations()
        if missing:
            call_command("migrate", verbosity=0, interactive=False)
        if "DatabaseCache" in settings.CACHES["default"]["BACKEND"]:
            call_command("createcachetable", verbosity=0)
        write_schedules()
    return missing


def collect_static_files() -> bool:
    """Put what browsers need where it is served from, unless it is there as it should be; whether it was done."""
    if settings.DEBUG:
        return False
    stamp = Path(settings.STATIC_ROOT) / ".made-from"
    sources = _sources()
    if stamp.is_file() and stamp.read_text("ascii") == sources:
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(sources, "ascii")
    return True


def _sources() -> str:
    """A digest of every file that is collected: its name, size and time."""
    found = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda one: one[0]):
            state = Path(storage.path(name)).stat()
            found.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return found.hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    """Two that start at once on one PostgreSQL database take turns; on SQLite the home's lock sees to it."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])


def _advice() -> str:
    if connection.vendor == "postgresql":
        return "Check that PostgreSQL runs and that DATABASE_URL names it."
    return f"Check {settings.DATABASES['default']['NAME']}: it has to be a file that you may write to."
