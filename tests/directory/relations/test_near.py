"""Whom I serve, whom a unit serves: with the units below it, and with nothing read of those far away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db.models.signals import post_init
from django.test import Client

from kithkin.directory.models import ServiceLink
from kithkin.directory.models.days import today
from kithkin.directory.queries.near import near_reader, near_unit
from kithkin.directory.queries.own import own_person
from kithkin.directory.services.memberships import join_unit
from kithkin.platform.models import Role, RoleGrant, User
from tests.cast import LONG_AGO, make_kin, make_unit
from tests.directory.relations.making import everybody_outside, serves, statements


def around(near) -> dict[str, list[tuple[str, str, str]]]:
    """Both directions as (whom, what, through which unit below)."""
    return {
        side: [(one.place.name, line.relation.what, line.through) for one in found for line in one.lines]
        for side, found in (("by", near.served_by), ("to", near.serves))
    }


@contextmanager
def relations_read() -> Iterator[list[int]]:
    """How many relations are read from the database meanwhile."""
    read: list[int] = []

    def heard(instance: ServiceLink, **kwargs: object) -> None:
        if instance.pk:
            read.append(instance.pk)

    post_init.connect(heard, sender=ServiceLink)
    try:
        yield read
    finally:
        post_init.disconnect(heard, sender=ServiceLink)


def page_of(user, url: str) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(url).content.decode()


def test_a_unit_stands_with_those_below_it_and_each_relation_says_whose_it_is(cast):
    serves(cast.it, cast.logistics, "till support")
    serves(cast.support, cast.logistics, "repairs")
    serves(cast.support, everybody_outside(), at="Help line")
    serves(cast.company, cast.support, "budget")
    assert around(near_unit(cast.bob, cast.it.pk, today())) == {
        "by": [("Company", "budget", "Support")],
        "to": [
            ("Logistics", "till support", ""),
            ("Logistics", "repairs", "Support"),
            ("Help line", "Help line", "Support"),
        ],
    }


def test_ones_own_relations_stand_before_those_of_units_below(cast):
    serves(make_unit("Annex", cast.it), cast.logistics, "archive")
    serves(cast.it, cast.logistics, "till support")
    found = around(near_unit(cast.bob, cast.it.pk, today()))
    assert found["to"] == [("Logistics", "till support", ""), ("Logistics", "archive", "Annex")]


def test_who_serves_a_department_as_well_does_not_face_outside_alone(cast):
    serves(cast.it, everybody_outside(), at="Help line")
    alone = near_unit(cast.bob, cast.it.pk, today())
    serves(cast.it, cast.logistics, "till support")
    both = near_unit(cast.bob, cast.it.pk, today())
    assert [near.faces_outside for near in (alone, both)] == [True, False]


def test_what_runs_between_units_below_is_counted_apart(cast):
    serves(cast.it, cast.logistics, "till support")
    serves(cast.support, cast.it, "first line")
    serves(cast.logistics, everybody_outside(), at="Delivery")
    near = near_unit(cast.bob, cast.company.pk, today())
    assert [one.what for one in near.within] == ["till support", "first line"]
    assert (near.serves_count, near.served_count, near.below_count) == (1, 0, 1)


def test_a_division_whose_departments_serve_is_not_said_to_serve_nobody(cast, visit):
    serves(cast.logistics, everybody_outside(), at="Delivery")
    serves(cast.it, cast.logistics, "till support")
    page = visit("bob").get(f"/organisation/{cast.company.pk}/").content.decode()
    said = [
        "It serves through 1 relation",
        "1 of these relations belongs to a unit below Company, named beside it.",
        "1 relation runs between units of Company",
    ]
    assert [words in page for words in said] == [True, True, True]


def test_a_unit_of_the_past_stands_with_those_that_were_below_it_then(cast):
    serves(cast.support, cast.logistics, "repairs", until=date(2025, 7, 1))
    days = (date(2025, 6, 30), date(2025, 7, 1))
    assert [bool(near_unit(cast.bob, cast.it.pk, day)) for day in days] == [True, False]


def test_mine_shows_my_unit_and_those_below_and_nobody_else(cast, visit):
    serves(cast.it, cast.logistics, "till support")
    serves(cast.support, cast.company, "reporting")
    serves(cast.logistics, everybody_outside(), at="Delivery")
    near = near_reader(cast.bob, own_person(cast.bob))
    assert [around(one) for one in near] == [
        {"by": [], "to": [("Logistics", "till support", ""), ("Company", "reporting", "Support")]}
    ]
    assert "You serve through 2 relations" in visit("bob").get("/serve/mine/").content.decode()


def test_mine_shows_what_its_reader_heads_though_they_work_nowhere_yet(cast):
    head = User.objects.create_user("lea@company.example", name="Lea")
    RoleGrant.objects.create(user=head, role=Role.DEPARTMENT_HEAD, scope_id=cast.it.pk)
    serves(cast.support, cast.logistics, "till support")
    serves(cast.logistics, everybody_outside(), at="Delivery")
    near = near_reader(head, None)
    assert [(one.me.name, around(one)) for one in near] == [
        ("IT", {"by": [], "to": [("Logistics", "till support", "Support")]})
    ]
    assert "You serve through 1 relation" in page_of(head, "/serve/mine/")


def test_mine_shows_a_head_who_works_elsewhere_both(cast):
    head = make_kin("Lea", cast.logistics, grants=((Role.DEPARTMENT_HEAD, cast.support),))
    serves(cast.support, cast.logistics, "till support")
    assert [one.me.name for one in near_reader(head, own_person(head))] == ["Support", "Logistics"]


def test_mine_shows_the_department_where_no_relation_names_my_team(cast):
    user = make_kin("Tess", cast.support)
    serves(cast.it, cast.logistics, "till support")
    page = page_of(user, "/serve/mine/")
    assert ("till support" in page, "No relation names you" in page) == (True, False)


def test_a_team_below_what_one_heads_is_not_shown_a_second_time(cast):
    join_unit(person=own_person(cast.dora), unit=cast.support, since=LONG_AGO)
    serves(cast.support, cast.logistics, "repairs")
    assert [one.me.name for one in near_reader(cast.dora, own_person(cast.dora))] == ["IT"]


def test_mine_shows_the_nearest_above_each_of_my_teams_and_nothing_farther_up(cast):
    tess = make_kin("Tess", cast.support)
    depot = make_unit("Depot", cast.logistics)
    join_unit(person=own_person(tess), unit=depot, since=LONG_AGO)
    serves(cast.it, cast.logistics, "till support")
    serves(cast.company, everybody_outside(), at="Help line")
    near = near_reader(tess, own_person(tess))
    assert {one.me.name: around(one) for one in near} == {
        "IT": {"by": [], "to": [("Logistics", "till support", "")]},
        "Logistics": {"by": [("IT", "till support", "")], "to": []},
    }


def test_of_the_unit_above_only_its_own_relations_are_mine(cast):
    """What a neighbouring team does is not what my team is part of."""
    tess = make_kin("Tess", cast.support)
    serves(cast.it, cast.logistics, "till support")
    serves(make_unit("Network", cast.it), cast.logistics, "cables")
    (near,) = near_reader(tess, own_person(tess))
    assert around(near) == {"by": [], "to": [("Logistics", "till support", "")]}


def test_mine_shows_who_serves_me_as_a_person(cast, visit):
    serves(cast.logistics, own_person(cast.bob), "a desk")
    assert "You are served through 1 relation" in visit("bob").get("/serve/mine/").content.decode()


def test_nothing_is_read_of_relations_far_from_the_reader(cast):
    tess = make_kin("Tess", cast.support)
    serves(cast.it, cast.logistics, "till support")
    read = []
    for number in range(2):
        with relations_read() as found:
            page_of(tess, "/serve/mine/")
        read.append(len(found))
        for other in range(20):
            far = make_unit(f"Far {number} {other}", cast.company)
            serves(far, cast.logistics, "reporting")
            serves(far, own_person(cast.charlie), "a desk")
    assert read == [1, 1]


@pytest.mark.parametrize("page", ["mine", "unit", "division"])
def test_they_cost_the_same_statements_for_one_relation_and_for_fifty(cast, visit, page):
    urls = {"mine": "/serve/mine/", "unit": f"/organisation/{cast.it.pk}/"}
    url = urls.get(page, f"/organisation/{cast.company.pk}/")
    client = visit("dora")
    serves(cast.it, cast.logistics)
    first = statements(client, url)
    for number in range(49):
        serves((cast.it, cast.support)[number % 2], cast.logistics, f"service {number}")
    assert (statements(client, url), first <= 30) == (first, True)


def test_a_box_holds_a_few_relations_and_says_how_many_more_there_are(cast, visit):
    for number in range(9):
        serves(cast.it, cast.logistics, f"service {number}")
    page = visit("bob").get(f"/organisation/{cast.it.pk}/").content.decode()
    assert (page.count('<a class="near-what"'), "and 3 more" in page) == (6, True)
