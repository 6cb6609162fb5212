"""`kithkin up`: one command, all parts, and nothing left behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.cli.running import KITHKIN, process
from tests.with_postgres import free_port

PATIENCE = 90


@dataclass
class Running:
    """A system that serves: its process, its address, its home, and what it said."""

    process: subprocess.Popen[str]
    port: int
    home: Path
    said: str

    def read(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return answer.read().decode()


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KITHKIN_", "DATABASE_URL"))}
    return {**kept, "KITHKIN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "kithkin.config.settings"}


@contextmanager
def system(home: Path, *words: str) -> Iterator[Running]:
    """`kithkin up` on this home, until it said where it is; killed at the end, should it still run."""
    port = free_port()
    with (home / "out").open("w") as out, (home / "err").open("w") as err:
        line = [KITHKIN, "up", "--port", str(port), "--workers", "1", *words]
        started = subprocess.Popen(line, env=environment(home), stdout=out, stderr=err, text=True)
    try:
        wait_for(lambda: "Ctrl-C" in (home / "out").read_text() or started.poll() is not None)
        yield Running(started, port, home, (home / "out").read_text())
    finally:
        started.kill()
        started.wait()


def wait_for(test: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not test():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.1)


def descendants(pid: int) -> dict[int, str]:
    """Every process below this one, with its command line."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found: dict[int, str] = {}
    wave = {pid}
    while wave := {child for child, parent in parents.items() if parent in wave}:
        for child in wave:
            try:
                found[child] = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
            except OSError:
                continue
    return found


def all_parts(one: Running) -> dict[int, str]:
    """Pages with a worker; jobs with sentinel, worker, monitor and pusher; events: once they all run."""
    wait_for(lambda: len(descendants(one.process.pid)) == 8)
    return descendants(one.process.pid)


def alive(pids: dict[int, str]) -> set[int]:
    """Those that still are what they were."""
    return {pid for pid, line in pids.items() if line and line == _line(pid)}


def _line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[Running]:
    """One system for the tests that leave it running."""
    with system(tmp_path_factory.mktemp("home")) as one:
        yield one


def test_it_says_where_it_is_and_answers_there(running):
    assert running.said.splitlines()[0] == f"Kithkin is at http://127.0.0.1:{running.port}"
    assert running.read("/readyz") == '{"status": "ok", "database": "ok"}'


def test_first_start_prints_a_link_that_opens(running):
    (token,) = re.findall(r"/first-start/(\S+)/", running.said)
    assert "first administrator" in running.read(f"/first-start/{token}/")
    assert token not in (running.home / "err").read_text()


def test_style_sheets_are_served_without_a_web_server_in_front(running):
    sheet = re.search(r"/static/platform/base\.\w+\.css", running.read("/log-in/login/"))
    assert sheet is not None
    assert "--kith" in running.read(sheet[0])


def test_what_it_writes_is_nobody_elses(running):
    modes: dict[str, int] = {}

    def log_was_there() -> bool:  # SQLite takes its log away whenever nobody has the database open
        for one in running.home.glob("kithkin.sqlite3*"):
            with suppress(FileNotFoundError):
                modes[one.name] = one.stat().st_mode & 0o077
        return "kithkin.sqlite3-wal" in modes

    wait_for(log_was_there)
    assert set(modes.values()) == {0}


def test_jobs_and_events_leave_a_sign_of_life(running):
    def parts() -> set[str]:
        with closing(sqlite3.connect(running.home / "kithkin.sqlite3")) as database:
            return {name for (name,) in database.execute("SELECT name FROM platform_heartbeat")}

    wait_for(lambda: parts() == {"jobs", "events"})


def test_taken_port_is_said_and_nothing_is_started(running, tmp_path):
    outcome = process("up", "--port", str(running.port), env=environment(tmp_path))
    assert outcome.returncode == 2
    assert outcome.stderr == (
        f"kithkin: Port {running.port} of 127.0.0.1 is taken by another program. "
        f"Stop that one, or choose another port: kithkin up --port {running.port + 1}.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_one_home_serves_once(running):
    outcome = process("up", "--port", str(free_port()), env=environment(running.home))
    assert outcome.returncode == 2
    assert f"Kithkin runs already on {running.home}." in outcome.stderr


def test_dead_part_is_started_again_and_that_is_said(running):
    (dead,) = [pid for pid, line in descendants(running.process.pid).items() if "dispatch_events" in line]
    os.kill(dead, signal.SIGKILL)
    wait_for(lambda: f"part=events pid={dead} status=-9" in (running.home / "err").read_text())
    wait_for(lambda: any("dispatch_events" in line for line in descendants(running.process.pid).values()))


def test_killed_worker_takes_all_workers_with_it_and_they_start_anew(running):
    def jobs() -> set[int]:
        return {pid for pid, line in descendants(running.process.pid).items() if "run_jobs" in line}

    wait_for(lambda: len(jobs()) == 5)  # the command, its sentinel, a worker, the monitor, the pusher
    before = jobs()
    os.kill(min(before - {min(before), sorted(before)[1]}), signal.SIGKILL)
    wait_for(lambda: len(jobs()) == 5 and not jobs() & before)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_with_all_its_parts(tmp_path, number):
    with system(tmp_path) as one:
        parts = all_parts(one)
        one.process.send_signal(number)
        assert one.process.wait(20) == 0
        assert alive(parts) == set()


def test_no_part_outlives_a_killed_supervisor(tmp_path):
    with system(tmp_path) as one:
        parts = all_parts(one)
        one.process.kill()
        one.process.wait()
        wait_for(lambda: alive(parts) == set())


def test_unknown_host_is_refused(tmp_path):
    outcome = process("up", "--host", "no.such.host.invalid", env=environment(tmp_path))
    assert outcome.returncode == 2
    assert "--host no.such.host.invalid: there is no such address here." in outcome.stderr


def test_database_of_a_later_release_is_refused_and_left_alone(tmp_path):
    assert process("manage", "migrate", "-v0", env=environment(tmp_path)).returncode == 0
    with closing(sqlite3.connect(tmp_path / "kithkin.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('platform', '9999_later', '2030-01-01')"
        )
    outcome = process("up", "--port", str(free_port()), env=environment(tmp_path))
    assert outcome.returncode == 2
    assert "written by a later release of Kithkin: it has platform.9999_later" in outcome.stderr


def test_wide_open_host_is_reached_by_the_names_of_this_machine(tmp_path):
    with system(tmp_path, "--host", "0.0.0.0") as one:
        with socket.create_connection(("127.0.0.1", one.port), timeout=30) as line:
            line.sendall(f"GET /log-in/login/ HTTP/1.0\r\nHost: {socket.gethostname()}:{one.port}\r\n\r\n".encode())
            assert line.recv(100).split(b"\r\n")[0] == b"HTTP/1.0 200 OK"
        assert one.said.splitlines()[0] == f"Kithkin is at http://localhost:{one.port}"
