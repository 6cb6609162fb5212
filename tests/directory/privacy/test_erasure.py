"""After an erasure nothing of the person is left."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.mail import get_connection, send_mail
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.test import override_settings
from django.utils import timezone
from django_q.models import Task

from kithkin.directory.models import (
    Account,
    Consent,
    DistinctPair,
    Erasure,
    Membership,
    Person,
    Purchase,
    Purpose,
    RelationRole,
    Segment,
    SegmentMember,
    Service,
    ServiceLink,
    Tie,
)
from kithkin.directory.services.duplicates import merge_people, undo_merge
from kithkin.directory.services.erasure import CannotErase, erase_person, hand_over, left_in_segments, replay_erasures
from kithkin.platform.models import AuditEntry, Event, FailedDelivery, IdempotentAnswer, Import, User
from kithkin.platform.registries.personal import personal_data
from kithkin.platform.services.imports import work_on_import
from tests.cast import LONG_AGO, Cast, make_cast, make_kith
from tests.directory.imports.files import bring, check, upload

NAME, EMAIL, PHONE = "Xaverius Quellmalz", "xaverius.quellmalz@secret.example", "+49307654321"
TRACES = (NAME, "Quellmalz", "quellmalz", EMAIL, PHONE, "7654321", "Zebra-sized shoes")


def somebody(cast: Cast) -> Person:
    """A person who left traces everywhere."""
    user = User.objects.create_user(EMAIL, "a long password", name=NAME)
    person = Person.objects.create(name="Xaver", email=EMAIL, is_kith=True, is_kin=True, user=user)
    person.name, person.phone, person.attributes = NAME, PHONE, {"shoes": "Zebra-sized shoes"}
    person.save()
    twin = Person.objects.create(name="QUELLMALZ X", email=EMAIL, is_kith=True)
    other = Person.objects.create(name="Somebody else", is_kith=True)
    account = Account.objects.create(name="Mill Workshop")
    Tie.objects.create(person=twin, kind="buyer", account=account)
    Tie.objects.create(person=other, kind="family", other=person)
    Purchase.objects.create(person=person, at=timezone.now(), what="Lamp", account=account)
    Consent.objects.create(
        person=person, purpose=Purpose.objects.create(name="News"), given=True, source=f"mail {EMAIL}"
    )
    Membership.objects.create(person=person, unit=cast.it, since=LONG_AGO, title="Quellmalz's chair")
    Membership.objects.create(person=other, unit=cast.it, since=date(2024, 1, 1), manager=person)
    segment = Segment.objects.create(name="Some", is_live=False)
    SegmentMember.objects.create(segment=segment, person=person)
    service = Service.objects.create(name="Help")
    to_person = ServiceLink.objects.create(
        provider_unit=cast.it, receiver_person=person, service=service, since=LONG_AGO, need=f"{NAME} needs it"
    )
    RelationRole.objects.create(link=to_person, person=person, side="receiver", role="Quellmalz decides")
    DistinctPair.objects.create(first=person, second=other)
    merge_people(kept=person, gone=twin)
    return person


def traces_in_rows() -> set[str]:
    """Names of tables in which any of the traces is found."""
    found = set()
    for model in apps.get_models():
        rows = json.dumps(serializers.serialize("python", model._default_manager.all()), cls=DjangoJSONEncoder)
        plain = json.dumps(list(model._default_manager.values()), cls=DjangoJSONEncoder, ensure_ascii=False)
        if any(trace in rows or trace in plain for trace in TRACES):
            found.add(model._meta.label)
    return found


def traces_in_files() -> set[str]:
    """Names of files of the installation in which any of the traces is found."""
    database = Path(str(connection.settings_dict["NAME"]))
    files = [
        file for file in Path(settings.HOME).rglob("*") if file.is_file() and not file.name.startswith("tests.sqlite3")
    ]
    files += [file for file in database.parent.glob(f"{database.name}*") if file.is_file()]
    return {file.name for file in files if any(trace.encode() in file.read_bytes() for trace in TRACES)}


@pytest.mark.django_db(transaction=True)
def test_no_table_and_no_file_holds_the_person(tmp_path):
    with override_settings(EMAIL_FILE_PATH=str(Path(settings.HOME) / "mail")):
        person = somebody(make_cast())
        mail = get_connection("django.core.mail.backends.filebased.EmailBackend")
        send_mail("Hello", f"Dear {NAME}", None, [EMAIL], connection=mail)
        mail.close()
        assert {"directory.Person", "directory.Merge", "platform.AuditEntry", "platform.User"} <= traces_in_rows()
        assert traces_in_files() != set()
        erase_person(person=person)
        assert traces_in_rows() == set()
        if connection.vendor == "sqlite":
            assert traces_in_files() == set()


def test_what_belongs_to_others_stays(cast):
    person = somebody(cast)
    erase_person(person=person)
    assert [purchase.what for purchase in Purchase.objects.filter(person=None)] == ["Lamp"]
    assert Membership.objects.get(person__name="Somebody else").manager is None
    assert Account.objects.get().name == "Mill Workshop"


def test_everything_known_is_handed_over(cast):
    person = somebody(cast)
    told = json.dumps(hand_over(person=person), cls=DjangoJSONEncoder)
    for trace in (NAME, EMAIL, PHONE, "Zebra-sized shoes", "Lamp", "QUELLMALZ X", "Quellmalz's chair", "needs it"):
        assert trace in told


def test_who_was_merged_into_somebody_that_was_merged_is_erased_along(cast):
    first, second, third = (Person.objects.create(name=NAME, email=EMAIL, is_kith=True) for _ in range(3))
    merge_people(kept=second, gone=first)
    merge_people(kept=third, gone=second)
    assert len(hand_over(person=third)["directory"]["profile"]) == 3
    erase_person(person=third)
    assert not Person.objects.filter(name=NAME).exists()
    assert traces_in_rows() == set()


def test_what_was_told_and_taken_back_before_is_erased_from_the_trail(cast):
    person = Person.objects.create(name="Xaver", is_kin=True)
    Membership.objects.create(person=person, unit=cast.it, since=LONG_AGO, title="Quellmalz's chair").delete()
    erase_person(person=person)
    assert traces_in_rows() == set()


def test_with_whom_the_person_was_one_for_a_time_keeps_nothing_of_it(cast):
    person = Person.objects.create(name=NAME, email=EMAIL, phone=PHONE, is_kith=True)
    other = Person.objects.create(name="Somebody else", is_kith=True)
    undo_merge(merge=merge_people(kept=other, gone=person))
    erase_person(person=Person.objects.get(pk=person.pk))
    assert traces_in_rows() == set()
    assert AuditEntry.objects.filter(object_id=other.pk, changes__name__1="Somebody else").exists()


def test_answers_that_were_given_to_programs_do_not_keep_the_person(cast):
    IdempotentAnswer.objects.create(user=cast.alice, key="1", request="x", status=201, answer={"name": NAME})
    erase_person(person=Person.objects.create(name=NAME))
    assert traces_in_rows() == set()
    assert IdempotentAnswer.objects.get().key == "1"


def test_errors_of_jobs_and_deliveries_keep_nothing_of_the_person(cast):
    """What a database or a mail server says of a failure names whom it was about."""
    person = make_kith("Xaverius Quellmalz")
    now = timezone.now()
    for key, said in (("about", f'Key (email)=("{person.email.upper()}") already exists. : Traceback'), ("else", "No")):
        Task.objects.create(id=key, name=key, func="a.b", started=now, stopped=now, success=False, result=said)
        event = Event.objects.create(kind=f"test.{key}")
        FailedDelivery.objects.create(event=event, subscriber=key, error=said)
    erase_person(person=person)
    assert dict(Task.objects.values_list("name", "result")) == {"about": "***", "else": "No"}
    assert dict(FailedDelivery.objects.values_list("subscriber", "error")) == {"about": "***", "else": "No"}


@pytest.mark.django_db(transaction=True)
def test_letters_to_the_log_in_go_where_it_has_another_address():
    make_cast()
    with override_settings(EMAIL_FILE_PATH=str(Path(settings.HOME) / "mail")):
        user = User.objects.create_user(EMAIL, "a long password", name=NAME)
        person = Person.objects.create(name=NAME, email="other@company.example", is_kin=True, user=user)
        mail = get_connection("django.core.mail.backends.filebased.EmailBackend")
        send_mail("Hello", f"Dear {NAME}", None, [EMAIL], connection=mail)
        mail.close()
        erase_person(person=person)
        if connection.vendor == "sqlite":
            assert traces_in_files() == set()


@pytest.mark.django_db(transaction=True)
def test_a_file_that_brought_the_person_goes_with_its_refused_lines():
    cast = make_cast()
    wrong = f"Zed,{NAME},\n"
    one = bring(cast.alice, f"Name,E-mail,Phone\n{NAME},{EMAIL},{PHONE}\n{wrong}Other,other@x.example,\n")
    waits = check(upload(cast.alice, f"Name,E-mail\n{NAME},none\n", name="again.csv"))
    stays = bring(cast.alice, "Name,E-mail\nOther,another@x.example\n")
    unread = upload(cast.alice, f"Name,E-mail\n{NAME},none\n", name="unread.csv")
    person = Person.objects.get(email=EMAIL)
    assert "platform.ImportRow" in traces_in_rows()
    erase_person(person=person)
    assert traces_in_rows() == set()
    kept = [folder.is_dir() for folder in (one.path, waits.path, unread.path, stays.path)]
    assert kept == [False, False, False, True]
    if connection.vendor == "sqlite":
        assert traces_in_files() == set()


@pytest.mark.django_db(transaction=True)
def test_an_import_that_runs_is_stopped_when_somebody_in_it_is_erased():
    cast = make_cast()
    one = check(upload(cast.alice, f"Name,E-mail\n{NAME},{EMAIL}\n"))
    Import.objects.filter(pk=one.pk).update(state="running", cursor=0)
    erase_person(person=Person.objects.create(name=NAME))
    work_on_import(one.pk)
    assert not Person.objects.filter(name=NAME).exists()
    assert "erased" in Import.objects.get(pk=one.pk).failure


def test_the_last_administrator_cannot_be_erased(cast):
    with pytest.raises(CannotErase, match="last administrator"):
        erase_person(person=cast.alice.person)
    assert Person.objects.filter(pk=cast.alice.person.pk).exists()


def test_a_restored_backup_is_cleaned_of_the_erased(cast):
    person = somebody(cast)
    key = person.erasure_key
    erase_person(person=person)
    Person.objects.create(name=NAME, erasure_key=key)
    assert replay_erasures() == 1
    assert not Person.objects.filter(name=NAME).exists()
    assert replay_erasures() == 0


def test_who_was_merged_when_the_backup_was_made_is_erased_from_it_and_the_other_is_not(cast):
    erased = Person.objects.create(name=NAME, email=EMAIL, phone=PHONE, is_kith=True)
    other = Person.objects.create(name="Somebody else", is_kith=True)
    merge_people(kept=other, gone=erased)
    Erasure.objects.create(key=erased.erasure_key)
    assert replay_erasures() == 1
    assert traces_in_rows() == set()
    assert Person.objects.filter(name="Somebody else").exists()


def test_every_model_that_is_tied_to_a_person_is_registered():
    """A room that keeps personal data and has not said so fails here."""
    named = set().union(*(data.models for data in personal_data))
    tied = {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.OneToOneField)
        and (
            field.related_model is Person
            or (field.related_model is User and field.remote_field.on_delete is models.CASCADE)
        )
    }
    assert tied - named == set()


def test_segments_that_may_name_the_person_are_listed_before_and_after(cast, visit):
    person = Person.objects.create(name=NAME, email=EMAIL, is_kith=True)
    merge_people(kept=person, gone=Person.objects.create(name="Q. X.", email="x@other.example", is_kith=True))
    hit = {
        "by name": {"field": "name", "operator": "contains", "value": "QUELLMALZ"},
        "by address": {"field": "email", "operator": "is", "value": EMAIL.upper()},
        "by that of the other record": {"field": "email", "operator": "is", "value": "x@other.example"},
    }
    miss = {"by country": {"field": "country", "operator": "is", "value": "DE"},
            "by another name": {"field": "name", "operator": "contains", "value": "Xaver"}}  # fmt: skip
    for name, condition in {**hit, **miss}.items():
        Segment.objects.create(name=name, rule={"all": [{"any": [condition]}]})
    alice, page = visit("alice"), f"/people/{person.pk}/erase/"
    shown = re.findall(r'href="/understand/segments/\d+/">([^<]+)</a>', alice.get(page).content.decode())
    assert shown == sorted(hit)
    answer = alice.post(page, {"name": NAME}, follow=True).content.decode()
    assert re.findall(r'href="/understand/segments/\d+/">([^<]+)</a>', answer) == sorted(hit)


def test_segments_that_were_put_otherwise_or_retired_keep_nothing_of_the_person(cast):
    rule = {"all": [{"field": "name", "operator": "contains", "value": NAME}]}
    person = Person.objects.create(name=NAME, email=EMAIL, is_kith=True)
    changed = Segment.objects.create(name="Was about one", rule=rule, description=f"For {NAME}")
    changed.rule, changed.description = {"all": []}, ""
    changed.save()
    Segment.objects.create(name="Retired", rule=rule, description=f"For {NAME}", retired_at=timezone.now())
    assert traces_in_rows() >= {"directory.Segment", "platform.AuditEntry"}
    assert left_in_segments(person) == []
    erase_person(person=person)
    assert traces_in_rows() == set()
    assert AuditEntry.objects.filter(object_repr="Was about one").count() == 2
