"""Who serves whom: begun, changed, ended, and never twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from kithkin.directory.models import Partner, Service, ServiceLink
from kithkin.directory.models.days import today
from kithkin.directory.queries.relations import relations_of, relations_on, who_serves
from kithkin.directory.services.relations import (
    AlreadyServed,
    Ends,
    RelationRefused,
    add_relation,
    change_relation,
    end_relation,
    give_role,
    take_role,
)
from kithkin.platform.models import ChangedMeanwhile, Event
from tests.cast import LONG_AGO, make_kith
from tests.directory.relations.making import everybody_outside, serves


def told() -> list[str]:
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


def test_a_relation_is_written_down_once_and_told(cast):
    link = serves(cast.it, cast.logistics, "till support")
    assert (str(link), told()) == ("IT → Logistics: till support", ["directory.RelationAdded"])


def test_the_same_relation_again_is_refused_with_the_one_that_is_there(cast):
    link = serves(cast.it, cast.logistics)
    with pytest.raises(AlreadyServed) as refused:
        serves(cast.it, cast.logistics)
    assert refused.value.link == link
    assert str(refused.value) == (
        "“IT → Logistics: support” is already there, since 1 Jan 2020. Open it instead, or choose another service."
    )
    assert ServiceLink.objects.count() == 1


def test_the_database_itself_holds_no_open_relation_twice(cast):
    link = serves(cast.it, cast.logistics)
    link.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        link.save(force_insert=True)


def test_a_relation_that_ended_may_begin_again_but_not_overlap(cast):
    serves(cast.it, cast.logistics, since=date(2024, 1, 1), until=date(2025, 1, 1))
    with pytest.raises(AlreadyServed):
        serves(cast.it, cast.logistics, since=date(2024, 12, 31))
    serves(cast.it, cast.logistics, since=date(2025, 1, 1))
    assert ServiceLink.objects.count() == 2


def test_both_may_serve_each_other_and_by_several_services(cast):
    serves(cast.it, cast.logistics)
    serves(cast.logistics, cast.it)
    serves(cast.it, cast.logistics, "training")
    assert ServiceLink.objects.count() == 3


@pytest.mark.parametrize("nothing", ["what", "other"])
def test_what_makes_no_relation_is_refused_with_a_sentence(cast, nothing):
    service = Service.objects.create(name="support")
    ends = Ends(cast.it, cast.logistics) if nothing == "what" else Ends(cast.it, cast.it, service)
    with pytest.raises(RelationRefused):
        add_relation(ends=ends, since=LONG_AGO)


def test_a_relation_ends_after_its_last_day_and_earlier_dates_go_on_showing_it(cast):
    link = serves(cast.it, cast.logistics)
    end_relation(link=link, last_day=date(2025, 6, 30))
    on = {day: len(relations_on(cast.alice, day)) for day in (date(2025, 6, 30), date(2025, 7, 1), date(2019, 1, 1))}
    assert on == {date(2025, 6, 30): 1, date(2025, 7, 1): 0, date(2019, 1, 1): 0}


def test_it_cannot_end_before_it_began(cast):
    link = serves(cast.it, cast.logistics, since=date(2025, 1, 1))
    with pytest.raises(RelationRefused):
        end_relation(link=link, last_day=date(2024, 12, 31))


def test_what_it_is_about_may_be_put_otherwise_but_not_like_another(cast):
    link, _other = serves(cast.it, cast.logistics), serves(cast.it, cast.logistics, "training")
    training, repairs = Service.objects.get(name="training"), Service.objects.create(name="repairs")
    with pytest.raises(AlreadyServed):
        change_relation(link=link, service=training, touchpoint=None, need="", since=LONG_AGO)
    link.refresh_from_db()
    change_relation(link=link, service=repairs, touchpoint=None, need="Soon", since=LONG_AGO)
    assert ServiceLink.objects.get(pk=link.pk).service == repairs


def test_the_second_of_two_writers_is_told(cast):
    first = serves(cast.it, cast.logistics)
    second = ServiceLink.objects.get(pk=first.pk)
    end_relation(link=first, last_day=today())
    with pytest.raises(ChangedMeanwhile):
        end_relation(link=second, last_day=today() + timedelta(days=9))


def test_who_serves_somebody_and_what_stands_at_either_end_of_a_unit_are_told_apart(cast):
    serves(cast.it, cast.logistics)
    serves(cast.logistics, everybody_outside(), at="Delivery")
    serves(Partner.objects.create(name="Freight"), cast.logistics, "transport")
    serves(cast.support, cast.company, "reporting")
    day = today()
    assert [one.provider.name for one in who_serves(cast.bob, cast.logistics, day)] == ["Freight", "IT"]
    assert [one.side for one in who_serves(cast.bob, everybody_outside(), day)] == ["kith"]
    assert [one.what for one in relations_of(cast.bob, day, units=[cast.logistics.pk])] == [
        "transport",
        "support",
        "Delivery",
    ]


def test_a_customer_is_named_only_to_those_who_see_the_customer(cast):
    kim = make_kith("Kim")
    serves(cast.it, kim)
    named = {name: relations_on(user, today())[0].receiver.name for name, user in cast.users.items()}
    knowing = dict.fromkeys(("alice", "percy", "anna"), "Kim")
    assert named == dict.fromkeys(cast.users, "a customer") | knowing


def test_a_role_is_given_once_and_belongs_to_the_relation(cast):
    link = serves(cast.it, cast.logistics)
    owner = {"person": cast.dora.person, "side": "provider", "role": "owner"}
    given = give_role(link=link, **owner)
    assert give_role(link=link, **owner) == given
    take_role(role=given)
    assert told() == ["directory.RelationAdded", "directory.RoleGiven", "directory.RoleTaken"]


def test_relations_of_a_company_cost_the_same_statements_for_one_and_for_fifty(cast, django_assert_num_queries):
    serves(cast.it, cast.logistics)
    with django_assert_num_queries(2):
        relations_on(cast.bob, today())
    for number in range(49):
        serves(cast.it, cast.logistics, f"service {number}")
    with django_assert_num_queries(2):
        assert len(relations_on(cast.bob, today())) == 50
