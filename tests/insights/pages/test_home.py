"""What the home page keeps is never another reader's, and holds no longer than all that it was made of."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from auditlog.registry import auditlog
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kithkin.directory.models import Touchpoint
from kithkin.directory.models.days import today
from kithkin.directory.services.erasure import erase_person
from kithkin.directory.services.organisation import rename_unit
from kithkin.directory.services.relations import end_relation
from kithkin.insights.asking.months import month_of, shifted
from kithkin.insights.models import Study, StudyKind
from kithkin.insights.services.releases import release_program
from kithkin.insights.tasks.studies import work_out_links
from kithkin.insights.wording import month_name
from kithkin.platform.kept import state_of_company
from kithkin.platform.models import AuditEntry, Role, RoleGrant, User
from kithkin.platform.registries.home import panels, waiting
from kithkin.platform.registries.state import states
from kithkin.platform.services.profile import change_profile
from kithkin.platform.services.users import give_role, take_role
from tests.cast import make_kith
from tests.directory.relations.making import serves
from tests.insights.listening import heard, inside, outside, said

LAST = shifted(month_of(today()), -1)


@pytest.fixture
def visited(visit):
    """The page, looked at before and now: what was kept is used where it still holds."""

    def page(name: str) -> str:
        return visit(name).get("/").content.decode()

    return page


@pytest.fixture
def customers(cast):
    """Asked at one touchpoint, with ten answers in each of two months."""
    made, place = outside(), Touchpoint.objects.create(name="Visit")
    heard(made, answers(place, shifted(LAST, -1), [0, 10]) + answers(place, LAST, [0, 10]))
    return made, place


def answers(place, month, scores, times=5):
    return [said(month, score, None, touchpoint=place.pk) for score in scores * times]


def test_a_second_look_asks_nothing_that_did_not_change(cast, visit, customers):
    serves(cast.it, cast.logistics, "tills")
    browser = visit("alice")
    first = browser.get("/").context["panels"]
    assert "tills" in "".join(first)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/").context["panels"] == first
    assert not [one for one in asked.captured_queries if "directory_servicelink" in one["sql"]]
    assert len(asked) <= 14


def test_what_changed_is_told_anew_after_a_load(cast, visited, customers):
    made, place = customers
    assert f"In {month_name(LAST)} no touchpoint moved beyond chance." in visited("anna")
    heard(made, answers(place, LAST, [10], times=200))
    assert f"In {month_name(LAST)}: " in visited("anna")


def test_an_erased_person_is_gone_at_once(cast, visited):
    kim = make_kith("Kim Customer")
    serves(cast.it, kim, "repairs")
    assert "Kim Customer" in visited("alice")
    erase_person(person=kim)
    assert "Kim Customer" not in visited("alice")


def test_a_unit_bears_its_new_name_and_an_ended_relation_is_gone_at_once(cast, visited):
    relation = serves(cast.it, cast.logistics, "tills")
    assert "Logistics" in visited("bob")
    rename_unit(unit=cast.logistics, name="Transport", on=today())
    assert "Transport" in visited("bob")
    end_relation(link=relation, last_day=today() - timedelta(days=1))
    assert "Transport" not in visited("bob")


def test_who_lost_their_role_reads_no_scores_at_once(cast, visited, customers):
    assert "What changed" in visited("anna")
    take_role(by=cast.alice, grant=RoleGrant.objects.get(user=cast.anna))
    assert "What changed" not in visited("anna")
    give_role(by=cast.alice, user=cast.anna, role=Role.ANALYST, scope_id=None)
    assert "What changed" in visited("anna")


def test_who_chose_another_language_reads_it_at_once(cast, visited, customers):
    assert "What changed" in visited("anna")
    change_profile(user=cast.anna, name="Anna", language="de", time_zone="")
    assert "What changed" not in visited("anna")


def test_what_is_kept_is_of_a_language_and_of_roles_even_where_no_trail_tells(cast, visited, customers):
    assert "What changed" in visited("anna")
    User.objects.filter(pk=cast.anna.pk).update(language="de")
    assert "Was sich verändert hat" in visited("anna")
    assert "What changed" not in visited("bob")
    RoleGrant.objects.bulk_create([RoleGrant(user=cast.bob, role=Role.ANALYST)])
    assert "What changed" in visited("bob")


def test_what_was_worked_out_or_released_anew_is_seen(cast):
    served = inside()
    heard(served, [said("2026-08", 4, cast.it.pk) for _ in range(12)], released=False)
    states_seen = [state_of_company()]
    release_program(served, today=today())
    states_seen.append(state_of_company())
    study = Study.objects.create(kind=StudyKind.CHAIN, about="1 f1", body={}, made_at=timezone.now())
    states_seen.append(state_of_company())
    Study.objects.filter(pk=study.pk).update(made_at=timezone.now())
    states_seen.append(state_of_company())
    assert len(set(states_seen)) == 4


def test_nobody_finds_what_was_made_for_another(cast, visited, customers):
    serves(cast.it, make_kith("Kim Customer"), "repairs")
    assert "Kim Customer" in visited("alice")
    assert "What changed" in visited("alice")
    assert "Kim Customer" not in visited("bob")
    assert "What changed" not in visited("bob")


def test_what_the_page_keeps_is_made_only_of_what_the_trail_or_a_state_follows(cast, visit, customers):
    serves(cast.it, cast.logistics, "tills")
    serves(cast.it, make_kith("Kim Customer"), "repairs")
    work_out_links()
    followed = {model._meta.db_table for model in auditlog.get_models()}
    followed |= {model._meta.db_table for state in states for model in state.models}
    only_counted = {"platform_factchange"}  # how much waits is told by the page of scores, and not here
    read: set[str] = set()
    for user in cast.users.values():
        request = RequestFactory().get("/")
        request.user = user
        with CaptureQueriesContext(connection) as asked:
            for panel in panels:
                panel.build(request)
            for source in waiting:
                if source.followed:
                    list(source.find(user))
        read |= {table for one in asked.captured_queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', one["sql"])}
    assert "directory_servicelink" in read
    assert read - followed - only_counted == set()


def test_a_change_that_is_seen_after_a_later_one_is_seen(cast):
    """On PostgreSQL, where its entry has the smaller number."""
    slow = AuditEntry.objects.order_by("pk").first()
    number = slow.pk
    slow.delete()
    before = state_of_company()
    slow.pk = number
    slow.save(force_insert=True)
    assert state_of_company() != before
