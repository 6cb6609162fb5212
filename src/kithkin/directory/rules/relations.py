"""Who may write down who serves whom. Everybody logged in may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithkin.directory.models import ServiceLink
from kithkin.platform.access import holds, reach
from kithkin.platform.models import Role, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

WRITERS = (Role.PROGRAM_MANAGER,)
ENDS_WRITERS = (Role.PROGRAM_MANAGER, Role.DEPARTMENT_HEAD)


def can_edit_catalogue(user: User | AnonymousUser) -> bool:
    """Services, touchpoints, audiences and partners: administrators and program managers, from everywhere."""
    return reach(user, *WRITERS).everywhere


def can_add_relations(user: User | AnonymousUser) -> bool:
    """Administrators, program managers, and department heads for their own units."""
    return holds(user, *ENDS_WRITERS)


def can_write_between(user: User | AnonymousUser, *unit_ids: int | None) -> bool:
    """Whether the user writes relations of which one end is one of these units."""
    within = reach(user, *ENDS_WRITERS)
    return within.everywhere or any(unit_id in within.unit_ids for unit_id in unit_ids)


def can_change_relation(user: User | AnonymousUser, link: ServiceLink) -> bool:
    """Whoever may write relations of one of its ends."""
    return can_write_between(user, link.provider_unit_id, link.receiver_unit_id)
