"""Users and roles, for those who administer."""

from __future__ import annotations

import threading

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client

from kithkin.platform.models import Event, Role, RoleGrant, User
from kithkin.platform.rules.users import BeyondReach, LastAdministrator
from kithkin.platform.services.users import give_role, switch_off, take_role
from tests.cast import make_cast, make_kin
from tests.platform.accounts.browser import log_in, said


def url(user: User, what: str = "") -> str:
    return f"/settings/users/{user.pk}/{what}"


def roles(user: User) -> set[tuple[str, int | None]]:
    return set(user.grants.values_list("role", "scope_id"))


def administers(user: User) -> RoleGrant:
    return RoleGrant.objects.get(user=user, role=Role.ADMINISTRATOR, scope_id=None)


@pytest.fixture
def ida(cast):
    """Ida administers IT and what is below, nothing else."""
    return make_kin("Ida", cast.it, grants=((Role.ADMINISTRATOR, cast.it),))


@pytest.fixture
def as_ida(ida):
    client = Client()
    client.force_login(ida, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_role_is_given_and_taken(cast, visit):
    alice = visit("alice")
    alice.post(url(cast.bob, "roles/give/"), {"role": "analyst", "over": str(cast.it.pk)})
    assert roles(cast.bob) == {("analyst", cast.it.pk)}
    alice.post(url(cast.bob, f"roles/{cast.bob.grants.get().pk}/take/"))
    assert roles(cast.bob) == set()
    kinds = [event.facts["given"] for event in Event.objects.filter(kind="platform.RolesChanged").order_by("id")]
    assert kinds == [True, False]


def test_giving_a_role_twice_is_giving_it_once(cast, visit):
    for _ in range(2):
        visit("alice").post(url(cast.bob, "roles/give/"), {"role": "analyst", "over": "all"})
    assert roles(cast.bob) == {("analyst", None)}


@pytest.mark.parametrize("nonsense", [{}, {"role": "king", "over": "all"}, {"role": "analyst", "over": "99999"}])
def test_a_role_that_does_not_exist_is_refused_at_the_form(cast, visit, nonsense):
    assert visit("alice").post(url(cast.bob, "roles/give/"), nonsense).status_code == 422
    assert roles(cast.bob) == set()


def test_who_administers_a_unit_reaches_those_with_a_role_there_and_no_others(cast, as_ida):
    page = said(as_ida.get("/settings/users/"))
    assert [name for name in cast.users if f"{name}@" in page] == ["dora", "gus"]
    assert as_ida.get(url(cast.gus)).status_code == 200
    assert as_ida.get(url(cast.bob)).status_code == 404
    assert as_ida.get(url(cast.donald)).status_code == 404


def test_who_administers_a_unit_gives_roles_only_in_it(cast, ida, as_ida):
    as_ida.post(url(cast.gus, "roles/give/"), {"role": "department_head", "over": str(cast.support.pk)})
    assert roles(cast.gus) == {("agent", cast.it.pk), ("department_head", cast.support.pk)}
    for over in ("all", str(cast.logistics.pk), str(cast.company.pk)):
        assert as_ida.post(url(cast.gus, "roles/give/"), {"role": "agent", "over": over}).status_code == 422
    with pytest.raises(BeyondReach):
        give_role(by=ida, user=cast.gus, role=Role.AGENT, scope_id=None)


def test_who_administers_a_unit_neither_sees_nor_takes_roles_elsewhere(cast, as_ida):
    elsewhere = RoleGrant.objects.create(user=cast.gus, role=Role.ANALYST, scope_id=cast.logistics.pk)
    page = said(as_ida.get(url(cast.gus)))
    assert "Analyst · Logistics" not in page
    assert as_ida.post(url(cast.gus, f"roles/{elsewhere.pk}/take/")).status_code == 422
    assert RoleGrant.objects.filter(pk=elsewhere.pk).exists()


@pytest.mark.parametrize("what", ["switch/", "log-out/", "second-factor/reset/"])
def test_who_administers_a_unit_has_no_power_over_the_log_in_itself(cast, as_ida, what):
    assert as_ida.post(url(cast.gus, what)).status_code == 403
    assert as_ida.post(url(cast.gus), {"name": "X", "language": "en", "time_zone": "UTC"}).status_code == 422
    assert User.objects.get(pk=cast.gus.pk).name == "Gus"


def test_the_grant_of_one_user_is_not_taken_through_the_page_of_another(cast, visit):
    grant = cast.gus.grants.get()
    assert visit("alice").post(url(cast.bob, f"roles/{grant.pk}/take/")).status_code == 404


def test_the_last_administrator_is_neither_demoted_nor_switched_off(cast, visit):
    alice = visit("alice")
    grant = administers(cast.alice)
    assert "nobody who administers" in said(alice.post(url(cast.alice, f"roles/{grant.pk}/take/")))
    assert "nobody who administers" in said(alice.post(url(cast.alice, "switch/")))
    cast.alice.refresh_from_db()
    assert (roles(cast.alice), cast.alice.is_active) == ({("administrator", None)}, True)


def test_an_administrator_who_may_not_log_in_does_not_count(cast):
    grant = RoleGrant.objects.create(user=cast.bob, role=Role.ADMINISTRATOR)
    switch_off(user=cast.bob)
    with pytest.raises(LastAdministrator):
        take_role(by=cast.alice, grant=administers(cast.alice))
    assert grant in RoleGrant.objects.all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["take", "switch"])
