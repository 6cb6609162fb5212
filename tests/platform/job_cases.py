"""Jobs for the tests of the queue."""

from __future__ import annotations

import os
import signal
from pathlib import Path


def note_and_wait_once(file: str) -> None:
    """Write down who is at work; the first time wait to be killed, later end."""
    notes = Path(file)
    first = not notes.exists()
    with notes.open("a") as out:
        out.write(f"{os.getpid()}\n")
    if first:
        signal.pause()


def note_and_end_the_worker(file: str, how: str) -> None:
    """Write down that it was begun, and take the worker along."""
    note(file, how)
    if how == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(3)


def note(file: str, word: str) -> None:
    """Write a word down."""
    with Path(file).open("a") as out:
        out.write(f"{word}\n")
