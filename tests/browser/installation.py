"""A whole installation beside the tests: `kithkin up` with its own home and database, as anybody starts it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.with_postgres import free_port

LINK = re.compile(r"http://\S+/first-start/\S+")
PATIENCE = 240


@dataclass(frozen=True)
class Installation:
    """Where it answers, and the link that makes its first administrator."""

    address: str
    first_start: str


@contextmanager
def running(home: Path) -> Iterator[Installation]:
    """Started, and stopped again by the signal that Ctrl-C sends. On PostgreSQL where the tests are."""
    port = free_port()
    environment = {**os.environ, "KITHKIN_HOME": str(home), "KITHKIN_LOG_LEVEL": "WARNING"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    if address := os.environ.get("DATABASE_URL"):
        environment["DATABASE_URL"] = fresh_database(address)
    call = "import sys; from kithkin.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", call, "up", "--port", str(port), "--workers", "1"]
    said: list[str] = []
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        reader = threading.Thread(target=lambda: said.extend(process.stdout or ()))
        reader.start()
        try:
            yield Installation(f"http://127.0.0.1:{port}", first_start(said, process))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)
            reader.join()


def first_start(said: list[str], process: subprocess.Popen[str]) -> str:
    """The link, as soon as it is printed."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if found := LINK.search("".join(said)):
            return found[0]
        assert process.poll() is None, "".join(said)
        threading.Event().wait(0.2)
    raise AssertionError("".join(said))


def fresh_database(address: str) -> str:
    """A database of its own on the server of the tests."""
    name = f"installation_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
