"""Bring a backup back, here or on another machine: the same installation as it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django_q.models import Schedule

from kithkin.platform.backup.archive import DATABASE, HOME, About, read_about, unpack
from kithkin.platform.backup.databases import check_copy, kind, put_database
from kithkin.platform.backup.home import LEDGER, MADE_ANEW, Interrupted, belongs, held, home, served
from kithkin.platform.backup.making import ENDINGS
from kithkin.platform.backup.refusals import NoSpace, Refused, is_full
from kithkin.platform.models import FirstStart, Heartbeat, JobStart
from kithkin.platform.registries.restored import after_restore
from kithkin.platform.upgrade import NotReady, migrate

_STAYS = {"running.lock", "backup.lock", "static"}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_COMES_BY_ITSELF = (ContentType, Permission, Schedule, FirstStart, Heartbeat, JobStart)


def restore_backup(file: Path, *, replace: bool) -> About:
    """Put the installation of this backup in the place of the present one, which has to be empty unless `replace`.

    Refused leaves everything as it was. `finish_restore` has to follow, in a process that begins with the new state.
    """
    with held("running.lock", served()):
        about = _checked(file)
        if not replace and not is_empty():
            raise Refused(
                f"{home()} holds an installation already. To put the backup in its place and lose what is there now, "
                "say --replace. Nothing was changed."
            )
        with _unpacked(file) as folder:
            copy = folder / (DATABASE + ENDINGS[kind()])
            check_copy(copy)
            _keep_ledger(folder / HOME)
            _exchange(folder / HOME, copy)
    return about


def finish_restore() -> list[str]:
    """Bring what was restored to this release, and let every room do what it must; what there is to say about it."""
    Interrupted().check(but=Interrupted.LACKS_END)
    said = []
    try:
        migrations = migrate()
    except NotReady as error:
        raise Refused(str(error)) from error
    if migrations:
        said.append(f"The backup is of an earlier release: {migrations} migrations were run.")
    said += [line for task in after_restore if (line := task.run())]
    for left in [*home().glob(".replaced-*"), *home().glob(".restore-*")]:  # of a restore that was killed
        _remove(left)
    Interrupted().clear()
    return said


def is_empty() -> bool:
    """Whether nobody ever worked with this installation; what cannot be read is not empty."""
    try:
        tables = set(connection.introspection.table_names())
        kept = [one for one in apps.get_models() if one._meta.db_table in tables]
        return not any(one._default_manager.exists() for one in kept if one not in _COMES_BY_ITSELF)
    except DatabaseError:
        return False


def _checked(file: Path) -> About:
    if not file.is_file():
        raise Refused(f"{file}: there is no such file. Check the path.")
    about = read_about(file)
    if about.database != kind():
        raise Refused(
            f"{file}: this is a backup of {NAMES.get(about.database, about.database)}, and this installation uses "
            f"{NAMES[kind()]}. Set DATABASE_URL for the other. Nothing was changed."
        )
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = {f"{app}.{name}" for app, name in {*loader.disk_migrations, *loader.replacements}}
    later = [name for name in about.migrations if name not in known and name.partition(".")[0] in loader.migrated_apps]
    if later:
        raise Refused(
            f"{file}: a later release wrote it ({about.version}, with {later[0]}). Install that one, then restore. "
            "Nothing was changed."
        )
    return about


@contextmanager
def _unpacked(file: Path) -> Iterator[Path]:
    """The backup's content in a folder of the home, gone at the end."""
    for left in home().glob(".restore-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = home() / f".restore-{os.getpid()}"
    try:
        folder.mkdir(mode=0o700)
        (folder / HOME).mkdir(mode=0o700)
        unpack(file, folder)
        yield folder
    except OSError as error:
        if is_full(error):
            raise NoSpace(home(), "Nothing was changed.") from error
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _keep_ledger(restored: Path) -> None:
    """Who was erased stays erased, whether that happened before the backup or since.

    The present ledger grows before anything else is touched, so that no interruption can make it shorter.
    """
    lines: dict[str, None] = {}
    for ledger in (home() / LEDGER, restored / LEDGER):
        if ledger.is_file():
            lines.update(dict.fromkeys(ledger.read_text("utf-8").splitlines()))
    (restored / LEDGER).unlink(missing_ok=True)
    if lines:
        longer = restored / "ledger"
        longer.touch(mode=0o600)
        longer.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        longer.replace(home() / LEDGER)


def _exchange(restored: Path, copy: Path) -> None:
    """The new state for the old: the old goes only once the new is in its place, and comes back where it cannot be."""
    old = home() / f".replaced-{os.getpid()}"
    old.mkdir(mode=0o700)
    mark = Interrupted()
    before = mark.how_far()
    mark.set(Interrupted.HALF)
    moved = []
    try:
        for entry in _replaceable():
            shutil.move(entry, old / entry.name)
            moved.append(entry)
        for entry in restored.iterdir():
            shutil.move(entry, home() / entry.name)
        put_database(copy)
    except BaseException:
        for entry in _replaceable():
            _remove(entry)
        for entry in moved:
            shutil.move(old / entry.name, entry)
        _remove(old)
        mark.set(before) if before else mark.clear()  # what an earlier one left half is half as before
        raise
    mark.set(Interrupted.LACKS_END)
    for left in [*home().glob(".replaced-*"), *(home() / name for name in MADE_ANEW - _STAYS)]:
        _remove(left)


def _replaceable() -> list[Path]:
    return [entry for entry in home().iterdir() if belongs(entry) and entry.name != LEDGER]


def _remove(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry)
    else:
        entry.unlink(missing_ok=True)
