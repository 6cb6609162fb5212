"""People come in by a file."""

from __future__ import annotations

from datetime import date

import pytest

from kithkin.directory.imports.people.fields import people_fields
from kithkin.directory.models import (
    Account,
    AttributeDefinition,
    Consent,
    Membership,
    Person,
    Purpose,
    Tie,
)
from kithkin.platform.imports.guessing import guess
from kithkin.platform.models import AuditEntry, Event, ImportState
from tests.cast import make_kith
from tests.directory.imports.files import bring, check, counts, refused, run, undo, upload

THREE = "Number,Name,E-Mail\nK-1,Kim Berg,kim@x.example\nK-2,Lee Tal,lee@x.example\nK-3,Max See,\n"


def people() -> set[tuple[str, str, str]]:
    return set(Person.objects.filter(is_kith=True).values_list("external_id", "name", "email"))


def test_a_dry_run_writes_nothing_and_says_what_would_happen(cast):
    one = check(upload(cast.alice, THREE))
    assert (one.state, counts(one, "check")) == (ImportState.CHECKED, {"created": 3})
    assert people() == set()


def test_a_run_makes_the_people_with_their_trail_and_one_event(cast):
    one = bring(cast.alice, THREE)
    assert counts(one) == {"created": 3}
    assert people() == {
        ("K-1", "Kim Berg", "kim@x.example"),
        ("K-2", "Lee Tal", "lee@x.example"),
        ("K-3", "Max See", ""),
    }
    kim = Person.objects.get(external_id="K-1")
    assert (kim.name_folded, kim.email_normal) == ("kim berg", "kim@x.example")
    trail = AuditEntry.objects.filter(object_id=kim.pk, content_type__model="person")
    assert [(entry.actor, entry.path) for entry in trail] == [(cast.alice, "import")]
    facts = Event.objects.filter(kind="directory.PeopleImported").values_list("facts", flat=True)
    assert list(facts) == [{"import_id": one.pk, "count": 3}]


def test_the_same_file_again_changes_nothing(cast):
    content = THREE + ",Nobody Known,\n"
    bring(cast.alice, content)
    before = list(Person.objects.order_by("pk").values())
    assert counts(bring(cast.alice, content)) == {"unchanged": 4}
    assert list(Person.objects.order_by("pk").values()) == before


def test_an_empty_cell_leaves_the_value_unless_it_shall_clear(cast):
    bring(cast.alice, "number,name,email,phone\nK-1,Kim,kim@x.example,+49 30 123456\n")
    bring(cast.alice, "number,name,email,phone\nK-1,Kim,,+49 30 654321\n")
    assert Person.objects.values_list("email", "phone_normal").get(external_id="K-1") == (
        "kim@x.example",
        "+4930654321",
    )
    bring(cast.alice, "number,name,email,phone\nK-1,Kim,,+49 30 654321\n", empty="clear")
    assert Person.objects.values_list("email", "email_normal").get(external_id="K-1") == ("", "")


def test_somebody_without_a_number_is_found_by_an_address_that_is_unique(cast):
    kim = make_kith("Kim")
    bring(cast.alice, "number,name,email\nK-1,Kim Berg,KIM@Customer.example\n")
    kim.refresh_from_db()
    assert (kim.external_id, kim.name, kim.version) == ("K-1", "Kim Berg", 2)


def test_an_address_of_two_people_is_refused_with_what_to_do(cast):
    for number in ("A", "B"):
        make_kith("Kim", external_id=number)
    one = check(upload(cast.alice, "name,email\nKim,kim@customer.example\n"))
    assert refused(one) == [(2, "email", "2 people could be meant.")]


def test_the_second_line_about_somebody_is_refused(cast):
    content = "number,name,email\nK-1,Kim,kim@x.example\nK-1,Kim B,\n,Kim,KIM@x.example\nK-2,Jo,kim@x.example\n"
    one = check(upload(cast.alice, content))
    assert counts(one, "check") == {"created": 2, "refused": 2}
    assert [line for line, _column, _reason in refused(one)] == [3, 4]
    assert counts(run(one)) == {"created": 2, "refused": 2}


def test_a_number_of_somebody_merged_means_who_they_became(cast):
    kept, gone = make_kith("Kim", external_id="K-1"), make_kith("Kim B", external_id="K-2")
    gone.merged_into = kept
    gone.save()
    bring(cast.alice, "number,name\nK-2,Kim Berg\n")
    kept.refresh_from_db()
    assert (kept.name, kept.external_id) == ("Kim Berg", "K-1")


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("email", "kim at x", "This is no e-mail address."),
        ("phone", "call me", "This is no telephone number."),
        ("country", "Atlantis", "This country is not known."),
        ("language", "Klingon!", "This language is not known."),
        ("account", "Nobody Ltd", "There is no account of this number or name."),
        ("unit", "Nowhere", "Only kin work in a unit."),
        ("size", "large", "This is no number."),
        ("born", "31.2.2001", "There is no such day."),
        ("born", "03/04/2001", "Which is the day here and which the month cannot be told."),
        ("plan", "golden", "This is not one of the choices."),
    ],
)
def test_a_wrong_value_is_refused_with_its_column(cast, column, cell, reason):
    AttributeDefinition.objects.create(key="size", label="Size", kind="number")
    AttributeDefinition.objects.create(key="born", label="Born", kind="date")
    AttributeDefinition.objects.create(key="plan", label="Plan", kind="choice", choices=["gold", "silver"])
    one = check(upload(cast.alice, f"name,{column}\nKim,{cell}\nLee,\n"))
    assert refused(one) == [(2, column, reason)]
    assert counts(run(one)) == {"created": 1, "refused": 1}


