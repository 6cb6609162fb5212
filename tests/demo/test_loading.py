"""The simulated company in an installation, through the services that people use."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest
from django.db import transaction
from django.db.models import Count
from django.test import Client

from kithkin.analysis import metrics
from kithkin.demo import mark
from kithkin.demo.loading import load_company, log_ins
from kithkin.demo.loading.company import Refused, company_of
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
from kithkin.insights.models import Outcome
from kithkin.platform.models import FactChange, Role, User
from kithkin.servicedesk.models import Request
from kithkin.surveys.models import Response

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


@pytest.fixture
def truth(company):
    assert company
    begun = mark.read()
    assert begun is not None
    return company_of(begun)


@pytest.mark.usefixtures("company")
class TestRooms:
    """What the rooms hold adds up to what the simulation says was measured."""

    def test_nps_of_every_branch_and_month(self, truth):
        scores = defaultdict(list)
        for unit, at, answers in _answers("Customers of Harbour Street").values_list("unit__name", "at", "answers"):
            scores[unit, f"{at:%Y-%m}"].append(answers["recommend"])
        assert {key: (round(metrics.nps(told).value, 3), len(told)) for key, told in scores.items()} == {
            (row["unit"], row["period"]): (row["score"], row["n"]) for row in truth.outcomes.to_pylist()
        }

    def test_score_of_every_relation_in_every_branch_and_month(self, truth):
        scores = defaultdict(list)
        names = ("link__service__name", "link__receiver_unit__name", "unit__name", "at", "answers")
        for service, receiver, unit, at, answers in _answers("Who serves us").values_list(*names):
            scores[service, receiver, unit, f"{at:%Y-%m}"].append(answers["service"])
        assert {key: (round(10 * sum(told) / len(told), 3), len(told)) for key, told in scores.items()} == {
            (row["service"], row["receiver"], row["unit"], row["period"]): (row["score"], row["n"])
            for row in truth.links.to_pylist()
        }

    def test_attainment_of_every_relation_in_every_branch_and_month(self, truth):
        kept = defaultdict(list)
        names = ("link__service__name", "link__receiver_unit__name", "unit__name", "opened_at", "kept")
        for service, receiver, unit, at, well in Request.objects.values_list(*names):
            kept[service, receiver, unit, f"{at:%Y-%m}"].append(well)
        assert {key: (round(sum(told) / len(told), 4), len(told)) for key, told in kept.items()} == {
            (row["service"], row["receiver"], row["unit"], row["period"]): (row["attainment"], row["requests"])
            for row in truth.links.to_pylist()
            if row["requests"]
        }

    def test_figures_of_every_branch_and_month(self):
        told = dict(Outcome.objects.values_list("measure__name").annotate(Count("pk")))
        assert told == dict.fromkeys(("Revenue", "Customers who stay", "Calls to complain"), 5 * 4)

    def test_the_warehouse_lags_behind_in_nothing(self):
        assert FactChange.objects.count() == 0

    def test_some_answers_are_of_customers_who_are_known(self):
        known = _answers("Customers of Harbour Street").filter(person__isnull=False)
        assert 0 < known.count() < 100
        assert known.exclude(person__is_kith=True).count() == 0


def _answers(program: str):
    return Response.objects.filter(program__name=program)
