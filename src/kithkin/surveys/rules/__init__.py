"""Who sees programs, and who runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from kithkin.directory.models import Side
from kithkin.platform.access import Reach, holds, reach
from kithkin.platform.models import Role
from kithkin.surveys.models import Identity, Program

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from kithkin.platform.models import User

READERS = (Role.PROGRAM_MANAGER, Role.ANALYST, Role.DEPARTMENT_HEAD)


def can_see_programs(user: User | AnonymousUser) -> bool:
    """Administrators, program managers, analysts and heads of departments, wherever their role reaches."""
    return holds(user, *READERS)


def can_add_program(user: User | AnonymousUser) -> bool:
    """Administrators and program managers; over a part of the organisation, programs of that part."""
    return holds(user, Role.PROGRAM_MANAGER)


def can_run_program(user: User | AnonymousUser, program: Program) -> bool:
    """Those whose role as a manager reaches the unit that runs it."""
    return reach(user, Role.PROGRAM_MANAGER).covers(program.unit_id)


def can_import_responses(user: User | AnonymousUser) -> bool:
    """Administrators and program managers."""
    return can_add_program(user)


def lists_responses(program: Program) -> bool:
    """Whether its responses may be looked at one by one: only of people outside, who gave their name knowingly."""
    return program.side == Side.KITH and program.identity == Identity.IDENTIFIED and program.floor is None


def reading(user: User | AnonymousUser) -> Reach:
    """How far the user reads."""
    return reach(user, *READERS)


def run_within(within: Reach, path: str = "unit") -> Q:
    """Programs, by this path to the unit that runs them, of the units reached and of the whole company."""
    return Q() if within.everywhere else within.limit(path) | Q(**{f"{path}__isnull": True})
