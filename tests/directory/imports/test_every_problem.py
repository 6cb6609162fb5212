"""A refused line is told all that is wrong with it, so that it is mended once."""

from __future__ import annotations

import csv

import pytest

from kithkin.directory.models import Account, AttributeDefinition, Person
from tests.cast import make_kith
from tests.directory.imports.files import bring, check, counts, refused, run, upload


def told(one) -> list[tuple[str, str]]:
    return [(column, reason) for _line, column, reason in refused(one)]


def test_what_cannot_be_read_and_what_is_not_there_are_told_together(cast):
    AttributeDefinition.objects.create(key="size", label="Size", kind="number")
    line = ",,kim at x,call me,Nobody Ltd,Nowhere,large,kin"
    one = check(upload(cast.alice, f"number,name,email,phone,account,unit,size,side\n{line}\n"))
    assert told(one) == [
        ("email", "This is no e-mail address."),
        ("phone", "This is no telephone number."),
        ("size", "This is no number."),
        ("account", "There is no account of this number or name."),
        ("unit", "There is no unit of this name or code today."),
    ]
    assert counts(one, "check") == {"refused": 1}


def test_all_that_the_person_lacks_is_told(cast):
    AttributeDefinition.objects.create(key="size", label="Size", kind="number", side="kith")
    one = check(upload(cast.alice, "number,name,side,size,unit\nK-1,,,3,IT\nK-2,Kim,kin,3,\n"))
    assert refused(one) == [
        (2, "name", "There is no name, and nobody with this number or address yet."),
        (2, "side", "Whether this is kith or kin is not said."),
        (2, "size", "Only kith have this attribute."),
        (2, "unit", "Only kin work in a unit."),
        (3, "size", "Only kith have this attribute."),
    ]


def test_a_cell_that_cannot_be_read_makes_no_other_problem(cast):
    """Kim is there already, and kin: neither name nor side nor unit is wrong."""
    Person.objects.create(name="Kim", email="kim@x.example", is_kin=True)
    one = check(upload(cast.alice, "email,side,unit\nkim@x,,IT\n"), {"email": "email", "side": "side", "unit": "unit"})
    assert told(one) == [("email", "This is no e-mail address.")]
    one = check(upload(cast.alice, "number,name,side,unit\nK-1,Kim,inn,IT\n"))
    assert told(one) == [("side", "This is not one of the choices.")]


def test_a_second_line_about_somebody_is_told_its_other_problems_too(cast):
    one = check(upload(cast.alice, "number,name,phone,account\nK-1,Kim,,\nK-1,Kim,call me,Nobody\n"))
    assert refused(one) == [
        (3, "phone", "This is no telephone number."),
        (3, "", "Line 2 of the file is about the same."),
        (3, "account", "There is no account of this number or name."),
    ]


def test_a_line_that_is_refused_stands_in_nobodys_way(cast):
    one = check(upload(cast.alice, "number,name,phone\nK-1,Kim,call me\nK-1,Kim,\n"))
    assert (told(one), counts(run(one))) == ([("phone", "This is no telephone number.")], {"created": 1, "refused": 1})


def test_several_who_could_be_meant_and_an_unknown_account_are_told_together(cast):
    for number in ("A", "B"):
        make_kith("Kim", external_id=number)
    one = check(upload(cast.alice, "name,email,account\nKim,kim@customer.example,Nobody\n"))
    assert told(one) == [
        ("email", "2 people could be meant."),
        ("account", "There is no account of this number or name."),
    ]


def test_a_tie_of_a_refused_line_is_told_as_well(cast):
    one = check(upload(cast.alice, "number,name,phone,tied to,tied as\nK-1,Kim,call me,X-9,\n"))
    expected = [
        ("phone", "This is no telephone number."),
        ("tied as", "How they are tied to the person is not said."),
        ("tied to", "There is nobody with this number or e-mail address, here or in the file."),
    ]
    assert (told(one), counts(one, "check")) == (expected, {"refused": 1})


def test_the_run_tells_the_same_as_the_check(cast):
    content = "number,name,phone,account,tied to,tied as\nK-1,Kim,call me,Nobody,X-9,family\nK-2,Lee,,,,\n"
    one = check(upload(cast.alice, content))
    before = refused(one)
    assert len(before) == 3
    assert (refused(run(one)), counts(one)) == (before, {"created": 1, "refused": 1})


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        (
            "accounts",
            "number,country,unit\nC-1,Atlantis,Nowhere\n",
            [
                ("country", "This country is not known."),
                ("name", "There is no name, and no account of this number yet."),
                ("unit", "There is no unit of this name or code today."),
            ],
        ),
        (
            "purchases",
            "order,buyer,account,date,what,amount\nP-1,no@x.example,Nobody,soon,,much\n",
            [
                ("date", "This is no date."),
                ("amount", "This is no number."),
                ("buyer", "There is nobody with this number or e-mail address."),
                ("account", "There is no account of this number or name."),
                ("what", "What was bought is not said."),
            ],
        ),
    ],
)
def test_accounts_and_purchases_tell_all_as_well(cast, kind, content, expected):
    one = check(upload(cast.alice, content, kind=kind))
    columns = content.splitlines()[0].split(",")
    assert told(one) == [(column if column in columns else "", reason) for column, reason in expected]


def test_the_file_of_refused_lines_carries_all_reasons(cast, visit):
    one = check(upload(cast.alice, "number,name,phone,account\nK-1,Kim,call me,Nobody\n"))
    text = b"".join(visit("alice").get(f"/settings/imports/{one.pk}/refused.csv")).decode("utf-8-sig")
    assert list(csv.reader(text.splitlines()))[1][-1] == (
        "phone: This is no telephone number. Write it with its country code, like +49 30 123456, or nothing."
        " | account: There is no account of this number or name. Import the accounts first, or correct it."
    )


def listed(client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return [name for name in ("Kim", "Lee", "Max", "Ada") if f">{name}</a>" in page]


def test_the_result_leads_to_the_people_it_brought(cast, visit):
    Account.objects.create(name="Acme", number="C-1")
    make_kith("Kim", external_id="K-1")
    make_kith("Ada")
    one = bring(cast.percy, "number,name,phone\nK-1,Kim,+49 30 123456\nK-2,Lee,\nK-3,Max,\n")
    percy = visit("percy")
    page = percy.get(f"/settings/imports/{one.pk}/").content.decode()
    assert f'<a class="button second" href="/people/?import={one.pk}-new">Who is new</a>' in page
    assert listed(percy, f"/people/?import={one.pk}-new") == ["Lee", "Max"]
    assert listed(percy, f"/people/?import={one.pk}-changed") == ["Kim"]
    assert listed(percy, f"/people/?import={one.pk}") == ["Kim", "Lee", "Max"]


def test_an_import_that_changed_nobody_leads_to_no_empty_list(cast, visit):
    one = bring(cast.alice, "number,name\nK-2,Lee\n")
    page = visit("alice").get(f"/settings/imports/{one.pk}/").content.decode()
    assert ("Who is new" in page, "Who was changed" in page) == (True, False)


def test_somebody_elses_import_filters_nothing(cast, visit):
    """As any value that the list does not know: neither the file's name nor whom it brought can be asked for."""
    one = bring(cast.alice, "number,name\nK-2,Lee\n")
    make_kith("Ada")
    percy = visit("percy")
    assert listed(percy, f"/people/?import={one.pk}-new") == ["Lee", "Ada"]
    assert "people.csv" not in percy.get(f"/people/?import={one.pk}-new").content.decode()
    assert listed(percy, "/people/?import=²") == ["Lee", "Ada"]
