"""The pages of relations: written once, changed by who may, told when somebody was faster."""

from __future__ import annotations

from datetime import date

import pytest

from kithkin.directory.models import Service, ServiceLink
from kithkin.directory.services.relations import end_relation, give_role
from tests.cast import make_kith
from tests.directory.relations.making import everybody_outside, serves, statements


def filled(cast, **fields: str) -> dict[str, str]:
    return {
        "provider": f"unit-{cast.it.pk}",
        "receiver": f"unit-{cast.logistics.pk}",
        "service": "till support",
        "since": "2026-01-01",
    } | fields


def test_a_double_click_adds_one_relation(cast, visit):
    first, second = (visit("percy").post("/serve/relations/add/", filled(cast)) for _ in range(2))
    assert (first.status_code, second.status_code, ServiceLink.objects.count()) == (302, 200, 1)
    assert "is already there" in second.content.decode()


def test_a_service_is_found_by_its_name_however_it_is_cased(cast, visit):
    Service.objects.create(name="Till support")
    visit("percy").post("/serve/relations/add/", filled(cast))
    assert [str(link.service) for link in ServiceLink.objects.all()] == ["Till support"]


def test_a_head_adds_relations_of_their_own_unit_only(cast, visit):
    elsewhere = filled(cast, provider=f"unit-{cast.company.pk}")
    refused = visit("dora").post("/serve/relations/add/", elsewhere)
    visit("dora").post("/serve/relations/add/", filled(cast))
    assert "one of the two ends" in refused.content.decode()
    assert [str(link) for link in ServiceLink.objects.all()] == ["IT → Logistics: till support"]
    assert Service.objects.count() == 1


def test_one_person_may_be_served_and_is_found_only_by_who_sees_them(cast, visit):
    make_kith("Kim Lee")
    one = filled(cast, receiver="", person="kim lee")
    assert "Nobody whom you may see" in visit("dora").post("/serve/relations/add/", one).content.decode()
    visit("percy").post("/serve/relations/add/", one)
    assert ServiceLink.objects.get().receiver.name == "Kim Lee"


@pytest.mark.parametrize(
    "fields",
    [
        {"provider": ""},
        {"provider": "unit-999999"},
        {"receiver": "person-1"},
        {"receiver": ""},
        {"person": "Bob"},
        {"service": ""},
        {"service": "\x00"},
        {"service": "x" * 121},
        {"need": "x" * 2001},
        {"touchpoint": "999999999999999999999"},
        {"since": "soon"},
        {"since": "0001-01-01"},
        {"since": "2900-01-01"},
    ],
)
def test_what_makes_no_relation_is_said_at_the_form(cast, visit, fields):
    page = visit("percy").post("/serve/relations/add/", filled(cast, **fields))
    assert (page.status_code, ServiceLink.objects.count(), Service.objects.count()) == (200, 0, 0)
    assert 'class="error"' in page.content.decode() or "notice wrong" in page.content.decode()


def test_the_second_of_two_who_change_it_is_shown_both(cast, visit):
    link = serves(cast.it, cast.logistics)
    said = {"service": str(link.service_id), "since": "2020-01-01", "version": "1"}
    first = visit("dora").post(f"/serve/relations/{link.pk}/change/", said | {"need": "First"})
    second = visit("donald").post(f"/serve/relations/{link.pk}/change/", said | {"need": "Second"})
    link.refresh_from_db()
    assert (first.status_code, second.status_code, link.need) == (302, 409, "First")
    page = second.content.decode()
    assert ("<td>Second</td><td>First</td>" in page, 'name="version" value="2"' in page) == (True, True)


def test_the_six_parts_stand_in_their_order_and_the_need_is_filled(cast, visit):
    link = serves(cast.it, cast.logistics, need="Within the hour")
    page = visit("bob").get(f"/serve/relations/{link.pk}/").content.decode()
    parts = ["Need", "Within the hour", "Promise", "Delivery", "Experience", "Repair", "Answer"]
    places = [page.index(part, page.index("part-need") if part == "Need" else 0) for part in parts]
    assert places == sorted(places)


def test_a_relation_that_ended_can_still_be_read_and_says_so(cast, visit):
    link = serves(cast.it, cast.logistics)
    end_relation(link=link, last_day=link.since)
    assert "It held from" in visit("bob").get(f"/serve/relations/{link.pk}/").content.decode()


def test_search_finds_relations_touchpoints_and_no_customer_by_name(cast, visit):
    serves(cast.it, cast.logistics, "till support")
    serves(cast.it, everybody_outside(), at="Tiller Street")
    serves(cast.it, make_kith("Tilla"), "care")
    page = visit("bob").get("/search/?q=till").content.decode()
    seen = {words: words in page for words in ("till support", "Tiller Street", "Tilla", "care")}
    assert seen == {"till support": True, "Tiller Street": True, "Tilla": False, "care": False}


@pytest.mark.parametrize("url", ["/", "/serve/relations/add/"])
def test_pages_cost_the_same_statements_for_one_relation_and_for_fifty(cast, visit, url):
    client = visit("dora")
    serves(cast.it, cast.logistics)
    first = statements(client, url)
    for number in range(49):
        serves(cast.it, cast.logistics, f"service {number}")
    assert (statements(client, url), first <= 30) == (first, True)


def test_a_units_page_says_whom_it_serves_on_the_day_shown(cast, visit):
    link = serves(cast.it, cast.logistics, "till support")
    end_relation(link=link, last_day=date(2025, 6, 30))
    pages = [
        visit("bob").get(f"/organisation/{cast.it.pk}/?on={on}").content.decode() for on in ("2025-06-30", "2025-07-01")
    ]
    assert [page.count("till support") for page in pages] == [1, 0]


def test_a_persons_page_says_who_serves_them_and_what_they_are_in_which_relation(cast, visit):
    kim = make_kith("Kim")
    serves(cast.it, kim, "home visits")
    give_role(link=serves(cast.it, cast.logistics, "till support"), person=kim, side="receiver", role="tester")
    page = visit("percy").get(f"/people/{kim.pk}/").content.decode()
    assert ("home visits" in page, "till support" in page, "tester" in page) == (True, True, True)
