"""Consent holds from the moment it is given to the moment it is withdrawn."""

from __future__ import annotations

import pytest

from kithkin.directory.models import Consent, LawfulBasis, Person, Purpose
from kithkin.directory.queries.consent import may_be_used_for, purposes_counted, standings_of
from kithkin.directory.services.consent import change_purpose, define_purpose, record_consent
from kithkin.platform.models import Role, RoleGrant
from tests.cast import make_kith
from tests.platform.accounts.browser import said


def may(person: Person, purpose: Purpose) -> tuple[bool, bool]:
    """By the one rule and by the page's; they must agree."""
    by_rule = may_be_used_for(Person.objects.filter(pk=person.pk), purpose).exists()
    by_page = next(one.may for one in standings_of(person) if one.purpose == purpose)
    return by_rule, by_page


@pytest.mark.parametrize(
    ("basis", "decisions", "expected"),
    [
        (LawfulBasis.CONSENT, [], False),
        (LawfulBasis.CONSENT, [True], True),
        (LawfulBasis.CONSENT, [True, False], False),
        (LawfulBasis.CONSENT, [True, False, True], True),
        (LawfulBasis.LEGITIMATE, [], True),
        (LawfulBasis.LEGITIMATE, [False], False),
        (LawfulBasis.CONTRACT, [True], True),
    ],
)
def test_data_may_be_used_as_was_decided_last(db, basis, decisions, expected):
    kim, purpose = make_kith("Kim"), define_purpose(name="News", lawful_basis=basis)
    for given in decisions:
        record_consent(person=kim, purpose=purpose, given=given)
    assert may(kim, purpose) == (expected, expected)


def test_every_decision_stays_in_the_history(db):
    kim, news = make_kith("Kim"), define_purpose(name="News")
    for given in (True, False, True):
        record_consent(person=kim, purpose=news, given=given, source="telephone")
    assert list(Consent.objects.order_by("pk").values_list("given", "is_current")) == [
        (True, False),
        (False, False),
        (True, True),
    ]


def test_the_same_decision_twice_is_one(db):
    kim, news = make_kith("Kim"), define_purpose(name="News")
    first = record_consent(person=kim, purpose=news, given=True)
    assert record_consent(person=kim, purpose=news, given=True).pk == first.pk
    assert Consent.objects.count() == 1


def test_what_was_no_consent_does_not_become_one_when_the_basis_changes(db):
    kim, news = make_kith("Kim"), define_purpose(name="News", lawful_basis=LawfulBasis.LEGITIMATE)
    record_consent(person=kim, purpose=news, given=True)
    change_purpose(purpose=news, name="News", description="", lawful_basis=LawfulBasis.CONSENT)
    assert may(kim, news) == (False, False)


def test_a_purpose_counts_as_yes_only_what_it_may_rest_on(db):
    kim, lee = make_kith("Kim"), make_kith("Lee")
    news = define_purpose(name="News", lawful_basis=LawfulBasis.LEGITIMATE)
    for person, given in ((kim, True), (lee, False)):
        record_consent(person=person, purpose=news, given=given)
    assert counted() == [(1, 1)]
    change_purpose(purpose=news, name="News", description="", lawful_basis=LawfulBasis.CONSENT)
    assert counted() == [(0, 1)]
    record_consent(person=kim, purpose=news, given=True)
    assert counted() == [(1, 1)]


def counted() -> list[tuple[int, int]]:
    """How many said yes and no, purpose by purpose."""
    return [(one.yes, one.no) for one in purposes_counted()]


def test_the_second_who_rewords_a_purpose_is_shown_both(cast, visit):
    news = define_purpose(name="News")
    change_purpose(purpose=news, name="News of the shop", description="", lawful_basis=news.lawful_basis)
    sent = {"name": "Letters", "lawful_basis": news.lawful_basis, "version": "1"}
    page = visit("percy").post(f"/settings/purposes/{news.pk}/", sent)
    assert (page.status_code, Purpose.objects.get().name) == (409, "News of the shop")
    assert "<td>Letters</td><td>News of the shop</td>" in page.content.decode()


def test_a_manager_of_a_part_puts_no_purpose_of_all_on_another_basis(cast, visit):
    news = define_purpose(name="News")
    RoleGrant.objects.create(user=cast.bob, role=Role.PROGRAM_MANAGER, scope_id=cast.it.pk)
    sent = {"name": "News", "lawful_basis": LawfulBasis.LEGITIMATE, "version": "1"}
    assert visit("bob").post(f"/settings/purposes/{news.pk}/", sent).status_code == 403
    assert Purpose.objects.get().lawful_basis == LawfulBasis.CONSENT


def test_what_needs_no_consent_does_not_wait_for_a_decision(cast, visit):
    kim = make_kith("Kim")
    define_purpose(name="News", lawful_basis=LawfulBasis.CONSENT)
    define_purpose(name="Orders", lawful_basis=LawfulBasis.CONTRACT)
    page = said(visit("alice").get(f"/people/{kim.pk}/"))
    assert "News : no Consent · not decided yet" in page
    assert "Orders : yes Contract · needs no consent, nobody has objected" in page
