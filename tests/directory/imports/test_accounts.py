"""Accounts and purchases come in by files."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from kithkin.directory.models import Account, Purchase
from tests.cast import make_kith
from tests.directory.imports.files import bring, check, counts, refused, upload


def test_accounts_are_known_by_number_or_by_a_name_that_one_has(cast):
    Account.objects.create(name="Acme")
    content = "Kundennummer,Firma,Branche,Land,Abteilung\nC-1,ACME,Tools,Deutschland,IT\nC-2,Bolt,,fr,\n"
    one = bring(cast.alice, content, kind="accounts")
    assert counts(one) == {"created": 1, "changed": 1}
    rows = Account.objects.order_by("number").values_list("number", "name", "industry", "country", "unit")
    assert list(rows) == [("C-1", "ACME", "Tools", "DE", cast.it.pk), ("C-2", "Bolt", "", "FR", None)]
    assert counts(bring(cast.alice, content, kind="accounts")) == {"unchanged": 2}


def test_an_account_without_a_name_or_in_an_unknown_unit_is_refused(cast):
    one = check(upload(cast.alice, "number,name,unit\nC-1,,\nC-2,Bolt,Nowhere\n", kind="accounts"))
    assert refused(one) == [
        (2, "name", "There is no name, and no account of this number yet."),
        (3, "unit", "There is no unit of this name or code today."),
    ]


def test_purchases_are_by_a_person_or_an_account_and_are_not_doubled_without_numbers(cast):
    kim, acme = make_kith("Kim"), Account.objects.create(name="Acme", number="C-1")
    content = (
        "buyer;company;when;product;price;currency\n"
        "kim@customer.example;;01.03.2024;Book;12,50;€\n"
        ";Acme;2024-03-02 14:05;Pen;3;EUR\n"
        ";;2024-03-02;Pen;3;EUR\n"
        "kim@customer.example;;2024-03-02;;3;EUR\n"
    )
    one = bring(cast.alice, content, kind="purchases")
    rows = Purchase.objects.order_by("at").values_list("person", "account", "at", "what", "amount", "currency")
    assert list(rows) == [
        (kim.pk, None, datetime(2024, 3, 1, tzinfo=UTC), "Book", Decimal("12.50"), "EUR"),
        (None, acme.pk, datetime(2024, 3, 2, 14, 5, tzinfo=UTC), "Pen", Decimal("3.00"), "EUR"),
    ]
    assert refused(one) == [
        (4, "buyer", "Who bought it is not said."),
        (5, "product", "What was bought is not said."),
    ]
    assert counts(bring(cast.alice, content, kind="purchases")) == {"unchanged": 2, "refused": 2}
