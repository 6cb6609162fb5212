"""What of the home belongs to a backup: all that cannot be made anew."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.conf import settings

from kithkin.platform.backup.refusals import Refused

MADE_ANEW = frozenset({"cache", "static", "uploads", "warehouse", "running.lock", "backup.lock"})
LEDGER = "erasures.log"
"""Random ids of erased people: never made shorter, whatever is brought back."""
INTERRUPTED = "restoring"
"""Marks a home whose restore has not ended: nothing may serve from it."""
_ASIDE = ".backup-"


def home() -> Path:
    """The installation's home."""
    return Path(settings.HOME)


def database_files() -> set[Path]:
    """The files of an embedded database, which are not copied as files; none elsewhere."""
    if not settings.SQLITE:
        return set()
    name = Path(settings.DATABASES["default"]["NAME"]).resolve()
    return {name, *(name.with_name(name.name + end) for end in ("-wal", "-shm", "-journal"))}


def belongs(entry: Path) -> bool:
    """Whether an entry of the home is state: no cache, no lock, nothing half done, and not the database."""
    hidden = entry.name.startswith((_ASIDE, ".restore-", ".replaced-"))
    return not hidden and entry.name not in {*MADE_ANEW, INTERRUPTED} and entry.resolve() not in database_files()


def state() -> Iterator[Path]:
    """Every file of the home that belongs to a backup; links are followed, so that what they lead to is kept too."""
    for entry in sorted(home().iterdir()):
        if belongs(entry):
            yield from _files(entry, frozenset())


def _files(entry: Path, above: frozenset[Path]) -> Iterator[Path]:
    if entry.is_file():
        yield entry
    elif entry.is_dir() and (real := entry.resolve()) not in above:
        for inner in sorted(entry.iterdir()):
            yield from _files(inner, above | {real})


class Aside:
    """A second name for each file of the home, so that none can go while the backup is written.

    Files are written once, and never changed in place but by appending. They are set aside before *and* after the
    database is read: what the database speaks of is there, whoever adds or deletes meanwhile.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self) -> None:
        """Set aside what is there now and was not before."""
        for file in state():
            second = self._folder / file.relative_to(home())
            second.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                _second_name(file, second)
            except FileNotFoundError:
                continue  # deleted in this moment

    def files(self) -> Iterator[tuple[str, Path]]:
        """Each with its name within the home."""
        for path in sorted(self._folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(self._folder).as_posix(), path


def _second_name(file: Path, second: Path) -> None:
    if second.exists():
        return
    try:
        os.link(file, second)
    except FileNotFoundError:
        raise
    except OSError:  # on another file system, or one without links
        shutil.copyfile(file, second)


@contextmanager
def set_aside() -> Iterator[Aside]:
    """A place for second names, gone at the end; what a killed backup left goes first."""
    with held("backup.lock", "A backup is being written at this moment. Wait until it is done."):
        for left in home().glob(f"{_ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = home() / f"{_ASIDE}{os.getpid()}"
        folder.mkdir(mode=0o700)
        try:
            yield Aside(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def held(name: str, refusal: str) -> Iterator[TextIO]:
    """A lock on the home, or Refused where another process has it. It ends with the process, however that ends."""
    with (home() / name).open("a", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(refusal) from None
        yield file


def served() -> str:
    """What is said to whoever wants the home for themselves while it is served."""
    return f"Kithkin runs already on {home()}. Stop it first, or name another home: KITHKIN_HOME=DIR."


class Interrupted:
    """The mark of a restore that has not ended, and how far it came."""

    HALF, LACKS_END = "half", "lacks its end"

    def __init__(self) -> None:
        self._mark = home() / INTERRUPTED

    def set(self, how_far: str) -> None:
        """From now on nothing serves from this home."""
        self._mark.write_text(how_far, "ascii")

    def how_far(self) -> str:
        """How far a restore came that did not end; "" where there is none."""
        return self._mark.read_text("ascii") if self._mark.exists() else ""

    def clear(self) -> None:
        """It ended."""
        self._mark.unlink(missing_ok=True)

    def check(self, *, but: str = "") -> None:
        """Refused where a restore was interrupted, unless it came as far as `but`."""
        how_far = self.how_far()
        if not how_far or how_far == but:
            return
        again = "Do it again: kithkin restore FILE --replace."
        only_end = "Only its end is missing: kithkin manage finish_restore."
        what = again if how_far == self.HALF else only_end
        raise Refused(f"{home()}: a restore was interrupted here. {what}")
