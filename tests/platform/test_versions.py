"""Two writers of one record."""

from __future__ import annotations

import pytest
from django.db import transaction

from kithkin.directory.models import Person
from kithkin.platform.models import ChangedMeanwhile, GoneMeanwhile
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


def test_two_who_loaded_the_same_record_cannot_both_write_it_whatever_they_write(db):
    make_kith("Kim")
    first, second = Person.objects.get(), Person.objects.get()
    first.phone = "1"
    first.save(update_fields=["phone"])
    second.email = "kim@else.example"
    with pytest.raises(ChangedMeanwhile) as told, transaction.atomic():
        second.save(update_fields=["email"])
    assert told.value.record is second
    assert (Person.objects.get().phone, Person.objects.get().email) == ("1", "kim@customer.example")


def test_who_was_told_reads_anew_and_may_write_then(db):
    make_kith("Kim")
    first, second = Person.objects.get(), Person.objects.get()
    first.save()
    with pytest.raises(ChangedMeanwhile), transaction.atomic():
        second.save()
    second.refresh_from_db()
    second.name = "Kim B"
    second.save()
    assert (Person.objects.get().name, Person.objects.get().version) == ("Kim B", 3)


@pytest.mark.parametrize("nonsense", [None, "", "0", "2", "1 OR 1=1", "1.0", "\x00"])
def test_a_form_without_the_right_version_is_refused(db, nonsense):
    with pytest.raises(ChangedMeanwhile):
        make_kith("Kim").expect(nonsense)


@pytest.mark.parametrize("fields", [{}, {"update_fields": ["name"]}])
def test_a_record_that_was_deleted_meanwhile_does_not_come_back(db, fields):
    kim = make_kith("Kim")
    Person.objects.all().delete()
    with pytest.raises(GoneMeanwhile, match="“Kim” was deleted by somebody else"), transaction.atomic():
        kim.save(**fields)
    assert not Person.objects.exists()


def test_a_record_with_a_number_of_its_own_can_be_made(db):
    Person(pk=4711, name="Kim").save()
    assert Person.objects.get().pk == 4711
