"""What a backup and a restore refuse, in plain words and with nothing changed."""

from __future__ import annotations

import fcntl
import io
import json
import resource
import tarfile
from pathlib import Path

import psycopg
import pytest
from tests.installations import SERVER
from tests.with_postgres import free_port

from kithkin.platform.backup import Refused, databases


def refused(outcome) -> str:
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert "Traceback" not in outcome.stderr
    return " ".join(outcome.stderr.removeprefix("kithkin: ").split())


def rewritten(kept: Path, to: Path, **changes: object) -> Path:
    """A copy of the backup that says something else about itself."""
    with tarfile.open(kept) as old, tarfile.open(to, "w") as new:
        for member in old:
            content = old.extractfile(member).read()
            if member.name == "kithkin-backup.json":
                content = json.dumps({**json.loads(content), **changes}).encode()
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return to


def test_installation_that_is_in_use_is_not_overwritten(filled, kept):
    before = filled.tables(), filled.files()
    said = refused(filled.kithkin("restore", kept))
    assert said.startswith(f"{filled.home} holds an installation already.")
    assert said.endswith("say --replace. Nothing was changed.")
    assert (filled.tables(), filled.files()) == before


@pytest.mark.parametrize("content", [b"", b"hello", b"\x1f\x8b\x08 not really", b"\0" * 20_000])
def test_foreign_file_is_refused(fresh, tmp_path, content):
    (tmp_path / "a.tar").write_bytes(content)
    assert refused(fresh().kithkin("restore", tmp_path / "a.tar")) == (
        f"{tmp_path}/a.tar: this is no backup of Kithkin. Nothing was changed."
    )


def test_file_that_is_not_there_is_refused(fresh, tmp_path):
    said = refused(fresh().kithkin("restore", tmp_path / "absent"))
    assert said == f"{tmp_path}/absent: there is no such file. Check the path."


@pytest.mark.parametrize("place", [0.3, 0.6, 0.99])
def test_changed_byte_is_found(filled, kept, tmp_path, place):
    content = bytearray(kept.read_bytes())
    last = content.rstrip(b"\0")
    at = int(len(last) * place)
    while not content[at]:  # what only fills a file of the archive up to its block is nobody's content
        at -= 1
    content[at] ^= 0xFF
    (tmp_path / "a.tar").write_bytes(content)
    before = filled.tables(), filled.files()
    said = refused(filled.kithkin("restore", "--replace", tmp_path / "a.tar"))
    assert said.startswith(f"{tmp_path}/a.tar: this backup is damaged")
    assert (filled.tables(), filled.files()) == before


@pytest.mark.parametrize("place", [0.2, 0.8])
def test_file_that_is_cut_short_is_found(filled, kept, tmp_path, place):
    content = kept.read_bytes()
    (tmp_path / "a.tar").write_bytes(content[: int(len(content.rstrip(b"\0")) * place)])
    said = refused(filled.kithkin("restore", "--replace", tmp_path / "a.tar"))
    assert said.startswith(f"{tmp_path}/a.tar: this backup is damaged")


def test_backup_of_a_later_release_is_refused(filled, kept, tmp_path):
    later = rewritten(kept, tmp_path / "a.tar", version="9.0", migrations=["platform.0999_later"])
    said = refused(filled.kithkin("restore", "--replace", later))
    assert "a later release wrote it (9.0, with platform.0999_later)" in said
    later = rewritten(kept, tmp_path / "b.tar", version="9.0", format=2)
    assert "a later release wrote it (9.0)" in refused(filled.kithkin("restore", "--replace", later))


def test_backup_of_another_kind_of_database_is_refused(filled, kept, tmp_path):
    other = rewritten(kept, tmp_path / "a.tar", database="sqlite" if SERVER else "postgresql")
    names = ("SQLite", "PostgreSQL") if SERVER else ("PostgreSQL", "SQLite")
    said = refused(filled.kithkin("restore", "--replace", other))
    assert f"this is a backup of {names[0]}, and this installation uses {names[1]}." in said


@pytest.mark.parametrize("name", ["../evil", "/tmp/evil", "home/../../evil", "other/evil"])
def test_file_that_wants_to_be_elsewhere_is_refused(fresh, kept, tmp_path, name):
    with tarfile.open(kept) as old, tarfile.open(tmp_path / "a.tar", "w") as new:
        for member in old:
            new.addfile(member, old.extractfile(member))
        evil = tarfile.TarInfo(name)
        new.addfile(evil, io.BytesIO())
    assert "damaged" in refused(fresh().kithkin("restore", tmp_path / "a.tar"))
    assert not (tmp_path / "evil").exists()


