"""The pages of people: what they show, how many statements they need, and what they do with bad input."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from kithkin.directory.models import Account, Membership, Person, Purchase, Tie
from kithkin.directory.services.definitions import define_attribute
from kithkin.directory.services.memberships import join_unit
from kithkin.directory.services.people import change_person
from kithkin.directory.services.purchases import record_purchase
from kithkin.directory.services.ties import add_tie
from kithkin.platform.models import Role, RoleGrant
from tests.cast import Cast, make_kith

MOST_STATEMENTS = 30


def fill(cast: Cast, count: int) -> Person:
    """So many customers with accounts, ties and purchases; the first of them, tied to all."""
    account = Account.objects.create(name=f"Account of {count}", unit=cast.it)
    people = [make_kith(f"Customer {number:03} of {count}") for number in range(count)]
    first = people[0]
    add_tie(person=make_kith(f"Beside {count}"), kind="user", account=account)
    for number, person in enumerate(people):
        add_tie(person=person, kind="buyer", account=account)
        record_purchase(person=first, account=account, what="Lamp", at=datetime(2026, 1, 1, tzinfo=UTC))
        day = date(2020, 1, 1) + timedelta(days=number)
        join_unit(person=first, unit=cast.it, since=day, until=day + timedelta(days=1))
        add_tie(person=make_kith(f"Family {number} of {count}"), kind="family", other=first)
    return first


def statements(visit, name: str, url: str, django_assert_max_num_queries) -> int:
    browser = visit(name)
    browser.get(url)
    with django_assert_max_num_queries(MOST_STATEMENTS) as seen:
        assert browser.get(url).status_code == 200
    return len(seen)


PAGES = [(name, address) for address in ("people", "accounts", "person", "account") for name in ("alice", "dora")]


@pytest.mark.parametrize(("name", "address"), [*PAGES, ("alice", "attributes")])
def test_a_page_needs_as_many_statements_for_one_row_as_for_fifty(
    name, address, cast, visit, django_assert_max_num_queries
):
    def url(person: Person) -> str:
        keys = {"person": [person.pk], "account": [Account.objects.latest("pk").pk]}
        return reverse(address, args=keys.get(address, [])) + ("?size=100" if address in {"people", "accounts"} else "")

    define_attribute(key="tea", label="Tea")
    one = statements(visit, name, url(fill(cast, 1)), django_assert_max_num_queries)
    for number in range(9):
        define_attribute(key=f"tea_{number}", label=f"Tea {number}")
    fifty = statements(visit, name, url(fill(cast, 50)), django_assert_max_num_queries)
    assert fifty == one


def test_a_list_of_colleagues_shows_no_more_than_colleagues_see(cast, visit):
    Person.objects.filter(user=cast.dora).update(phone="030 1112223", external_id="SECRET-7", is_kith=True)
    page = visit("bob").get("/people/?column=phone&column=number&column=side").content.decode()
    assert ("Dora" in page, "030 1112223" in page, "SECRET-7" in page) == (True, False, False)


@pytest.mark.parametrize("query", ["q=SECRET-7", "q=0301112223", "side=kith", "side=both"])
def test_what_is_hidden_cannot_be_searched_for(query, cast, visit):
    RoleGrant.objects.create(user=cast.charlie, role=Role.AGENT, scope_id=cast.support.pk)
    Membership.objects.create(person=cast.charlie.person, unit=cast.it, since=date(2020, 1, 1))
    dora = cast.dora.person
    dora.phone, dora.external_id, dora.is_kith = "030 1112223", "SECRET-7", True
    dora.save()
    assert ">Dora</a>" in visit("charlie").get("/people/").content.decode()
    assert ">Dora</a>" not in visit("charlie").get(f"/people/?{query}").content.decode()
    assert ">Dora</a>" in visit("alice").get(f"/people/?{query}").content.decode()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("zoë", True),
        ("muller", True),
        ("ZOE mul", True),
        ("oe", False),
        ("zoe@x.ex", True),
        ("ZOE@X.example", True),
        ("C-99", True),
        ("C-9", False),
        ("030 999 888", True),
        ("%", False),
        ("' OR 1=1 --", False),
        ("\u202ezoe", False),
        ("👩‍👩‍👧", False),
        ("x" * 5000, False),
    ],
)
def test_people_are_found_by_the_beginning_of_words_address_phone_and_number(text, found, cast, visit):
    reach_her = {"email": "zoe@x.example", "phone": "030 999888", "external_id": "C-99"}
    Person.objects.create(name="Zoë Müller", is_kith=True, **reach_her)
    page = visit("alice").get("/people/", {"q": text})
    assert (page.status_code, ">Zoë Müller</a>" in page.content.decode()) == (200, found)


def test_the_list_is_narrowed_by_side_unit_and_account(cast, visit):
    kim, account = make_kith("Kim"), Account.objects.create(name="Acme", unit=cast.it)
    add_tie(person=kim, kind="buyer", account=account)

    def names(query: str) -> list[str]:
        page = visit("alice").get(f"/people/?{query}").context["page"]
        return [row.person.name for row in page.rows]

    assert names("side=kith") == ["Kim"]
    assert names(f"unit={cast.it.pk}") == ["Bob", "Dora", "Gus"]
    assert names(f"account={account.pk}") == ["Kim"]
    assert names("side=both") == []
    assert len(names("side=neither&unit=999999&account=0&sort=-changed")) == 9


def test_somebody_is_added_with_unit_and_account(cast, visit):
    account = Account.objects.create(name="Acme", unit=cast.it)
    sent = {
        "name": "Kim Lee",
        "is_kith": "on",
        "email": "kim@x.example",
        "country": "de",
        "unit": cast.it.pk,
        "title": "Clerk",
        "since": "2026-01-01",
        "account": f"Acme · #{account.pk}",
    }
    answer = visit("percy").post("/people/add/", sent)
    kim = Person.objects.get(name="Kim Lee")
    assert (answer.status_code, answer["Location"]) == (302, f"/people/{kim.pk}/")
    assert (kim.side, kim.country, kim.ties.get().account) == ("both", "DE", account)
    assert kim.memberships.get().title == "Clerk"


def test_while_adding_one_is_told_who_has_the_address_already(cast, visit):
    kim = make_kith("Kim")
    assert f"/people/{kim.pk}/" in visit("percy").get("/people/alike/?email=KIM@customer.example").content.decode()
    assert visit("percy").get("/people/alike/?email=nobody@x.example").content.decode().strip() == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "a\x00b"},
        {"name": "x" * 900_000},
        {"email": "no address"},
        {"country": "Q1"},
        {"language": "<script>"},
        {"unit": "999999"},
        {"unit": "1' OR '1'='1"},
        {"account": "Nobody · #999999"},
        {"account": "#" + "9" * 30},
        {"since": "31.02.2026", "unit": "IT"},
        {"external_id": "TAKEN"},
    ],
)
def test_what_cannot_be_is_said_at_the_form(wrong, cast, visit):
    Person.objects.create(name="Ada", external_id="TAKEN")
    count = Person.objects.count()
    answer = visit("alice").post("/people/add/", {"name": "Kim", "is_kith": "on", **wrong})
    assert (answer.status_code, Person.objects.count()) == (200, count)
    assert 'class="error"' in answer.content.decode() or "notice wrong" in answer.content.decode()


@pytest.mark.parametrize("name", ["مريم", "👩‍👩‍👧", "<b>x</b>", "{{ settings }}", "Robert'); DROP TABLE people;--"])
def test_any_name_is_shown_as_text(name, cast, visit):
    visit("alice").post("/people/add/", {"name": name, "is_kith": "on"})
    kim = Person.objects.get(name=name)
    page = visit("alice").get(f"/people/{kim.pk}/").content.decode()
    assert ("<b>x</b>" in page, "DROP TABLE" in page) == (False, "DROP" in name)


def test_a_manager_of_a_part_adds_into_that_part_only(cast, visit):
    RoleGrant.objects.create(user=cast.dora, role=Role.PROGRAM_MANAGER, scope_id=cast.it.pk)
    nowhere = visit("dora").post("/people/add/", {"name": "Kim", "is_kith": "on"})
    elsewhere = visit("dora").post("/people/add/", {"name": "Kim", "unit": cast.logistics.pk, "since": "2026-01-01"})
    assert (nowhere.status_code, elsewhere.status_code, Person.objects.filter(name="Kim").exists()) == (200, 200, False)
    visit("dora").post("/people/add/", {"name": "Kim", "unit": cast.it.pk, "since": "2026-01-01"})
    assert Person.objects.get(name="Kim").memberships.get().unit == cast.it


def test_the_second_writer_sees_both_and_overwrites_nothing(cast, visit):
    kim = make_kith("Kim")
    change_person(person=Person.objects.get(pk=kim.pk), name="Kim of the first")
    sent = {"name": "Kim of the second", "is_kith": "on", "email": kim.email, "version": kim.version}
    answer = visit("percy").post(f"/people/{kim.pk}/change/", sent)
    page = answer.content.decode()
    assert (answer.status_code, "Kim of the first" in page, "Kim of the second" in page) == (409, True, True)
    assert Person.objects.get(pk=kim.pk).name == "Kim of the first"
    again = visit("percy").post(f"/people/{kim.pk}/change/", {**sent, "version": kim.version + 1})
    assert (again.status_code, Person.objects.get(pk=kim.pk).name) == (302, "Kim of the second")


def test_the_second_writer_of_an_account_is_told(cast, visit):
    account = Account.objects.create(name="Acme", unit=cast.it)
    sent = {"name": "Acme two", "unit": cast.it.pk, "version": account.version}
    assert visit("percy").post(f"/accounts/{account.pk}/change/", {**sent, "name": "Acme one"}).status_code == 302
    answer = visit("percy").post(f"/accounts/{account.pk}/change/", sent)
    assert (answer.status_code, Account.objects.get().name) == (409, "Acme one")


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40])
def test_a_form_without_its_version_overwrites_nothing(version, cast, visit):
    kim = make_kith("Kim")
    answer = visit("percy").post(f"/people/{kim.pk}/change/", {"name": "Other", "is_kith": "on", "version": version})
    assert (answer.status_code, Person.objects.get(pk=kim.pk).name) == (409, "Kim")


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


def test_an_attribute_is_defined_retired_and_brought_back(cast, visit):
    browser = visit("percy")
    sent = {"label": "Favourite Colour", "kind": "choice", "choices": "Red\n\nBlue"}
    browser.post("/settings/attributes/add/", {**sent, "group": "habits", "sensitivity": "open"})
    page = browser.get("/settings/attributes/").content.decode()
    assert "favourite_colour" in page
    pk = browser.get("/settings/attributes/").context["rows"][0].definition.pk
    browser.post(f"/settings/attributes/{pk}/retire/")
    assert "retired" in browser.get("/settings/attributes/").content.decode()
    browser.post(f"/settings/attributes/{pk}/bring-back/")
    assert "retired" not in browser.get("/settings/attributes/").content.decode()


def test_a_program_manager_may_not_open_a_sensitive_attribute(cast, visit):
    secret = define_attribute(key="faith", label="Faith", sensitivity="sensitive")
    make_kith("Kim", attributes={"faith": "quaker"})
    sent = {"label": "Faith", "kind": "text", "group": "habits", "sensitivity": "open", "version": secret.version}
    assert visit("percy").post(f"/settings/attributes/{secret.pk}/", sent).status_code == 403
    assert "quaker" not in visit("percy").get("/settings/attributes/").content.decode()
    assert "quaker" in visit("alice").get("/settings/attributes/").content.decode()


def test_everybody_comes_to_their_own_page(cast, visit):
    assert visit("bob").get("/people/me/")["Location"] == f"/people/{cast.bob.person.pk}/"
    Person.objects.filter(user=cast.bob).update(user=None)
    assert visit("bob").get("/people/me/").status_code == 200


def test_the_timeline_goes_back_page_by_page_without_losing_a_moment(cast, visit):
    kim = make_kith("Kim")
    for day in range(1, 29):
        record_purchase(person=kim, what=f"Lamp {day}", at=datetime(2026, 1, day, tzinfo=UTC))
    first = visit("alice").get(f"/people/{kim.pk}/")
    second = visit("alice").get(f"/people/{kim.pk}/", {"before": first.context["earlier"]})
    titles = [moment.title for moment in [*first.context["moments"], *second.context["moments"]]]
    assert titles == [f"Bought Lamp {day}" for day in range(28, 0, -1)]


NONSENSE = ["x", "2026-99-01", "2026-01-01", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59-12:00"]


@pytest.mark.parametrize("before", NONSENSE)
def test_nonsense_before_shows_something(before, cast, visit):
    assert visit("alice").get(f"/people/{make_kith('Kim').pk}/", {"before": before}).status_code == 200


def test_somebody_merged_away_has_no_page(cast, visit):
    gone = make_kith("Gone", merged_into=make_kith("Kept"))
    assert visit("alice").get(f"/people/{gone.pk}/").status_code == 404


def test_a_manager_whom_the_reader_does_not_see_is_not_named(cast, visit):
    Membership.objects.filter(person=cast.bob.person).update(manager=cast.charlie.person)
    url = reverse("person", args=[cast.bob.person.pk])
    assert "reports to Charlie" in visit("alice").get(url).content.decode()
    assert "Charlie" not in visit("dora").get(url).content.decode()


def test_ones_own_page_says_you_and_the_page_of_another_says_them(cast, visit):
    pages = {
        name: visit("alice").get(f"/people/{Person.objects.get(user=user).pk}/").content.decode()
        for name, user in (("own", cast.alice), ("bob's", cast.bob))
    }
    headings = ("How you are reached", "What is known of you", "Where you work", "What ties you")
    assert {name: [words in page for words in headings] for name, page in pages.items()} == {
        "own": [True] * 4,
        "bob's": [False] * 4,
    }


def test_a_folded_filter_says_what_it_is_set_to(cast, visit):
    make_kith("Kim")
    pages = [visit("alice").get(f"/people/{query}").content.decode() for query in ("", "?side=kith")]
    assert ["<summary>Filter</summary>" in page for page in pages] == [True, False]
    assert "<summary>Side: kith</summary>" in pages[1]


@pytest.mark.parametrize(
    ("kept", "reader", "shown"),
    [("de", "en", "German"), ("de", "de", "Deutsch"), ("de-ch", "en", "German"), ("xx", "en", "xx")],
)
def test_a_language_is_named_in_the_readers_words(kept, reader, shown, cast, visit):
    cast.alice.language = reader
    cast.alice.save()
    kim = make_kith("Kim", language=kept)
    assert f"</dt><dd>{shown}</dd>" in visit("alice").get(f"/people/{kim.pk}/").content.decode()
