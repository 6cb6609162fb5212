"""The doctor looks at the installation, too."""

from __future__ import annotations

import fcntl
import sqlite3
from contextlib import closing

import pytest
from tests.installations import MIGRATE, SERVER, Installation

NAME_A_SERVER = "Name a server: EMAIL_URL=smtp+tls://user:password@mail.example:587"
pytestmark = pytest.mark.skipif(bool(SERVER), reason="looks into the file of an embedded database")


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Installation:
    """A fresh installation, never served."""
    home = tmp_path_factory.mktemp("home")
    home.chmod(0o700)
    one = Installation(home, "")
    one.python(MIGRATE)
    return one


def findings(one: Installation) -> list[str]:
    return one.kithkin("doctor").stdout.splitlines()


def test_fresh_installation_is_well_but_for_its_mail_and_static_files(installed):
    lines = findings(installed)
    about = lines[next(place for place, line in enumerate(lines) if "secret.key" in line) - 1 :]
    assert [
        line for line in about if installed.home.name in line or line.startswith(("ok      no ", "ok      nothing "))
    ] == [
        f"ok      {installed.home} is for you alone",
        f"ok      {installed.home}/secret.key is for you alone",
        next(line for line in lines if f"GB free for {installed.home}" in line),
        f"note    mail does not leave: it is kept in {installed.home}/mail. {NAME_A_SERVER}",
        "ok      nothing runs at this moment: kithkin up starts it.",
        "ok      no job and no delivery failed",
    ]
    assert "note    static files are not in place: kithkin up puts them there." in lines
    assert any(line.startswith("ok      SQLite 3.") and line.endswith("journal wal") for line in lines)
    assert lines[-1] == "Kithkin can work here."


def test_looking_makes_no_installation(tmp_path):
    lines = findings(Installation(tmp_path / "none", ""))
    assert f"ok      no installation in {tmp_path}/none yet: kithkin up makes one." in lines
    assert not (tmp_path / "none").exists()


def test_secret_that_others_can_read_is_found(installed):
    (installed.home / "secret.key").chmod(0o644)
    path = f"{installed.home}/secret.key"
    assert f"note    {path} can be read by others (644). chmod 600 {path}" in findings(installed)
    (installed.home / "secret.key").chmod(0o600)


def test_silent_parts_of_a_running_system_are_broken(installed):
    with (installed.home / "running.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lines = findings(installed)
    assert [line for line in lines if line.startswith("BROKEN")] == [
        "BROKEN  the workers gave no sign of life for a minute. Start kithkin up anew.",
        "BROKEN  the dispatcher gave no sign of life for a minute. Start kithkin up anew.",
    ]
    assert lines[-1] == "2 thing(s) to mend."


def test_database_of_a_later_release_is_broken(tmp_path):
    one = Installation(tmp_path, "")
    one.python(MIGRATE)
    with closing(sqlite3.connect(tmp_path / "kithkin.sqlite3")) as database, database:
        database.execute("INSERT INTO django_migrations VALUES (9999, 'platform', '9999_later', '2030-01-01')")
    assert any(line.startswith("BROKEN  The database was written by a later release") for line in findings(one))


def test_database_that_is_none_is_broken_and_no_traceback(tmp_path):
    one = Installation(tmp_path, "")
    one.python("")
    (tmp_path / "kithkin.sqlite3").write_bytes(b"no database" * 1000)
    outcome = one.kithkin("doctor")
    assert outcome.returncode == 1
    assert "BROKEN  The database does not answer: file is not a database." in outcome.stdout
    assert outcome.stderr == ""
