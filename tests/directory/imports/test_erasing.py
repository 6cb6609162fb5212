"""Who is erased is gone from the files of imports, and from the rows that undo them."""

from __future__ import annotations

import pytest

from kithkin.directory.imports.personal import export
from kithkin.directory.models import Person
from kithkin.directory.services.erasure.erase import erase_person
from kithkin.platform.models import ImportRow
from tests.directory.imports.files import bring, check, undo, upload


def everything(folder) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.fixture(autouse=True)
def fresh_folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_files_and_snapshots_that_hold_the_person_go_and_the_others_stay(cast, tmp_path):
    one = bring(cast.alice, "number,name,email\nK-1,Kim,kim@x.example\nK-2,Lee,\n")
    refused = check(upload(cast.alice, "name,email,phone\nKim B,KIM@x.example,never\nMax,,never\n"))
    other = check(upload(cast.alice, "name,phone\nMax,never\n"))
    kim = Person.objects.get(external_id="K-1")
    erase_person(person=kim)
    held = everything(tmp_path)
    assert (b"kim@x" in held.lower(), b"Max" in held) == (False, True)
    assert ImportRow.objects.filter(subject_id=kim.pk).count() == 0
    assert list(ImportRow.objects.filter(action="refused").values_list("of", flat=True)) == [other.pk]
    assert [list(path.iterdir()) for path in (one.path, refused.path)] == [[], []]


def test_the_others_of_that_file_can_still_be_taken_back(cast):
    one = bring(cast.alice, "number,name\nK-1,Kim\nK-2,Lee\n")
    erase_person(person=Person.objects.get(external_id="K-1"))
    assert undo(one).counts["undo"] == {"undone": 1, "kept": 0}
    assert Person.objects.filter(is_kith=True).count() == 0


def test_a_file_without_the_person_stays(cast):
    one = bring(cast.alice, "number,name\nK-2,Lee\n")
    bring(cast.alice, "number,name\nK-1,Kim\n")
    erase_person(person=Person.objects.get(external_id="K-1"))
    assert (one.path / "upload").exists()


def test_what_imports_keep_is_handed_over(cast):
    bring(cast.alice, "number,name\nK-1,Kim\n")
    bring(cast.alice, "number,name\nK-1,Kim B\n")
    told = export(Person.objects.get(external_id="K-1").pk)["imports"]
    assert [(row["line"], row["did"]) for row in told] == [(2, "created"), (2, "changed")]
    assert told[1]["before"]["name"] == "Kim"
