"""Keeps child processes running: who dies is started again, a little later each time; who is told to stop, stops.

Knows nothing of what they do. Once everything runs it sleeps until a signal comes or a restart is due.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
HEALTHY_AFTER = 30.0
PATIENCE = 10.0
_STOP = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Log(Protocol):
    """What it says to."""

    def info(self, event: str, **what: object) -> object:
        """In the course of things."""

    def error(self, event: str, **what: object) -> object:
        """What somebody should look at."""


@dataclass(frozen=True)
class Child:
    """One process to keep running."""

    name: str
    command: Sequence[str]


@dataclass
class _Kept:
    child: Child
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    pause: float = FIRST_PAUSE


class Supervisor:
    """Runs the children until SIGTERM, SIGINT or SIGHUP.

    `meanwhile()` is called about once a second until it returns True: it looks whether the address answers yet.
    """

    def __init__(
        self,
        children: Sequence[Child],
        environment: Mapping[str, str],
        log: Log,
        meanwhile: Callable[[], bool] = lambda: True,
    ) -> None:
        self._kept = [_Kept(child) for child in children]
        self._environment = {**environment, "KITHKIN_PARENT": str(os.getpid())}
        self._log = log
        self._meanwhile = meanwhile
        self._stopping = False

    def run(self) -> None:
        """Until told to stop, and all children have ended."""
        reader, writer = os.pipe()
        for end in (reader, writer):
            os.set_blocking(end, False)
        before = {number: signal.signal(number, self._stop) for number in _STOP}
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        waker = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        try:
            self._keep(reader)
        finally:
            self._end(reader)
            signal.set_wakeup_fd(waker)
            for number, handler in before.items():
                signal.signal(number, handler)
            os.close(reader)
            os.close(writer)

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _keep(self, reader: int) -> None:
        answered = False
        while not self._stopping:
            now = time.monotonic()
            for kept in self._kept:
                self._mourn(kept, now)
                if kept.process is None and kept.due <= now:
                    self._start(kept, now)
            answered = answered or self._meanwhile()
            waits = [kept.due - now for kept in self._kept if kept.process is None]
            _sleep(reader, min([*waits, *([] if answered else [0.5])], default=None))

    def _start(self, kept: _Kept, now: float) -> None:
        kept.process = subprocess.Popen(  # noqa: S603 (our own commands)
            list(kept.child.command), env=self._environment, stdin=subprocess.DEVNULL, start_new_session=True
        )
        kept.started = now
        self._log.info("started", part=kept.child.name, pid=kept.process.pid)

    def _mourn(self, kept: _Kept, now: float) -> None:
        """Note who has died, and when to start them again."""
        if kept.process is None or kept.process.poll() is None:
            return
        _kill_group(kept.process)
        if now - kept.started > HEALTHY_AFTER:
            kept.pause = FIRST_PAUSE
        self._log.error(
            "ended, and will be started again",
            part=kept.child.name,
            pid=kept.process.pid,
            status=kept.process.returncode,
            in_seconds=kept.pause,
        )
        kept.process, kept.due = None, now + kept.pause
        kept.pause = min(2 * kept.pause, LONGEST_PAUSE)

    def _end(self, reader: int) -> None:
        """Ask everybody to stop; who has not after ten seconds is killed with all that it started."""
        running = [(kept, kept.process) for kept in self._kept if kept.process is not None]
        for _, process in running:
            with suppress(ProcessLookupError):
                process.terminate()
        until = time.monotonic() + PATIENCE
        while (left := until - time.monotonic()) > 0 and any(process.poll() is None for _, process in running):
            _sleep(reader, left)
        for kept, process in running:
            if process.poll() is None:
                self._log.error("did not stop in time, and was killed", part=kept.child.name, pid=process.pid)
            _kill_group(process)
            process.wait()
        self._log.info("stopped")


def _sleep(reader: int, seconds: float | None) -> None:
    """Until a signal comes, or for so long."""
    select.select([reader], [], [], None if seconds is None else max(0.0, seconds))
    with suppress(BlockingIOError):
        os.read(reader, 4096)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """What is left of a process and of all that it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
