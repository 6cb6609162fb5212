"""Services, touchpoints, audiences, partners: added, changed, retired while nothing is made of them."""

from __future__ import annotations

import pytest

from kithkin.directory.models import Partner, Service, Touchpoint
from kithkin.directory.models.days import today
from kithkin.directory.queries.own import own_person
from kithkin.directory.services.catalogue import NameTaken, StillInUse, add_thing, retire_thing, service_named
from kithkin.directory.services.relations import end_relation, give_role
from tests.cast import make_kith
from tests.directory.relations.making import serves, statements


def test_a_second_one_of_the_same_name_is_refused_at_the_form(cast, visit):
    add_thing(thing=Service(name="Refunds"))
    page = visit("percy").post("/serve/services/add/", {"name": "Refunds"})
    assert (page.status_code, Service.objects.count()) == (200, 1)
    assert "with this" in page.content.decode() or "already one called" in page.content.decode()


def test_the_database_itself_holds_no_name_twice(cast):
    add_thing(thing=Partner(name="Freight"))
    with pytest.raises(NameTaken):
        add_thing(thing=Partner(name="Freight"))


def test_what_relations_are_made_of_cannot_be_retired(cast):
    link = serves(cast.it, cast.logistics, "support")
    service = Service.objects.get()
    with pytest.raises(StillInUse, match="1 relation"):
        retire_thing(thing=service)
    end_relation(link=link, last_day=today())
    with pytest.raises(StillInUse):
        retire_thing(thing=service)


def test_a_retired_one_is_offered_no_longer_and_comes_back_when_named(cast, visit):
    service = add_thing(thing=Service(name="Refunds"))
    visit("percy").post(f"/serve/services/{service.pk}/retire/")
    assert "Refunds" not in visit("percy").get("/serve/relations/add/").content.decode()
    assert "Refunds" not in visit("percy").get("/serve/services/").content.decode()
    assert "Refunds" in visit("percy").get("/serve/services/?state=retired").content.decode()
    assert service_named(name="refunds").retired_at is None


def test_the_second_writer_is_shown_both(cast, visit):
    place = add_thing(thing=Touchpoint(name="Visit"))
    for name, status in (("Stay", 302), ("Call", 409)):
        page = visit("percy").post(f"/serve/touchpoints/{place.pk}/change/", {"name": name, "version": "1"})
        assert page.status_code == status
    assert "<td>Call</td><td>Stay</td>" in page.content.decode()
    assert Touchpoint.objects.get().name == "Stay"


@pytest.mark.parametrize("name", ["", "\x00", "x" * 300])
def test_a_name_that_cannot_be_kept_is_said_at_the_form(cast, visit, name):
    page = visit("percy").post("/serve/partners/add/", {"name": name, "kind": "partner"})
    assert (page.status_code, Partner.objects.count()) == (200, 0)


@pytest.mark.parametrize("kind", ["services", "touchpoints", "audiences", "partners"])
def test_each_list_costs_the_same_statements_for_one_and_for_fifty(cast, visit, kind):
    client, model = visit("bob"), {"services": Service, "touchpoints": Touchpoint}.get(kind, Partner)
    model.objects.create(name="First")
    first = statements(client, f"/serve/{kind}/?size=50")
    for number in range(49):
        model.objects.create(name=f"Thing {number}")
    assert (statements(client, f"/serve/{kind}/?size=50"), first <= 30) == (first, True)


def test_a_service_says_who_does_it_for_whom_and_who_owns_it_to_those_who_see_them(cast, visit):
    link = serves(cast.it, cast.logistics, "till support")
    serves(cast.it, cast.company, "till support")
    give_role(link=link, person=own_person(cast.dora), side="provider", role="owner")
    url = f"/serve/services/{Service.objects.get().pk}/"
    pages = {name: visit(name).get(url).content.decode() for name in ("alice", "charlie")}
    assert ["till support: IT for Company and Logistics" in page for page in pages.values()] == [True, True]
    assert {name: "Dora</a>" in page for name, page in pages.items()} == {"alice": True, "charlie": False}


def test_a_service_costs_the_same_statements_for_one_relation_and_owner_and_for_fifty(cast, visit):
    def some(number: int) -> None:
        link = serves(cast.it, add_thing(thing=Partner(name=f"Partner {number}")), "till support")
        give_role(link=link, person=make_kith(f"Kim {number}"), side="receiver", role="user")

    client = visit("alice")
    some(0)
    url = f"/serve/services/{Service.objects.get().pk}/"
    first = statements(client, url)
    for number in range(1, 50):
        some(number)
    assert (statements(client, url), first <= 30) == (first, True)


def test_a_service_for_many_names_the_first_few_and_counts_the_rest(cast, visit):
    for name in ("Alpha", "Beta", "Gamma", "Omega"):
        serves(cast.it, add_thing(thing=Partner(name=name)), "till support")
    page = visit("bob").get(f"/serve/services/{Service.objects.get().pk}/").content.decode()
    assert "till support: IT for Alpha, Beta and 2 more<" in page


def test_of_many_owners_a_few_are_named_and_the_rest_counted(cast, visit):
    link = serves(cast.it, cast.logistics, "till support")
    for number in range(14):
        give_role(link=link, person=make_kith(f"Kim {number}"), side="receiver", role="user")
    page = visit("alice").get(f"/serve/services/{Service.objects.get().pk}/").content.decode()
    assert (page.count("Kim "), "and 2 more" in page) == (12, True)


def test_a_partner_whom_a_department_of_the_same_name_serves_is_not_said_to_serve(cast, visit):
    serves(cast.logistics, add_thing(thing=Partner(name="Logistics")), "returns")
    page = visit("bob").get(f"/serve/partners/{Partner.objects.get().pk}/").content.decode()
    assert "Logistics: served by Logistics" in page


def test_an_empty_list_says_so_and_offers_the_first_step_to_who_may(cast, visit):
    pages = {name: visit(name).get("/serve/partners/").content.decode() for name in ("percy", "bob")}
    assert {name: ("No partner yet" in page, 'href="add/"' in page) for name, page in pages.items()} == {
        "percy": (True, True),
        "bob": (True, False),
    }
