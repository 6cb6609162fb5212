"""The simulated company in an installation, through the services that people use."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from kithkin.demo import mark
from kithkin.demo.loading import load_company, log_ins
from kithkin.demo.loading.company import Refused
from kithkin.demo.size import SMALL
from kithkin.directory.models import (
    Account,
    Audience,
    Journey,
    Need,
    Person,
    Segment,
    Service,
    ServiceLink,
    Stakeholder,
    Touchpoint,
)
from kithkin.directory.queries.duplicates import duplicates_visible_to
from kithkin.directory.queries.organisation import tree_on
from kithkin.directory.queries.segments import size_of
from kithkin.platform.models import Role, User

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def company(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_company(today=TODAY, size=SMALL)
        transaction.set_rollback(True)
    mark.remove()


def test_it_is_as_large_as_it_says(company):
    inside = Person.objects.filter(is_kin=True).count()
    assert (inside, Account.objects.count(), Person.objects.filter(is_kith=True).count()) == (130, 30, 104)


def test_its_tree_was_another_one_last_year(company):
    names = [{unit.name for unit in tree_on(day).nodes.values()} for day in (date(2025, 6, 30), TODAY)]
    assert ("Quality control" in names[0], "Quality" in names[0]) == (True, False)
    assert ("Quality control" in names[1], "Quality" in names[1]) == (False, True)


def test_there_is_a_log_in_for_each_role_that_opens_the_home_page(company):
    assert [log_in.role for log_in in company] == [str(role.label) for role in Role]
    for log_in in company:
        browser = Client()
        assert browser.login(username=log_in.email, password=log_in.password)
        assert browser.get("/").status_code == 200


def test_four_people_are_found_twice(company):
    administrator = User.objects.get(email=company[0].email)
    assert len(duplicates_visible_to(administrator)) == 4


def test_it_is_not_loaded_over_a_company_that_is_there(company):
    with pytest.raises(Refused, match="62 units and 6 log-ins"):
        load_company()


def test_its_log_ins_are_found_again(company):
    assert log_ins() == company


def test_every_part_of_the_directory_has_something_to_show(company):
    counts = {model: model.objects.count() for model in (ServiceLink, Journey, Stakeholder, Need, Segment, Audience)}
    assert counts == {ServiceLink: 31, Journey: 2, Stakeholder: 10, Need: 5, Segment: 2, Audience: 2}
    assert all(size_of(segment) > 0 for segment in Segment.objects.all())


def test_every_service_and_touchpoint_says_what_it_is_and_every_relation_has_an_owner(company):
    silent = [thing.name for model in (Service, Touchpoint) for thing in model.objects.filter(description="")]
    unowned = [str(link) for link in ServiceLink.objects.exclude(roles__role="owner")]
    assert (silent, Service.objects.count(), unowned) == ([], 20, [])


def test_its_log_ins_live_where_the_company_does(company):
    assert set(User.objects.values_list("time_zone", flat=True)) == {"Europe/Berlin"}
