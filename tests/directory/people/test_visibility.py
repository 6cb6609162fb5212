"""Who sees whom: the queries against a naive reading of the rule, on random small worlds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kithkin.directory.models import Account, AttributeDefinition, Membership, Person, Sensitivity, Tie, Unit
from kithkin.directory.queries import people as asked
from kithkin.directory.queries.accounts import accounts_visible_to
from kithkin.directory.queries.people import people_visible_to, profile_ids, profiles_visible_to
from kithkin.directory.rules.accounts import can_add_account, can_edit_account, can_see_accounts
from kithkin.directory.rules.attributes import can_change_attribute, can_define_attributes
from kithkin.directory.rules.people import (
    COLLEAGUE_FIELDS,
    PROFILE_FIELDS,
    can_add_into,
    can_add_person,
    can_edit_person,
    sight,
)
from kithkin.platform.models import Role, RoleGrant, User
from kithkin.platform.registries.scopes import scopes
from tests.cast import make_kith, make_unit

UNITS, ACCOUNTS, PEOPLE = 3, 2, 4
units, who = st.integers(0, UNITS - 1), st.integers(0, PEOPLE - 1)
spans = st.tuples(st.integers(-2, 1), st.none() | st.integers(0, 2)).filter(
    lambda span: span[1] is None or span[1] > span[0]
)
"""Days from today: since, and until (the first day on which it holds no longer)."""


@dataclass(frozen=True)
class World:
    parents: list[int | None]
    account_units: list[int | None]
    merged: list[int]
    memberships: list[tuple[int, int, tuple[int, int | None]]]
    ties: list[tuple[int, int, tuple[int, int | None]]]
    grants: list[tuple[Role, int | None]]
    reader: int | None
    """Which person the user is, if any."""


worlds = st.builds(
    World,
    parents=st.tuples(st.none(), st.just(0) | st.none(), st.sampled_from([None, 0, 1])).map(list),
    account_units=st.lists(st.none() | units, min_size=ACCOUNTS, max_size=ACCOUNTS),
    merged=st.lists(st.integers(1, PEOPLE - 1), max_size=1),
    memberships=st.lists(
        st.tuples(st.integers(0, PEOPLE - 1), units, spans),
        max_size=6,
        unique_by=lambda one: (one[0], one[1], one[2][0]),
    ),
    ties=st.lists(
        st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, ACCOUNTS - 1), spans),
        max_size=4,
        unique_by=lambda one: one[:2],
    ),
    grants=st.lists(
        st.tuples(st.sampled_from(list(Role)), st.none() | units | units), max_size=2, unique_by=lambda one: one
    ),
    reader=st.none() | st.integers(0, PEOPLE - 1),
)


@dataclass(frozen=True)
class Made:
    user: User
    units: list[Unit]
    accounts: list[Account]
    people: list[Person]


def make(world: World) -> Made:
    today = timezone.localdate()
    made: list[Unit] = []
    for number, parent in enumerate(world.parents):
        made.append(make_unit(f"Unit {number}", made[parent] if parent is not None else None))
    accounts = [
        Account.objects.create(name=f"Account {number}", unit=None if at is None else made[at])
        for number, at in enumerate(world.account_units)
    ]
    user = User.objects.create_user("reader@company.example", name="Reader")
    people: list[Person] = []
    for number in range(PEOPLE):
        people.append(
            Person.objects.create(
                name=f"Person {number}",
                user=user if number == world.reader else None,
                merged_into=people[0] if number in world.merged else None,
            )
        )
    for person, unit, (since, until) in world.memberships:
        Membership.objects.create(person=people[person], unit=made[unit], **days(today, since, until))
    for person, account, (since, until) in world.ties:
        Tie.objects.create(person=people[person], account=accounts[account], kind="buyer", **days(today, since, until))
    for role, over in world.grants:
        RoleGrant.objects.create(user=user, role=role, scope_id=None if over is None else made[over].pk)
    return Made(user, made, accounts, people)


def days(today: date, since: int, until: int | None) -> dict[str, date | None]:
    return {
        "since": today + timedelta(days=since),
        "until": None if until is None else today + timedelta(days=until),
    }


class Twin:
    """The rule as one would read it aloud, on the world itself rather than on rows."""

    def __init__(self, world: World, made: Made) -> None:
        self.world = world
        position = {unit.pk: number for number, unit in enumerate(made.units)}
        self.below = [{position[pk] for pk in scopes().below([unit.pk])} for unit in made.units]

    def reach(self, *roles: Role) -> set[int] | None:
        """Unit numbers, or None for everywhere."""
        found: set[int] = set()
        for role, over in self.world.grants:
            if role in roles or role == Role.ADMINISTRATOR:
                if over is None:
                    return None
                found |= self.below[over]
        return found

    @staticmethod
    def now(span: tuple[int, int | None]) -> bool:
        return span[0] <= 0 and (span[1] is None or span[1] > 0)

    def works_in(self, person: int) -> set[int]:
        return {unit for who, unit, span in self.world.memberships if who == person and self.now(span)}

    def places(self, person: int) -> set[int]:
        tied = {account for who, account, span in self.world.ties if who == person and self.now(span)}
        looked_after = {self.world.account_units[account] for account in tied}
        return self.works_in(person) | {unit for unit in looked_after if unit is not None}

    def covered(self, person: int, *roles: Role) -> bool:
        reached = self.reach(*roles)
        return reached is None or bool(reached & self.places(person))

    def profile(self, person: int) -> bool:
        return person not in self.world.merged and (
            person == self.world.reader
            or self.covered(person, Role.PROGRAM_MANAGER, Role.ANALYST, Role.DEPARTMENT_HEAD, Role.AGENT)
        )

    def seen(self, person: int) -> bool:
        reader = self.world.reader
        if person in self.world.merged:
            return False
        colleague = (
            reader is not None
            and reader not in self.world.merged
            and bool(self.works_in(person) & self.works_in(reader))
        )
        return colleague or self.profile(person)

    def account(self, number: int) -> bool:
        reached = self.reach(Role.PROGRAM_MANAGER, Role.ANALYST, Role.DEPARTMENT_HEAD, Role.AGENT)
        return reached is None or self.world.account_units[number] in reached


def numbers(rows, among) -> set[int]:
    found = set(rows.values_list("pk", flat=True))
    return {number for number, one in enumerate(among) if one.pk in found}


@pytest.mark.parametrize("many", [asked.MANY, 0], ids=["looked up", "tested one by one"])
@pytest.mark.django_db
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds)
def test_queries_and_rules_say_what_the_naive_reading_says(many: int, monkeypatch, world: World):
    monkeypatch.setattr(asked, "MANY", many)
    with transaction.atomic():
        made = make(world)
        twin, everybody = Twin(world, made), range(PEOPLE)
        assert numbers(people_visible_to(made.user), made.people) == {one for one in everybody if twin.seen(one)}
        assert numbers(profiles_visible_to(made.user), made.people) == {one for one in everybody if twin.profile(one)}
        assert numbers(accounts_visible_to(made.user), made.accounts) == {
            one for one in range(ACCOUNTS) if twin.account(one)
        }
        present = [made.people[one].pk for one in everybody if one not in world.merged]
        assert profile_ids(made.user, present) == {made.people[one].pk for one in everybody if twin.profile(one)}
        for one in set(everybody) - set(world.merged):
            found = sight(made.user, made.people[one])
            assert found.profile == twin.profile(one)
            assert found.edit == twin.covered(one, Role.PROGRAM_MANAGER)
            assert found.levels == {
                level
                for level, shown in (
                    ("open", twin.profile(one)),
                    ("restricted", twin.covered(one, Role.PROGRAM_MANAGER, Role.ANALYST)),
                    ("sensitive", twin.covered(one, Role.ADMINISTRATOR)),
                )
                if shown
            }
        transaction.set_rollback(True)


@pytest.mark.parametrize(("name", "statements"), [("alice", 3), ("anna", 3), ("dora", 3), ("bob", 2)])
def test_each_question_is_one_statement_at_most(name, statements, cast, django_assert_num_queries):
    """Besides, for a reach over a part, one small count of how much that is, once in a request."""
    user = cast.users[name]
    questions = [ask(user) for ask in (people_visible_to, profiles_visible_to, accounts_visible_to)]
    with django_assert_num_queries(statements):
        for rows in questions:
            list(rows)


def names(rows) -> list[str]:
    return sorted(row.name for row in rows)


def test_dora_sees_it_and_the_kith_of_accounts_that_it_looks_after(cast):
    ours = Account.objects.create(name="Ours", unit=cast.it)
    theirs = Account.objects.create(name="Theirs", unit=cast.logistics)
    for who, account in (("Kim", ours), ("Lee", theirs)):
        Tie.objects.create(person=make_kith(who), account=account, kind="buyer")
    make_kith("Nobody's")
    assert names(people_visible_to(cast.dora)) == ["Bob", "Dora", "Gus", "Kim"]
    assert names(accounts_visible_to(cast.dora)) == ["Ours"]


def test_an_employee_sees_colleagues_without_their_profiles(cast):
    assert names(people_visible_to(cast.bob)) == ["Bob", "Dora", "Gus"]
    assert names(profiles_visible_to(cast.bob)) == ["Bob"]
    assert names(accounts_visible_to(cast.bob)) == []
    dora, bob = cast.dora.person, cast.bob.person
    assert sight(cast.bob, dora).fields == COLLEAGUE_FIELDS == {"name", "title", "unit", "email"}
    assert sight(cast.bob, bob).fields == PROFILE_FIELDS


def test_nobody_is_seen_by_somebody_unknown_or_locked_out(cast):
    cast.alice.is_active = False
    assert list(people_visible_to(AnonymousUser())) == list(people_visible_to(cast.alice)) == []
    assert list(accounts_visible_to(AnonymousUser())) == list(accounts_visible_to(cast.alice)) == []


def test_a_manager_of_a_part_writes_into_that_part_only(cast):
    RoleGrant.objects.create(user=cast.bob, role=Role.PROGRAM_MANAGER, scope_id=cast.it.pk)
    assert can_add_person(cast.bob)
    assert can_add_account(cast.bob)
    assert [can_add_into(cast.bob, units) for units in ([], [cast.it.pk], [cast.logistics.pk])] == [False, True, False]
    assert can_add_into(cast.percy, [])
    assert (can_edit_person(cast.bob, cast.gus.person), can_edit_person(cast.bob, cast.charlie.person)) == (True, False)
    assert [can_edit_account(cast.bob, Account(unit=unit)) for unit in (cast.it, cast.logistics, None)] == [
        True,
        False,
        False,
    ]
    assert (can_define_attributes(cast.bob), can_define_attributes(cast.percy)) == (False, True)


def test_accounts_are_open_to_those_who_work_with_kith(cast):
    assert {name for name, user in cast.users.items() if can_see_accounts(user)} == {
        "alice",
        "percy",
        "anna",
        "dora",
        "donald",
        "gus",
    }


def test_attributes_are_seen_by_their_sensitivity(cast):
    bob = cast.bob.person
    seers = {
        level: {name for name, user in cast.users.items() if level in sight(user, bob).levels}
        for level in Sensitivity.values
    }
    assert seers == {
        "open": {"alice", "percy", "anna", "dora", "gus", "bob"},
        "restricted": {"alice", "percy", "anna"},
        "sensitive": {"alice"},
    }


def test_who_may_not_read_a_sensitive_attribute_may_not_open_it(cast):
    secret = AttributeDefinition(sensitivity=Sensitivity.SENSITIVE)
    assert (can_change_attribute(cast.percy, secret), can_change_attribute(cast.alice, secret)) == (False, True)
    assert can_change_attribute(cast.percy, AttributeDefinition(sensitivity=Sensitivity.RESTRICTED))