def test_two_administrators_who_demote_each_other_at_once_do_not_both_succeed(how):
    cast = make_cast()
    RoleGrant.objects.create(user=cast.bob, role=Role.ADMINISTRATOR)
    ready = threading.Barrier(2)
    refused = []

    def demote(by: User, user: User, grant: RoleGrant) -> None:
        ready.wait()
        try:
            if how == "take":
                take_role(by=by, grant=grant)
            else:
                switch_off(user=user)
        except (LastAdministrator, BeyondReach):  # whichever is seen first by who comes second
            refused.append(by.name)
        finally:
            connection.close()

    both = [
        threading.Thread(target=demote, args=(cast.alice, cast.bob, administers(cast.bob))),
        threading.Thread(target=demote, args=(cast.bob, cast.alice, administers(cast.alice))),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    left = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, scope_id=None, user__is_active=True)
    assert (len(refused), left.count()) == (1, 1)


def test_who_is_switched_off_is_out_at_once_and_comes_back_with_all_roles(cast, visit):
    gus = Client()
    log_in(gus, "gus@company.example")
    visit("alice").post(url(cast.gus, "switch/"), {"on": "no"})
    assert gus.get("/").status_code == 302
    visit("alice").post(url(cast.gus, "switch/"), {"on": "yes"})
    assert gus.get("/").status_code == 302
    assert log_in(Client(), "gus@company.example").status_code == 302
    assert roles(cast.gus) == {("agent", cast.it.pk)}


def test_logging_somebody_out_everywhere_ends_sessions_that_no_list_knows_of(cast, visit):
    listed, unlisted = visit("bob"), visit("bob")
    listed.get("/")
    visit("alice").post(url(cast.bob, "log-out/"))
    assert (listed.get("/").status_code, unlisted.get("/").status_code) == (302, 302)


def test_a_lost_factor_is_taken_away_and_the_trail_says_by_whom(cast, visit):
    Authenticator.objects.create(user=cast.bob, type="totp", data={"secret": "TOPSECRET"})
    visit("alice").post(url(cast.bob, "second-factor/reset/"))
    assert not Authenticator.objects.exists()
    page = said(visit("alice").get("/settings/audit/?action=2"))
    assert "Alice" in page
    assert "TOPSECRET" not in page


def test_an_administrator_changes_name_language_and_zone(cast, visit):
    visit("alice").post(url(cast.bob), {"name": "Robert", "language": "de", "time_zone": "Europe/Berlin"})
    cast.bob.refresh_from_db()
    assert (cast.bob.name, cast.bob.language, cast.bob.time_zone) == ("Robert", "de", "Europe/Berlin")


@pytest.mark.parametrize("nonsense", ["\x00", "Mars/Olympus", "x" * 1000, "../../etc/passwd"])
def test_a_zone_that_does_not_exist_is_refused_at_the_form(cast, visit, nonsense):
    page = visit("alice").post(url(cast.bob), {"name": "Bob", "language": "en", "time_zone": nonsense})
    assert page.status_code == 200
    assert User.objects.get(pk=cast.bob.pk).time_zone == "UTC"


def test_the_list_costs_the_same_for_few_and_for_fifty(cast, visit, django_assert_num_queries):
    alice = visit("alice")
    alice.get("/settings/users/?size=50")
    with django_assert_num_queries(8) as few:
        alice.get("/settings/users/?size=50")
    for number in range(50):
        make_kin(f"Kin{number}", cast.it, grants=((Role.AGENT, cast.support),))
    with django_assert_num_queries(len(few)):
        page = alice.get("/settings/users/?size=50")
    assert page.content.decode().count("<tr>") == 51
