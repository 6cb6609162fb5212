"""The pages of people: what they show, how many statements they need, and what they do with bad input."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from kithkin.directory.models import Account, Membership, Person
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
