"""Pages of what somebody is tied to: payers, family, work, purchases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kithkin.directory.models import Account, Person, Purchase, Tie
from kithkin.directory.services.definitions import define_attribute
from kithkin.directory.services.purchases import record_purchase
from kithkin.directory.services.ties import add_tie
from tests.cast import make_kith


def test_an_insurer_pays_for_a_patient_and_the_form_says_who_pays_for_whom(cast, visit):
    pat, dee = make_kith("Pat"), make_kith("Dee")
    insurer = Account.objects.create(name="Fund")
    browser = visit("percy")
    form = browser.get(f"/people/{pat.pk}/ties/add/").content.decode()
    assert '<option value="payer">pays for …</option>' in form
    assert '<option value="paid_for">is paid for by …</option>' in form
    browser.post(f"/people/{pat.pk}/ties/add/", {"kind": "paid_for", "account": f"Fund · #{insurer.pk}"})
    browser.post(f"/people/{pat.pk}/ties/add/", {"kind": "paid_for", "other": f"Dee · #{dee.pk}"})
    browser.post(f"/people/{pat.pk}/ties/add/", {"kind": "paid_for"})
    words = " ".join(browser.get(f"/people/{pat.pk}/").content.decode().split())
    assert f'is paid for by <a href="/accounts/{insurer.pk}/">Fund</a>' in words
    assert f'is paid for by <a href="/people/{dee.pk}/">Dee</a>' in words
    assert "is paid for by us" in words
    assert f'pays for <a href="/people/{pat.pk}/">Pat</a>' in " ".join(
        browser.get(f"/people/{dee.pk}/").content.decode().split()
    )


def test_a_patient_has_family_and_payer_in_words(cast, visit):
    pat = make_kith("Pat")
    dee, fund = make_kith("Dee"), make_kith("Fund")
    browser = visit("percy")
    for person, kind in ((dee, "family"), (fund, "payer")):
        browser.post(f"/people/{person.pk}/ties/add/", {"kind": kind, "other": f"Pat · #{pat.pk}"})
    words = " ".join(browser.get(f"/people/{pat.pk}/").content.decode().split())
    assert f'<a href="/people/{dee.pk}/">Dee</a> is family' in words
    assert f'<a href="/people/{fund.pk}/">Fund</a> pays for them' in words
    assert f'is family of <a href="/people/{pat.pk}/">Pat</a>' in " ".join(
        browser.get(f"/people/{dee.pk}/").content.decode().split()
    )


def test_the_other_end_of_a_tie_stays_without_a_name_for_those_who_do_not_see_it(cast, visit):
    kim = make_kith("Kim")
    add_tie(person=kim, kind="buyer", account=Account.objects.create(name="Acme", unit=cast.it))
    add_tie(person=kim, kind="family", other=make_kith("Hana"))
    page = visit("dora").get(f"/people/{kim.pk}/").content.decode()
    assert ("Acme" in page, "Hana" in page, "is family of somebody" in page) == (True, False, True)


@pytest.mark.parametrize(
    ("where", "sent"),
    [
        ("ties/add/", {"kind": "family"}),
        ("ties/add/", {"kind": "enemy"}),
        ("ties/add/", {"kind": "payer", "other": "nobody@x.example"}),
        ("work/add/", {"unit": "", "since": "2026-01-01", "kind": "employee"}),
        ("work/add/", {"unit": "7\x00", "since": "0001-01-01", "kind": "employee"}),
        ("purchases/add/", {"what": "Lamp", "at": "2026-01-01T10:00", "amount": "ten", "currency": "EUR"}),
        ("purchases/add/", {"what": "Lamp", "at": "2026-01-01T10:00", "amount": "1e30", "currency": "EUR"}),
        ("purchases/add/", {"what": "Lamp", "at": "2026-01-01T10:00", "amount": "10"}),
        ("purchases/add/", {"what": "\x00", "at": "never"}),
    ],
)
def test_bad_input_is_said_at_the_form(where, sent, cast, visit):
    kim = make_kith("Kim")
    answer = visit("alice").post(f"/people/{kim.pk}/{where}", sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="error"' in page or "notice wrong" in page
    assert (Tie.objects.count(), Purchase.objects.count(), kim.memberships.count()) == (0, 0, 0)


def test_work_begins_changes_its_title_and_ends(cast, visit):
    kim, browser = Person.objects.create(name="Kim"), visit("alice")
    browser.post(f"/people/{kim.pk}/work/add/", {"unit": cast.it.pk, "since": "2026-01-01", "kind": "employee"})
    stay = kim.memberships.get()
    browser.post(f"/people/{kim.pk}/work/{stay.pk}/title/", {"title": "Head", "on": "2026-02-01", "version": 1})
    after = kim.memberships.get(title="Head")
    browser.post(f"/people/{kim.pk}/work/{after.pk}/end/", {"until": "2026-03-01", "version": 1})
    assert list(kim.memberships.order_by("since").values_list("title", "since", "until")) == [
        ("", date(2026, 1, 1), date(2026, 2, 1)),
        ("Head", date(2026, 2, 1), date(2026, 3, 1)),
    ]


@pytest.mark.parametrize("what", ["end", "title"])
def test_the_second_who_changes_somebodys_work_sees_what_the_first_did_and_may_go_on(what, cast, visit):
    person, stay = cast.bob.person, cast.bob.person.memberships.get()
    url = f"/people/{person.pk}/work/{stay.pk}/{what}/"
    first, second = {
        "end": ({"until": "2026-03-01"}, {"until": "2026-04-01"}),
        "title": ({"title": "Lead", "on": "2026-03-01"}, {"title": "Head", "on": "2026-02-01"}),
    }[what]
    visit("percy").post(url, first | {"version": 1})
    answer = visit("alice").post(url, second | {"version": 1})
    page = answer.content.decode()
    assert (answer.status_code, "until 1 March 2026" in page, 'name="version" value="2"' in page) == (409, True, True)
    assert visit("alice").post(url, second | {"version": 2}).status_code == 302


def test_the_second_who_ends_a_tie_sees_both_days(cast, visit):
    kim = make_kith("Kim")
    tie = add_tie(person=kim, kind="buyer")
    url = f"/people/{kim.pk}/ties/{tie.pk}/end/"
    visit("percy").post(url, {"until": "2026-03-01", "version": 1})
    answer = visit("alice").post(url, {"until": "2026-04-01", "version": 1})
    shown = "<td>2026-04-01</td><td>2026-03-01</td>" in answer.content.decode()
    assert (answer.status_code, shown, Tie.objects.get().until) == (409, True, date(2026, 3, 1))


def test_the_work_of_somebody_else_is_not_ended_by_this_persons_address(cast, visit):
    bob, charlie = cast.bob.person, cast.charlie.person
    stay = charlie.memberships.get()
    answer = visit("alice").post(f"/people/{bob.pk}/work/{stay.pk}/end/", {"until": "2026-03-01"})
    assert (answer.status_code, charlie.memberships.get().until) == (404, None)


def test_purchases_are_summed_by_currency(cast, visit):
    kim = make_kith("Kim")
    for amount, currency in ((10, "EUR"), (5, "EUR"), (7, "CHF")):
        at = datetime(2026, 1, 1, tzinfo=UTC)
        record_purchase(person=kim, what="Lamp", at=at, amount=Decimal(amount), currency=currency)
    page = visit("alice").get(f"/people/{kim.pk}/").content.decode()
    assert "2 purchases for 15.00 EUR, 1 purchase for 7.00 CHF" in page


def test_a_sum_counts_only_the_purchases_whose_amount_is_told(cast, visit):
    """Files bring amounts without a currency, and currencies without an amount."""
    kim, at = make_kith("Kim"), datetime(2026, 1, 1, tzinfo=UTC)
    for amount, currency in ((10, "EUR"), (None, "EUR"), (None, "USD"), (7, ""), (None, "")):
        Purchase.objects.create(person=kim, what="Lamp", at=at, amount=amount, currency=currency)
    page = visit("alice").get(f"/people/{kim.pk}/").content.decode()
    assert "1 purchase for 7.00 without a currency, 1 purchase for 10.00 EUR, 3 purchases without an amount" in page


def test_attributes_are_filled_in_as_far_as_they_are_seen(cast, visit):
    define_attribute(key="tea", label="Tea")
    define_attribute(key="faith", label="Faith", sensitivity="sensitive")
    kim = make_kith("Kim")
    kim.attributes = {"faith": "kept"}
    kim.save()
    sent = {"a_tea": "green", "a_faith": "overwritten", "version": kim.version}
    assert visit("percy").post(f"/people/{kim.pk}/attributes/", sent).status_code == 302
    assert Person.objects.get(pk=kim.pk).attributes == {"tea": "green", "faith": "kept"}