def test_somebody_new_must_be_kith_or_kin(cast):
    one = check(upload(cast.alice, "name,side\nKim,neither\nLee,\nMax,both\n"))
    assert refused(one) == [
        (2, "side", "This is not one of the choices."),
        (3, "side", "Whether this is kith or kin is not said."),
    ]


def test_attributes_are_kept_as_what_they_are_with_the_day_they_were_told(cast):
    AttributeDefinition.objects.create(key="size", label="Size", kind="number")
    AttributeDefinition.objects.create(key="vip", label="Important", kind="yes_no")
    bring(cast.alice, "number,name,size,Important\nK-1,Kim,42,ja\n")
    kim = Person.objects.get(external_id="K-1")
    assert kim.attributes == {"size": 42, "vip": True}
    assert set(kim.attribute_dates) == {"size", "vip"}


def test_attributes_leave_a_trail_in_which_sensitive_ones_are_not_told(cast):
    AttributeDefinition.objects.create(key="size", label="Size", kind="number")
    AttributeDefinition.objects.create(key="faith", label="Faith", sensitivity="sensitive")
    bring(cast.alice, "number,name,size,faith\nK-1,Kim,4,none\n")
    one = bring(cast.alice, "number,name,size,faith\nK-1,Kim,5,none\n")
    undo(one)
    trail = AuditEntry.objects.filter(
        content_type__model="person", object_repr="Kim", changes__has_key="attributes.size"
    )
    assert list(trail.order_by("id").values_list("changes", flat=True)) == [
        {"attributes.size": ["", "4"], "attributes.faith": ["", "***"]},
        {"attributes.size": ["4", "5"]},
        {"attributes.size": ["5", "4"]},
    ]


def test_an_attribute_that_was_retired_is_not_offered(cast):
    AttributeDefinition.objects.create(key="size", label="Size", retired_at=cast.alice.joined_at)
    assert "size" not in check(upload(cast.alice, "number,name,size\nK-1,Kim,4\n")).mapping


def test_an_account_ties_and_a_unit_employs(cast):
    acme = Account.objects.create(name="Acme", number="C-1")
    content = "number,name,side,firma,tie,abteilung,title,seit\n"
    content += "1,Kim,kith,acme,pays,,,\n2,Lee,kin,,,support,Engineer,1.2.2024\n"
    one = bring(cast.alice, content)
    assert counts(one) == {"created": 2}
    assert list(Tie.objects.values_list("person__name", "kind", "account")) == [("Kim", "payer", acme.pk)]
    assert list(Membership.objects.filter(person__name="Lee").values_list("unit", "title", "since", "until")) == [
        (cast.support.pk, "Engineer", date(2024, 2, 1), None)
    ]
    assert counts(bring(cast.alice, content)) == {"unchanged": 2}


def test_a_new_unit_ends_the_membership_before(cast):
    bring(cast.alice, "number,name,unit,since\n2,Lee,IT,2024-02-01\n", side="kin")
    one = bring(cast.alice, "number,name,unit,since\n2,Lee,Logistics,2024-05-01\n", side="kin")
    rows = Membership.objects.filter(person__name="Lee").order_by("since").values_list("unit__name", "since", "until")
    assert list(rows) == [("IT", date(2024, 2, 1), date(2024, 5, 1)), ("Logistics", date(2024, 5, 1), None)]
    undo(one)
    assert list(rows.all()) == [("IT", date(2024, 2, 1), None)]


def test_a_file_gives_and_withdraws_consent_but_takes_no_withdrawal_back(cast):
    news = Purpose.objects.create(name="Newsletter")
    bring(cast.alice, "number,name,Newsletter\n1,Kim,yes\n2,Lee,no\n")
    one = bring(cast.alice, "number,name,Newsletter\n1,Kim,no\n2,Lee,yes\n3,Max,yes\n")
    assert counts(one) == {"created": 1, "changed": 1, "refused": 1}
    present = Consent.objects.filter(is_current=True, purpose=news).values_list("person__name", "given")
    assert set(present) == {("Kim", False), ("Lee", False), ("Max", True)}
    undo(one)
    assert set(present.all()) == {("Kim", True), ("Lee", False)}
    assert Consent.objects.count() == 2


def test_two_lines_that_find_the_same_person_by_different_ways_are_not_both_taken(cast):
    bring(cast.alice, "number,name,email\nK-1,Kim,kim@x.example\n")
    one = bring(cast.alice, "number,name,email\nK-1,Kim Berg,\n,Kim Tal,kim@x.example\n")
    assert (counts(one), people()) == ({"changed": 1, "refused": 1}, {("K-1", "Kim Berg", "kim@x.example")})
    assert [(line, reason) for line, _, reason in refused(one)] == [(3, "Another line of the file is about the same.")]


def test_a_membership_that_began_that_day_is_put_right_instead_of_ended(cast):
    line = "number,name,side,unit,since\nE-9,Ada,kin,{},2026-01-05\n"
    for unit in ("IT", "Logistics"):
        bring(cast.alice, line.format(unit))
    assert [(one.unit, one.since) for one in Membership.objects.filter(person__external_id="E-9")] == [
        (cast.logistics, date(2026, 1, 5))
    ]


def test_a_column_whose_values_say_kith_or_kin_is_taken_for_the_side_whatever_it_is_called(cast):
    values = {"Vor- und Nachname": ["Kim Berg"], "Typ": ["Kunde", "Mitarbeiterin", "kin"], "Notiz": ["ruft zurück"]}
    assert guess(list(values), values, people_fields(None)) == {"Vor- und Nachname": "name", "Typ": "side"}
