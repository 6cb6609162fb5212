"""Who writes needs down and answers them."""

from __future__ import annotations

from kithkin.directory.models import Need, ServiceLink
from kithkin.directory.rules.relations import ENDS_WRITERS, can_change_relation
from kithkin.platform.access import holds, reach
from kithkin.platform.models import Role, User


def can_add_needs(user: User) -> bool:
    """Administrators and program managers; department heads of the relations of their units."""
    return holds(user, *ENDS_WRITERS)


def can_add_need_to(user: User, link: ServiceLink | None) -> bool:
    """A need of no relation is for those who write everywhere."""
    if link is None:
        return reach(user, Role.PROGRAM_MANAGER).everywhere
    return can_change_relation(user, link)


def can_change_need(user: User, need: Need) -> bool:
    """Whoever may write needs of its relation, and its owner."""
    return need.owner_id == user.pk or can_add_need_to(user, need.link)


def manages_needs(user: User) -> bool:
    """Who is told of needs that nobody owns."""
    return bool(reach(user, Role.PROGRAM_MANAGER))
