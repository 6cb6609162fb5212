"""A restore is killed at each step in turn: the old installation is there, or the way to the new one is said."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.installations import Installation

DRIVER = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.db import connections
from kithkin.platform.backup import Refused, finish_restore, restore_backup
from kithkin.platform.backup.home import Interrupted

STEPS = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.move", "subprocess.Popen"}

def restore(file, at):
    seen = 0
    def watch(event, args):
        nonlocal seen
        of_home = event == "subprocess.Popen" or str(settings.HOME) in str(args[0] if args else "")
        if event in STEPS and of_home and not (event == "open" and args[1] in ("r", "rb")):
            seen += 1
            if seen == at:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)
    restore_backup(Path(file), replace=True)
    return seen

def said():
    try:
        Interrupted().check()
    except Refused as error:
        return str(error)
    return ""

def go_on():
    if "kithkin restore FILE --replace" in said():
        restore_backup(Path(new), replace=True)
    finish_restore()

def back():
    restore_backup(Path(old), replace=True)
    finish_restore()

def in_a_child(work):
    connections.close_all()
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.write(writer, str(work()).encode())
        os._exit(0)
    os.close(writer)
    with open(reader) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return told

old, new = sys.argv[1:]
for line in sys.stdin:
    word, _, at = line.strip().partition(" ")
    do = {"kill": lambda: restore(new, int(at)), "say": said, "go on": go_on, "back": back}[word.replace("-", " ")]
    print(in_a_child(do).replace("\\n", " "), flush=True)
"""


class Driver:
    """A process that restores in children, which are killed at their n-th step."""

    def __init__(self, place: Installation, old, new) -> None:
        line = [sys.executable, "-c", DRIVER, str(old), str(new)]
        self.process = subprocess.Popen(
            line, env=place.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def __call__(self, words: str) -> str:
        self.process.stdin.write(f"{words}\n")
        return self.process.stdout.readline().strip()


def whole(place: Installation) -> dict[str, bytes]:
    """The files, without what the killed process had unpacked."""
    return {name: content for name, content in place.files().items() if not name.startswith(".restore-")}


@pytest.fixture
def place(fresh):
    """Somebody's installation, which is not the one of the backup."""
    found = fresh().fill()
    found.python("from tests.cast import make_kith; make_kith('Only in the old one')")
    (found.home / "files" / "old.txt").write_text("only in the old one")
    return found


def test_restore_killed_at_any_step_leaves_the_old_or_says_how_to_go_on(place, filled, kept, tmp_path):
    old = tmp_path / "old.tar"
    assert place.kithkin("backup", old).returncode == 0
    driver = Driver(place, old, kept)
    try:
        driver("back")
        before, after = (place.tables(), place.files()), (filled.tables(), filled.files())
        steps = int(driver("kill 0"))
        driver("go-on")
        assert (place.tables(), place.files()) == after
        assert steps > 20
        ways = set()
        for step in {*range(1, steps, max(1, steps // 12)), steps}:
            driver("back")
            assert driver(f"kill {step}") == ""
            said = driver("say").rpartition(": ")[2]
            ways.add(said)
            if not said:
                assert (place.tables(), whole(place)) == before, step
                continue
            driver("go-on")
            assert driver("say") == ""
            assert (place.tables(), place.files()) == after, step
        assert ways == {"", "kithkin restore FILE --replace.", "kithkin manage finish_restore."}
    finally:
        driver.process.kill()
        driver.process.communicate()


def test_restore_that_fails_after_one_was_interrupted_does_not_call_the_half_whole(place, kept):
    """The home is as half as before, and stays marked."""
    (place.home / "restoring").write_text("half")
    place.python(
        "from pathlib import Path\n"
        "from kithkin.platform.backup import restoring\n"
        "def no_room(copy): raise OSError(28, 'No space left on device')\n"
        "restoring.put_database = no_room\n"
        "try:\n"
        f"    restoring.restore_backup(Path({str(kept)!r}), replace=True)\n"
        "except restoring.Refused as error:\n"
        "    print(error)\n"
    )
    assert (place.home / "restoring").read_text() == "half"
