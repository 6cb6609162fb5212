"""Two writers of one record."""

from __future__ import annotations

import pytest
from django.db import transaction

from kithkin.directory.models import Person
from kithkin.platform.models import ChangedMeanwhile
from tests.cast import make_kith


def test_the_second_writer_is_told_and_nothing_is_overwritten(db):
    make_kith("Kim")
    first, second = Person.objects.get(), Person.objects.get()
    first.name = "Kim A"
    first.save()
    second.name = "Kim B"
    with pytest.raises(ChangedMeanwhile), transaction.atomic():
        second.save()
    assert Person.objects.get().name == "Kim A"


def test_one_writer_may_save_again_and_again(db):
    kim = make_kith("Kim")
    for name in ("A", "B", "C"):
        kim.name = name
        kim.save(update_fields=["name"])
    assert (Person.objects.get().name, Person.objects.get().version) == ("C", 4)


def test_a_form_of_an_older_version_is_refused(db):
    kim = make_kith("Kim")
    kim.save()
    with pytest.raises(ChangedMeanwhile):
        kim.expect("1")
    kim.expect("2")
