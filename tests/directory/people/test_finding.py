"""The search over everything finds people and accounts, the best first, as far as the reader sees them."""

from __future__ import annotations

from kithkin.directory.models import Account, Person
from kithkin.directory.queries.finding import find_accounts, find_people
from kithkin.directory.services.ties import add_tie
from tests.cast import make_kith


def titles(hits) -> list[str]:
    return [hit.title for hit in hits]


def test_an_exact_number_comes_before_names_that_begin_so_and_those_before_words(cast):
    for name, number in (("Kimono Shop Ada", ""), ("Ada Kim", ""), ("Kim Lee", ""), ("Bo", "kim")):
        Person.objects.create(name=name, external_id=number, is_kith=True)
    assert titles(find_people(cast.alice, "kim", 8)) == ["Bo", "Kim Lee", "Kimono Shop Ada", "Ada Kim"]
    assert titles(find_people(cast.alice, "kim", 2)) == ["Bo", "Kim Lee"]


def test_only_whom_the_reader_sees_is_found(cast):
    kim, hana = make_kith("Kim"), make_kith("Kim Hana")
    add_tie(person=kim, kind="buyer", account=Account.objects.create(name="Kim AG", number="77", unit=cast.it))
    assert titles(find_people(cast.dora, "kim", 8)) == ["Kim"]
    assert titles(find_people(cast.bob, "kim", 8)) == []
    assert titles(find_people(cast.bob, "dora", 8)) == ["Dora"]
    assert titles(find_accounts(cast.dora, "77", 8)) == titles(find_accounts(cast.dora, "ki", 8)) == ["Kim AG"]
    assert titles(find_accounts(cast.donald, "kim", 8)) == titles(find_accounts(cast.bob, "kim", 8)) == []
    assert hana.pk


def test_a_hit_says_where_somebody_is(cast):
    kim = make_kith("Kim")
    add_tie(person=kim, kind="buyer", account=Account.objects.create(name="Acme"))
    (hit,) = find_people(cast.alice, "kim@customer.example", 8)
    assert (hit.line, hit.url, hit.side) == ("Acme · kim@customer.example", f"/people/{kim.pk}/", "kith")


def test_odd_texts_find_nothing_and_break_nothing(cast):
    for text in ("%%", "__", "' --", "\u0301\u0301", "x" * 200, "😀😀", "@@", "++++"):
        assert titles(find_people(cast.alice, text, 8)) == titles(find_accounts(cast.alice, text, 8)) == []
