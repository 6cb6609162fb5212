"""Whole installations for the tests: a home and a database of their own, on whichever engine the tests run on."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.cli.running import process

ROOT = Path(__file__).parents[1]
SERVER = os.environ.get("DATABASE_URL", "")
MIGRATE = "from kithkin.platform.upgrade import migrate; migrate()"
QUICK = "from django.contrib.auth.hashers import PBKDF2PasswordHasher; PBKDF2PasswordHasher.iterations = 1_000"
"""Passwords are kept as the product keeps them, but are not slow to guess: nobody guesses them here."""
CAST = f"{QUICK}; from tests.cast import make_cast; make_cast()"
ANSWER = """
import json, os, sys
for line in sys.stdin:
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(writer, 1)
        status = 1
        try:
            exec(json.loads(line), {})
            status = 0
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            if status:
                sys.excepthook(*sys.exc_info())
            os._exit(status)
    os.close(writer)
    with open(reader) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    print(json.dumps([os.waitstatus_to_exitcode(status), said]), flush=True)
"""
LEFT_ALONE = {"platform_heartbeat", "platform_cache"}
"""Signs of life are of the moment."""


@dataclass(frozen=True)
class Forking:
    """A process that is there already, for tests that need many."""

    process: subprocess.Popen[str]

    def ended(self, code: str) -> tuple[int, str]:
        """How a child that does this ended, as Popen.returncode says it, and what it had printed."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(code) + "\n")
        self.process.stdin.flush()
        status, said = json.loads(self.process.stdout.readline())
        return status, said

    def python(self, code: str) -> str:
        """What this code prints."""
        status, said = self.ended(code)
        assert status == 0, f"it ended with {status}"
        return said


@dataclass(frozen=True)
class Installation:
    """One home with one database."""

    home: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("KITHKIN_", "DATABASE_URL"))}
        own = {
            "KITHKIN_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "kithkin.config.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
            "OMP_NUM_THREADS": "1",
        }
        return {**kept, **own, **({"DATABASE_URL": self.url} if self.url else {})}

    def kithkin(self, *words: object, **options: Any) -> subprocess.CompletedProcess[str]:
        """The command, on this installation."""
        if options:
            options = {"capture_output": True, **options}
        return process(*words, env=self.environment, **options)

    def python(self, code: str) -> str:
        """What this code prints with Django set up."""
        line = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
        return subprocess.run(line, env=self.environment, check=True, capture_output=True, text=True).stdout

    def start(self, code: str) -> subprocess.Popen[str]:
        """The same, without waiting for its end."""
        line = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
        return subprocess.Popen(line, env=self.environment, stdout=subprocess.PIPE, text=True)

    @contextmanager
    def forking(self, first: str = "") -> Iterator[Forking]:
        """A process with Django set up that did this first: each question to it is answered by a child of its own."""
        line = [sys.executable, "-c", f"import django; django.setup()\n{first}\n{ANSWER}"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with subprocess.Popen(line, env=self.environment, text=True, **pipes) as process:
            try:
                yield Forking(process)
            finally:
                process.kill()

    def migrate(self) -> Installation:
        """As a first start leaves it: a copy of what was migrated once."""
        template = migrated()
        if self.url:
            drop(self.url)
            create(self.url, template.url)
        else:
            shutil.copy2(template.home / "kithkin.sqlite3", self.home)
        return self

    def fill(self) -> Installation:
        """The fixed cast, a job that waits, an event, an uploaded file, a mail that could not leave."""
        self.migrate().python(
            f"{CAST}\n"
            "from django.core.files.base import ContentFile\n"
            "from django.core.files.storage import default_storage\n"
            "from django_q.tasks import async_task\n"
            "from kithkin.platform.models import Event\n"
            "default_storage.save('people/list.csv', ContentFile('Ä,1'))\n"
            "async_task('math.sqrt', 4); Event.objects.create(kind='directory.Nothing', facts={'ä': 1})"
        )
        (self.home / "mail").mkdir()
        (self.home / "mail" / "1.log").write_text("Dear Bob")
        (self.home / "cache").mkdir(exist_ok=True)
        (self.home / "cache" / "x.djcache").write_text("made anew")
        return self

    def tables(self) -> dict[str, list[str]]:
        """Every table of the database with its rows, as text and sorted."""
        if self.url:
            with psycopg.connect(self.url) as connection:
                names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
                return {
                    name: sorted(map(str, connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name)))))
                    for (name,) in names
                    if name not in LEFT_ALONE
                }
        with closing(sqlite3.connect(self.home / "kithkin.sqlite3")) as database:
            names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return {
                name: sorted(map(str, database.execute(f'SELECT * FROM "{name}"')))
                for (name,) in names
                if name not in LEFT_ALONE
            }

    def files(self) -> dict[str, bytes]:
        """Every file of the home that is state."""
        left_out = ("kithkin.sqlite3", "cache/", "static/", "uploads/", "running.lock", "backup.lock")
        paths = {path.relative_to(self.home).as_posix(): path for path in self.home.rglob("*") if path.is_file()}
        return {name: path.read_bytes() for name, path in sorted(paths.items()) if not name.startswith(left_out)}


@cache
def migrated() -> Installation:
    """An installation that is migrated, of which others are copies; for as long as this process lives."""
    home = tempfile.mkdtemp(prefix="kithkin-migrated-")
    atexit.register(shutil.rmtree, home)
    one = Installation(Path(home), database_of_its_own())
    if one.url:
        atexit.register(drop, one.url)
    one.python(MIGRATE)
    return one


def database_of_its_own() -> str:
    """A fresh database on the server, by its address; "" on SQLite."""
    if not SERVER:
        return ""
    url = urlunsplit(urlsplit(SERVER)._replace(path=f"/k{uuid.uuid4().hex[:12]}"))
    create(url)
    return url


def create(url: str, template: str = "") -> None:
    """Make the database of this address, empty or as that one is."""
    with psycopg.connect(SERVER, autocommit=True) as connection:
        of = sql.SQL(" TEMPLATE {}").format(_name(template)) if template else sql.SQL("")
        connection.execute(sql.SQL("CREATE DATABASE {}{}").format(_name(url), of))


def drop(url: str) -> None:
    """Forget such a database."""
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(_name(url)))


def _name(url: str) -> sql.Identifier:
    return sql.Identifier(urlsplit(url).path.lstrip("/"))
