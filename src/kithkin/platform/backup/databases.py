"""A consistent copy of the database, and the database out of such a copy: SQLite and PostgreSQL."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from psycopg.conninfo import make_conninfo

from kithkin.platform.backup.refusals import Refused

CLIENT = "apt-get install postgresql-client"
PROGRAMS = Path("/usr/lib/postgresql")
_EMPTY_SCHEMA = """
SET lock_timeout = '15s';
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE %I CASCADE', one.tablename);
  END LOOP;
END $$;
"""


def kind() -> str:
    """ "sqlite" or "postgresql"."""
    return connection.vendor


def copy_database(to: Path) -> None:
    """The database as it is at one moment, while others go on writing."""
    to.touch(mode=0o600)
    if kind() == "sqlite":
        with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=60)) as source:
            source.execute("VACUUM INTO ?", [str(to)])
        return
    conninfo, environment = _address()
    left_out = ["--no-owner", "--no-privileges", "--exclude-table-data=platform_cache"]
    _run([program("pg_dump"), "--format=custom", *left_out, f"--file={to}", f"--dbname={conninfo}"], environment)


def check_copy(copy: Path) -> None:
    """Refused where the copy is no whole database."""
    if kind() != "sqlite":
        _run([program("pg_restore"), "--list", str(copy)], dict(os.environ))
        return
    try:
        with closing(sqlite3.connect(copy)) as database:
            (said,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        said = str(error)
    if said != "ok":
        raise Refused(f"The database in this backup is damaged: {said}. Nothing was changed.")


def put_database(copy: Path) -> None:
    """Put the copy in the place of the database, as a whole or not at all."""
    connections.close_all()
    if kind() == "sqlite":
        place = Path(settings.DATABASES["default"]["NAME"])
        for end in ("-wal", "-shm", "-journal"):  # of the database that goes
            place.with_name(place.name + end).unlink(missing_ok=True)
        shutil.move(copy, place)
        return
    conninfo, environment = _address()
    script = [program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(copy)]
    client = [program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={conninfo}"]
    with subprocess.Popen(  # noqa: S603 (PostgreSQL's own programs)
        client, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as psql:
        assert psql.stdin is not None
        assert psql.stderr is not None
        try:
            psql.stdin.write(f"BEGIN;\n{_EMPTY_SCHEMA}".encode())
            psql.stdin.flush()
            made = subprocess.run(script, stdout=psql.stdin, stderr=subprocess.PIPE, check=False)  # noqa: S603
            if made.returncode == 0:
                psql.stdin.write(b"\nCOMMIT;\n")
            psql.stdin.close()
        except BrokenPipeError:
            made = None
        said = psql.stderr.read().decode(errors="replace")
    if made is None or made.returncode or psql.returncode:
        error = made.stderr.decode(errors="replace") if made is not None and made.returncode else said
        raise Refused(f"PostgreSQL did not take the backup: {_last(error)} The database is as it was.")


def program(name: str) -> str:
    """One of PostgreSQL's own programs, of the newest version that is here."""
    versions = sorted(PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if found is None:
        raise Refused(f"{name} is not here, and PostgreSQL's backups need it. Install it: {CLIENT}")
    return found


def _address() -> tuple[str, dict[str, str]]:
    """Where the database is, with the password beside it: what stands in a command line can be read by everybody."""
    given = connection.get_connection_params()
    names = ("host", "port", "user", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey", "options", "service")
    environment = {**os.environ, "PGAPPNAME": "kithkin", "PGCONNECT_TIMEOUT": "15"}
    if given.get("password"):
        environment["PGPASSWORD"] = str(given["password"])
    return make_conninfo(**{name: given[name] for name in names if given.get(name)}), environment


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, restore_signals=False)  # noqa: S603
    if done.returncode:
        raise Refused(f"{Path(command[0]).name} failed: {_last(done.stderr)}")


def _last(said: str) -> str:
    lines = [line for line in said.strip().splitlines() if line.strip()]
    return lines[-1].rstrip(".") + "." if lines else "it did not say why."
