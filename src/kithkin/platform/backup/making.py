"""Write a backup of a system that may run meanwhile."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.db.migrations.recorder import MigrationRecorder

from kithkin.platform import pulse
from kithkin.platform.backup.archive import DATABASE, FORMAT, HOME, About, pack
from kithkin.platform.backup.databases import copy_database, kind
from kithkin.platform.backup.home import set_aside
from kithkin.platform.backup.refusals import NoSpace, Refused, is_full
from kithkin.platform.upgrade import check_database

ENDINGS = {"sqlite": ".sqlite3", "postgresql": ".dump"}
_UNTOUCHED = "No backup was written, and a file that was there before is as it was."


def make_backup(target: Path) -> int:
    """Write everything into `target` (compressed where its name ends in .gz); its size in bytes.

    It stands under its name only once it is whole and on the disk; before, what was there is untouched.
    """
    check_database()
    if target.is_dir():
        raise Refused(f"{target}: this is a directory. Name the file that is to be written.")
    if not target.parent.is_dir():
        raise Refused(f"{target.parent}: there is no such directory. Make it first.")
    with _room(target) as folder, set_aside() as aside:
        database = folder / (DATABASE + ENDINGS[kind()])
        aside.take()
        about = About(
            FORMAT, version("kithkin"), kind(), datetime.now(UTC).isoformat(timespec="seconds"), _migrations()
        )
        copy_database(database)
        aside.take()
        members = [(database.name, database), *((f"{HOME}/{name}", path) for name, path in aside.files())]
        whole = folder / "whole"
        with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            pack(file, about, members, compressed=target.suffix in {".gz", ".tgz"})
            file.flush()
            os.fsync(file.fileno())
        size = whole.stat().st_size
        whole.replace(target)
        _sync(target.parent)
    pulse.beat(pulse.BACKUP)
    return size


@contextmanager
def _room(target: Path) -> Iterator[Path]:
    """A folder beside the target, for nobody else's eyes, gone at the end; a full disk is said."""
    folder = target.parent / f".{target.name[:200]}.{secrets.token_hex(4)}.partial"
    try:
        folder.mkdir(mode=0o700)
        yield folder
    except OSError as error:
        if is_full(error):
            raise NoSpace(target, _UNTOUCHED) from error
        raise
    except sqlite3.OperationalError as error:
        if "full" in str(error) or "disk I/O" in str(error):
            raise NoSpace(target, _UNTOUCHED) from error
        raise Refused(f"The database could not be read: {error}. {_UNTOUCHED}") from error
    except Refused as error:
        if "No space left" in str(error) or "File too large" in str(error):
            raise NoSpace(target, _UNTOUCHED) from error
        raise
    finally:
        with suppress(OSError):
            shutil.rmtree(folder)


def _migrations() -> tuple[str, ...]:
    applied = MigrationRecorder.Migration.objects.values_list("app", "name")
    return tuple(sorted(f"{app}.{name}" for app, name in applied))


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
