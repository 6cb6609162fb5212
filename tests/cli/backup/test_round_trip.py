"""What was backed up comes back as it was, also from a system that runs."""

from __future__ import annotations

import stat
import tarfile
import time

import pytest

WRITER = """
import itertools, sys
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from kithkin.directory.models import Person
from kithkin.platform.models import Event
print("writing", flush=True)
for number in itertools.count():
    name = default_storage.save(f"notes/{number}.txt", ContentFile(str(number)))
    with transaction.atomic():
        person = Person.objects.create(name=name, is_kith=True)
        Event.objects.create(kind="directory.Nothing", facts={"person_id": person.pk})
"""


def test_everything_comes_back_on_another_machine(filled, kept, fresh):
    other = fresh()
    outcome = other.kithkin("restore", kept)
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert outcome.stdout.startswith("Everything is as it was at 20")
    assert other.tables() == filled.tables()
    assert other.files() == filled.files()
    assert {"files/people/list.csv", "mail/1.log", "secret.key"} == set(other.files())


def test_secrets_and_uploads_are_for_nobody_else(kept, fresh):
    other = fresh()
    other.kithkin("restore", kept)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert {stat.S_IMODE((other.home / name).stat().st_mode) for name in other.files()} == {0o600}


def test_what_can_be_made_anew_is_left_out(kept):
    with tarfile.open(kept) as tar:
        parts = {name.split("/")[1] for name in tar.getnames() if "/" in name}
    assert parts == {"files", "mail", "secret.key"}


def test_compressed_backup_comes_back_too(filled, fresh, tmp_path):
    assert filled.kithkin("backup", tmp_path / "kithkin.tar.gz").returncode == 0
    other = fresh()
    assert other.kithkin("restore", tmp_path / "kithkin.tar.gz").returncode == 0
    assert other.tables() == filled.tables()


def test_backup_of_a_system_that_writes_is_of_one_moment(fresh, tmp_path):
    busy, other = fresh(), fresh()
    busy.fill()
    writer = busy.start(WRITER)
    try:
        assert writer.stdout.readline() == "writing\n"
        for number in range(3):
            assert busy.kithkin("backup", tmp_path / f"{number}.tar").returncode == 0
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()
    assert other.kithkin("restore", tmp_path / "2.tar").returncode == 0
    said = other.python(
        "from django.core.files.storage import default_storage\n"
        "from kithkin.directory.models import Person\nfrom kithkin.platform.models import Event\n"
        "made = dict(Person.objects.filter(is_kith=True).values_list('pk', 'name'))\n"
        "told = {event.facts['person_id'] for event in Event.objects.all() if 'person_id' in event.facts}\n"
        "print(len(made) > 3, told == set(made), all(map(default_storage.exists, made.values())))"
    )
    assert said == "True True True\n"


def test_restore_replaces_what_is_there_when_asked_to(filled, kept, fresh):
    other = fresh().fill()
    other.python("from kithkin.directory.models import Person; Person.objects.create(name='Eve', is_kith=True)")
    (other.home / "files" / "eve.txt").write_text("Eve")
    assert other.kithkin("restore", "--replace", kept).returncode == 0
    assert other.tables() == filled.tables()
    assert other.files() == filled.files()
    assert not list(other.home.glob(".*"))


def test_erased_people_stay_erased_whenever_that_was(fresh, tmp_path):
    one = fresh().fill()
    (one.home / "erasures.log").write_text("first\nboth\n")
    assert one.kithkin("backup", tmp_path / "a.tar").returncode == 0
    (one.home / "erasures.log").write_text("first\nboth\nsince\n")
    assert one.kithkin("restore", "--replace", tmp_path / "a.tar").returncode == 0
    assert set((one.home / "erasures.log").read_text().split()) == {"first", "both", "since"}
    other = fresh()
    assert other.kithkin("restore", tmp_path / "a.tar").returncode == 0
    assert (other.home / "erasures.log").read_text() == "first\nboth\n"


def test_person_erased_since_the_backup_is_erased_from_it_too(fresh, tmp_path):
    one = fresh().fill()
    assert one.kithkin("backup", tmp_path / "a.tar").returncode == 0
    one.python(
        "from kithkin.directory.models import Person\nfrom kithkin.directory.services.erasure import erase_person\n"
        "erase_person(person=Person.objects.get(name='Charlie'))"
    )
    outcome = one.kithkin("restore", "--replace", tmp_path / "a.tar")
    assert outcome.stdout.startswith("Erased again, since they were erased after this backup: 1 people.")
    rows = " ".join(row for table in one.tables().values() for row in table)
    assert ("Charlie" in rows, "Donald" in rows) == (False, True)


def test_last_backup_is_remembered(filled, kept):
    at = filled.python(
        "from kithkin.platform.models import Heartbeat; print(Heartbeat.objects.get(name='backup').at.timestamp())"
    )
    assert float(at) == pytest.approx(time.time(), abs=600)
