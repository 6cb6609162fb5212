"""The fixed cast, the same in every test: who they are, and what they may.

Alice administers. Percy manages programs, Anna analyses, both everywhere. Dora heads the IT department, Donald heads
Logistics. Gus is an agent in IT. Bob works in IT, Charlie in Logistics: employees without any grant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kithkin.directory.models import Membership, Person, Unit, UnitKind, UnitPeriod
from kithkin.platform.models import Role, RoleGrant, User

LONG_AGO = date(2020, 1, 1)
PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Cast:
    """Everybody, by name, and the units they work in: Company above IT and Logistics, Support below IT."""

    alice: User
    percy: User
    anna: User
    dora: User
    donald: User
    gus: User
    bob: User
    charlie: User
    company: Unit
    it: Unit
    support: Unit
    logistics: Unit

    @property
    def users(self) -> dict[str, User]:
        """The log-ins by name."""
        names = ("alice", "percy", "anna", "dora", "donald", "gus", "bob", "charlie")
        return {name: getattr(self, name) for name in names}


def make_unit(
    name: str, parent: Unit | None = None, *, kind: str = UnitKind.DEPARTMENT, since: date = LONG_AGO
) -> Unit:
    """A unit that has been there since long ago."""
    unit = Unit.objects.create(name=name, code=name.upper())
    UnitPeriod.objects.create(unit=unit, name=name, kind=kind, parent=parent, since=since)
    return unit


def make_kin(name: str, unit: Unit, *, grants: tuple[tuple[Role, Unit | None], ...] = ()) -> User:
    """Somebody who works in the unit and may log in, with these grants."""
    email = f"{name.lower()}@company.example"
    user = User.objects.create_user(email, PASSWORD, name=name)
    person = Person.objects.create(name=name, email=email, is_kin=True, user=user)
    Membership.objects.create(person=person, unit=unit, since=LONG_AGO)
    for role, over in grants:
        RoleGrant.objects.create(user=user, role=role, scope_id=over.pk if over else None)
    return user


def make_kith(name: str, **fields: object) -> Person:
    """A customer."""
    return Person.objects.create(
        name=name, email=f"{name.lower().replace(' ', '.')}@customer.example", is_kith=True, **fields
    )


def make_cast() -> Cast:
    """Everybody, fresh."""
    company = make_unit("Company", kind=UnitKind.DIVISION)
    it, logistics = make_unit("IT", company), make_unit("Logistics", company)
    support = make_unit("Support", it, kind=UnitKind.TEAM)
    return Cast(
        alice=make_kin("Alice", company, grants=((Role.ADMINISTRATOR, None),)),
        percy=make_kin("Percy", company, grants=((Role.PROGRAM_MANAGER, None),)),
        anna=make_kin("Anna", company, grants=((Role.ANALYST, None),)),
        dora=make_kin("Dora", it, grants=((Role.DEPARTMENT_HEAD, it),)),
        donald=make_kin("Donald", logistics, grants=((Role.DEPARTMENT_HEAD, logistics),)),
        gus=make_kin("Gus", it, grants=((Role.AGENT, it),)),
        bob=make_kin("Bob", it),
        charlie=make_kin("Charlie", logistics),
        company=company,
        it=it,
        support=support,
        logistics=logistics,
    )
