"""People and accounts come, change, are tied and buy."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from kithkin.directory.models import Account, Person, Purchase, Tie
from kithkin.directory.services.accounts import AccountNumberTaken, add_account, change_account
from kithkin.directory.services.people import NumberTaken, add_person, change_person
from kithkin.directory.services.purchases import PurchaseNumberTaken, record_purchase
from kithkin.directory.services.ties import AlreadyTied, TiedToNobody, TieEndsBeforeItBegins, add_tie, end_tie
from kithkin.platform.models import AuditEntry, ChangedMeanwhile, Event
from tests.cast import make_kith

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def kinds() -> list[str]:
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


def test_somebody_is_written_down_with_what_is_searched(db):
    person = add_person(name="  José MÜLLER ", email="Jose@X.example", phone="030 1234567", country="de", is_kith=True)
    found = Person.objects.get(pk=person.pk)
    assert (found.name_folded, found.email_normal, found.phone_normal, found.country, found.side) == (
        "jose muller",
        "jose@x.example",
        "+49301234567",
        "DE",
        "kith",
    )
    assert kinds() == ["directory.PersonAdded"]
    assert AuditEntry.objects.filter(object_pk=str(person.pk), action=AuditEntry.Action.CREATE).count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "   "},
        {"name": "a\x00b"},
        {"name": "x" * 201},
        {"name": "A", "email": "not an address"},
        {"name": "A", "country": "ZZ"},
        {"name": "A", "phone": "1" * 41},
    ],
)
def test_what_cannot_be_kept_is_refused(db, fields):
    with pytest.raises(ValidationError):
        add_person(**fields)
    assert (Person.objects.count(), kinds()) == (0, [])


@pytest.mark.parametrize("name", ["مريم الخالدي", "👩‍👩‍👧 Family", "Robert'); DROP TABLE people;--", "=1+1"])
def test_names_of_every_script_are_kept_as_they_are(db, name):
    assert Person.objects.get(pk=add_person(name=name).pk).name == name


def test_a_number_belongs_to_one_person(db):
    first = add_person(name="Ada", external_id="7")
    with pytest.raises(NumberTaken):
        add_person(name="Bo", external_id="7")
    Person.objects.filter(pk=first.pk).update(merged_into=make_kith("Kept"))
    assert add_person(name="Bo", external_id="7").external_id == "7"


def test_a_change_is_told_once_and_nothing_changed_is_not(db):
    person = add_person(name="Ada")
    change_person(person=person, name="Ada Lovelace")
    change_person(person=person, name="Ada Lovelace")
    assert (Person.objects.get().version, kinds()) == (2, ["directory.PersonAdded", "directory.PersonChanged"])


def test_of_two_writers_the_second_is_told(db):
    add_person(name="Ada")
    one, two = Person.objects.get(), Person.objects.get()
    change_person(person=one, name="First")
    with pytest.raises(ChangedMeanwhile):
        change_person(person=two, name="Second")
    assert Person.objects.get().name == "First"


def test_a_patient_the_family_and_the_payer_are_linked(db):
    patient, daughter, payer = make_kith("Pat"), make_kith("Dee"), add_person(name="Fund")
    add_tie(person=daughter, kind="family", other=patient)
    add_tie(person=payer, kind="payer", other=patient)
    assert sorted(patient.tied_to_by.values_list("person__name", "kind")) == [("Dee", "family"), ("Fund", "payer")]
    assert Person.objects.get(pk=payer.pk).is_kith


def test_a_tie_is_there_once_and_begins_again_after_its_end(db):
    kim, account = make_kith("Kim"), Account.objects.create(name="Acme")
    tie = add_tie(person=kim, kind="buyer", account=account, since=date(2025, 1, 1))
    with pytest.raises(AlreadyTied):
        add_tie(person=kim, kind="buyer", account=account)
    with pytest.raises(TieEndsBeforeItBegins):
        end_tie(tie=tie, until=date(2025, 1, 1))
    end_tie(tie=tie, until=date(2025, 6, 1))
    again = add_tie(person=kim, kind="buyer", account=account, since=date(2026, 1, 1))
    assert (again.pk, again.until, Tie.objects.count()) == (tie.pk, None, 1)
    assert kinds() == ["directory.TieAdded", "directory.TieEnded", "directory.TieAdded"]


def test_nobody_is_tied_to_themselves_or_family_of_nobody(db):
    kim = make_kith("Kim")
    for ends in ({"kind": "payer", "other": kim}, {"kind": "family"}):
        with pytest.raises(TiedToNobody):
            add_tie(person=kim, **ends)
    with pytest.raises(TiedToNobody):
        add_tie(person=kim, kind="payer", other=make_kith("Lee"), account=Account.objects.create(name="Acme"))
    with pytest.raises(ValidationError):
        add_tie(person=kim, kind="enemy")
    assert Tie.objects.count() == 0


def test_a_purchase_with_a_number_is_written_once(db):
    kim = make_kith("Kim")
    bought = {
        "person": kim,
        "what": "Bicycle",
        "at": NOON,
        "amount": Decimal("10.00"),
        "currency": "eur",
        "number": "9",
    }
    assert record_purchase(**bought).pk == record_purchase(**bought).pk
    with pytest.raises(PurchaseNumberTaken):
        record_purchase(**{**bought, "what": "Lamp"})
    assert (Purchase.objects.count(), kinds()) == (1, ["directory.PurchaseRecorded"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"person": None},
        {"currency": ""},
        {"amount": None},
        {"currency": "E1R"},
        {"amount": Decimal("1e13")},
        {"what": ""},
    ],
)
def test_a_purchase_needs_a_buyer_and_its_currency(db, wrong):
    bought = {"person": make_kith("Kim"), "what": "Lamp", "at": NOON, "amount": Decimal(10), "currency": "EUR"}
    with pytest.raises(ValidationError):
        record_purchase(**{**bought, **wrong})


def test_an_account_has_its_number_alone(cast):
    first = add_account(name="Acme", number="1", country="de", unit=cast.it)
    with pytest.raises(AccountNumberTaken):
        add_account(name="Other", number="1")
    with pytest.raises(ValidationError):
        add_account(name=" ")
    with pytest.raises(ValidationError):
        change_account(account=first, country="??")
    changed = change_account(account=Account.objects.get(), name="Acme AG")
    assert (changed.name_folded, changed.country, kinds()) == (
        "acme ag",
        "DE",
        ["directory.AccountAdded", "directory.AccountChanged"],
    )
