"""One log-in for each role, tied to people of the simulated company."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from kithkin.demo.loading.organisation import Units
from kithkin.demo.loading.people import People
from kithkin.demo.roster.organisation import TIME_ZONE
from kithkin.demo.roster.staff import DOMAIN, PASSWORD
from kithkin.directory.models import Person
from kithkin.platform.models import Role, RoleGrant, User


@dataclass(frozen=True)
class LogIn:
    """Who can come in, and as what."""

    role: str
    name: str
    email: str
    password: str


@transaction.atomic
def make_log_ins(staff: People, units: Units) -> list[LogIn]:
    """Administrator, program manager, analyst, department head, agent, employee; the last three in IT and a branch."""
    heads = {title: _titled(staff, title) for title in ("Head of Quality", "Head of Marketing", "Head of IT")}
    chosen = (
        (Role.ADMINISTRATOR, _titled(staff, "Managing director"), None),
        (Role.PROGRAM_MANAGER, heads["Head of Marketing"], None),
        (Role.ANALYST, heads["Head of Quality"], None),
        (Role.DEPARTMENT_HEAD, heads["Head of IT"], "IT"),
        (Role.AGENT, _titled(staff, "Support engineer"), "IT"),
        (Role.EMPLOYEE, _titled(staff, "Sales assistant"), None),
    )
    return [_log_in(role, person, units[code].pk if code else None) for role, person, code in chosen]


def _titled(staff: People, title: str) -> Person:
    return next(person for person in staff.values() if person.memberships.filter(title=title).exists())


def _log_in(role: Role, person: Person, scope_id: int | None) -> LogIn:
    email = address(role)
    user = User.objects.create_user(email, PASSWORD, name=person.name, language="en", time_zone=TIME_ZONE)
    if role != Role.EMPLOYEE:
        RoleGrant.objects.create(user=user, role=role, scope_id=scope_id)
    person.user = user
    person.save(update_fields=["user"])
    return LogIn(str(role.label), person.name, email, PASSWORD)


def log_ins() -> list[LogIn]:
    """Those of a company that was loaded before, with the password they began with."""
    users = {user.email: user for user in User.objects.filter(email__in=[address(role) for role in Role])}
    return [
        LogIn(str(role.label), users[address(role)].name, address(role), PASSWORD)
        for role in Role
        if address(role) in users
    ]


def address(role: Role) -> str:
    """The e-mail address of the log-in for a role."""
    return f"{role.value.replace('_', '.')}@{DOMAIN}"