def test_link_in_a_backup_is_refused(fresh, kept, tmp_path):
    with tarfile.open(kept) as old, tarfile.open(tmp_path / "a.tar", "w") as new:
        for member in old:
            new.addfile(member, old.extractfile(member))
        link = tarfile.TarInfo("home/files/passwd")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        new.addfile(link)
    assert "damaged" in refused(fresh().kithkin("restore", tmp_path / "a.tar"))


def test_home_that_is_served_is_not_restored_into(filled, kept):
    with (filled.home / "running.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = refused(filled.kithkin("restore", "--replace", kept))
    assert said.startswith(f"Kithkin runs already on {filled.home}. Stop it first")


def test_home_whose_restore_was_interrupted_does_not_serve(kept, fresh):
    one = fresh()
    one.kithkin("restore", kept)
    (one.home / "restoring").write_text("half")
    said = refused(one.kithkin("up", "--port", str(free_port())))
    assert said == f"{one.home}: a restore was interrupted here. Do it again: kithkin restore FILE --replace."
    assert one.kithkin("restore", "--replace", kept).returncode == 0
    assert not (one.home / "restoring").exists()


@pytest.mark.parametrize("share", [0.1, 0.99])
def test_full_disk_leaves_the_earlier_backup_and_says_so(filled, kept, tmp_path, share):
    target = tmp_path / "a.tar"
    target.write_text("the backup of yesterday")

    def little_room() -> None:
        limit = int(share * kept.stat().st_size)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    said = refused(filled.kithkin("backup", target, preexec_fn=little_room))
    assert said == (
        f"{target}: there is no space left for it. Free some, or name another place. "
        "No backup was written, and a file that was there before is as it was."
    )
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.tar", "the backup of yesterday")]


def test_full_disk_leaves_the_present_installation(filled, kept):
    before = filled.tables(), filled.files()

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2**16, 2**16))

    said = refused(filled.kithkin("restore", "--replace", kept, preexec_fn=little_room))
    assert said.endswith("Free some, or name another place. Nothing was changed.")
    assert (filled.tables(), filled.files()) == before


def test_directory_is_no_target(filled, tmp_path):
    assert "this is a directory" in refused(filled.kithkin("backup", tmp_path))
    assert "there is no such directory" in refused(filled.kithkin("backup", tmp_path / "no" / "a.tar"))


@pytest.mark.skipif(not SERVER, reason="locks of this kind are PostgreSQL's")
def test_database_that_somebody_holds_stays_as_it_was(kept, fresh):
    one = fresh().fill()
    before = one.tables(), one.files()
    with psycopg.connect(one.url) as other:
        other.execute("LOCK TABLE platform_user IN ACCESS EXCLUSIVE MODE")
        said = refused(one.kithkin("restore", "--replace", kept))
    assert "PostgreSQL did not take the backup" in said
    assert (one.tables(), one.files()) == before


WITHOUT_PROGRAMS = """
import os
from pathlib import Path
from kithkin.platform.backup import Refused, databases, make_backup, restore_backup
databases.PROGRAMS = Path({folder!r})
os.environ["PATH"] = {folder!r}
for work in (lambda: make_backup(Path({target!r})), lambda: restore_backup(Path({kept!r}), replace=True)):
    try:
        work()
    except Refused as error:
        print(error)
"""


@pytest.mark.parametrize("name", ["pg_dump", "pg_restore", "psql"])
def test_program_of_postgresql_that_is_missing_is_named_with_what_to_install(tmp_path, monkeypatch, name):
    monkeypatch.setattr(databases, "PROGRAMS", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused) as refusal:
        databases.program(name)
    assert str(refusal.value) == (
        f"{name} is not here, and PostgreSQL's backups need it. Install it: apt-get install postgresql-client"
    )


@pytest.mark.skipif(not SERVER, reason="SQLite needs no programs")
@pytest.mark.parametrize(("there", "missing"), [([], ["pg_dump", "pg_restore"]), (["pg_restore"], ["pg_dump", "psql"])])
def test_without_the_programs_of_postgresql_nothing_is_written_or_changed(filled, kept, tmp_path, there, missing):
    before = filled.tables(), filled.files()
    (tmp_path / "bin").mkdir()
    for name in there:
        (tmp_path / "bin" / name).symlink_to(databases.program(name))
    target = str(tmp_path / "a.tar")
    said = filled.python(WITHOUT_PROGRAMS.format(folder=str(tmp_path / "bin"), target=target, kept=str(kept)))
    assert [line.split()[0] for line in said.splitlines()] == missing
    assert {path.name for path in tmp_path.iterdir()} == {"bin"}
    assert (filled.tables(), filled.files()) == before
