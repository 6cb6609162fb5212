"""How far roles reach."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from kithkin.directory.models import Membership
from kithkin.platform.access import Reach, allowed, anybody, holds, is_administrator, reach, users_with
from kithkin.platform.models import Role, RoleGrant, User
from tests.cast import make_kin

EVERYWHERE = Reach(everywhere=True, unit_ids=frozenset())
NOWHERE = Reach(everywhere=False, unit_ids=frozenset())


def over(*units) -> Reach:
    return Reach(everywhere=False, unit_ids=frozenset(unit.pk for unit in units))


def test_a_role_everywhere_reaches_everywhere(cast):
    assert reach(cast.anna, Role.ANALYST) == EVERYWHERE


def test_a_role_over_a_unit_reaches_what_lies_below_it(cast):
    assert reach(cast.dora, Role.DEPARTMENT_HEAD) == over(cast.it, cast.support)
    assert reach(cast.donald, Role.DEPARTMENT_HEAD) == over(cast.logistics)


def test_another_role_reaches_nowhere(cast):
    assert reach(cast.dora, Role.ANALYST) == NOWHERE
    assert not holds(cast.dora, Role.ANALYST, Role.AGENT)


def test_several_roles_reach_as_far_as_all_of_them(cast):
    RoleGrant.objects.create(user=cast.dora, role=Role.ANALYST, scope_id=cast.logistics.pk)
    assert reach(cast.dora, Role.ANALYST, Role.DEPARTMENT_HEAD) == over(cast.it, cast.support, cast.logistics)


def test_who_administers_everything_holds_every_role_everywhere(cast):
    assert {reach(cast.alice, role) for role in Role} == {EVERYWHERE}


def test_who_administers_a_unit_holds_every_role_there_and_administers_nothing_else(cast):
    ida = make_kin("Ida", cast.it, grants=((Role.ADMINISTRATOR, cast.it),))
    assert {reach(ida, role) for role in Role} == {over(cast.it, cast.support)}
    assert not is_administrator(ida)


def test_what_belongs_to_no_unit_is_reached_only_from_everywhere(cast):
    assert EVERYWHERE.covers(None)
    assert not over(cast.it).covers(None)
    assert over(cast.it).covers(cast.it.pk)
    assert not over(cast.it).covers(cast.logistics.pk)


@pytest.mark.parametrize(("name", "found"), [("anna", {"Alice", "Gus", "Charlie"}), ("dora", {"Gus"}), ("bob", set())])
def test_rows_are_limited_to_what_is_reached(cast, name, found):
    rows = Membership.objects.filter(person__name__in=["Alice", "Gus", "Charlie"])
    limit = reach(cast.users[name], Role.ANALYST, Role.DEPARTMENT_HEAD).limit("unit")
    assert set(rows.filter(limit).values_list("person__name", flat=True)) == found


def test_who_may_not_log_in_reaches_nowhere(cast):
    cast.alice.is_active = False
    assert reach(cast.alice, Role.ADMINISTRATOR) == NOWHERE
    assert not anybody(cast.alice)


def test_who_is_unknown_reaches_nowhere():
    assert reach(AnonymousUser(), Role.ADMINISTRATOR) == NOWHERE
    assert not anybody(AnonymousUser())


def test_grants_are_read_once_for_one_request_and_anew_for_the_next(cast, django_assert_num_queries):
    first = User.objects.get(pk=cast.anna.pk)
    with django_assert_num_queries(1):
        assert (holds(first, Role.ANALYST), holds(first, Role.AGENT), is_administrator(first)) == (True, False, False)
    RoleGrant.objects.filter(user=cast.anna).delete()
    assert not holds(User.objects.get(pk=cast.anna.pk), Role.ANALYST)


def test_a_role_that_is_taken_is_gone_at_the_next_request(cast, visit):
    alice = visit("alice")
    assert alice.get("/settings/audit/").status_code == 200
    RoleGrant.objects.filter(user=cast.alice).delete()
    assert alice.get("/settings/audit/").status_code == 403


def test_users_with_a_role_over_a_unit_are_those_there_and_those_from_everywhere(cast):
    RoleGrant.objects.create(user=cast.bob, role=Role.AGENT)
    off = make_kin("Otto", cast.it, grants=((Role.AGENT, cast.it),))
    User.objects.filter(pk=off.pk).update(is_active=False)
    assert set(users_with(Role.AGENT, [cast.it.pk])) == {cast.gus, cast.bob}
    assert set(users_with(Role.AGENT, [cast.logistics.pk])) == {cast.bob}
    assert set(users_with(Role.AGENT)) == {cast.bob}


def test_a_view_sends_the_unknown_to_log_in_and_refuses_those_who_may_not(cast):
    view = allowed(is_administrator)(lambda _request: HttpResponse("in"))
    request = RequestFactory().get("/x/")
    request.user = AnonymousUser()
    assert view(request).url == "/log-in/login/?next=/x/"
    request.user = cast.bob
    with pytest.raises(PermissionDenied):
        view(request)
    request.user = cast.alice
    assert view(request).content == b"in"
