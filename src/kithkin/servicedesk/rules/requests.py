"""Requests are seen by those who ask, by those who work on them, and by whoever looks after the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithkin.platform.access import holds, reach
from kithkin.platform.models import Role, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

STAFF = (Role.PROGRAM_MANAGER, Role.ANALYST, Role.DEPARTMENT_HEAD, Role.AGENT)


def works_on_requests(user: User | AnonymousUser) -> bool:
    """Agents, heads, analysts and program managers, of the whole or of a part."""
    return holds(user, *STAFF)


def can_change_queues(user: User | AnonymousUser) -> bool:
    """Administrators and program managers, from everywhere."""
    return reach(user, Role.PROGRAM_MANAGER).everywhere


def can_record_requests(user: User | AnonymousUser) -> bool:
    """Whoever may bring requests of any department in: the same."""
    return can_change_queues(user)
