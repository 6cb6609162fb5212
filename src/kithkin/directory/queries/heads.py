"""Who stands for a unit."""

from __future__ import annotations

from django.db.models import Q

from kithkin.directory.queries.organisation.trees import tree_of_today
from kithkin.platform.models import Role, RoleGrant, User

_RANKS = (Role.DEPARTMENT_HEAD, Role.PROGRAM_MANAGER, Role.ADMINISTRATOR)


def heads_of(unit_id: int) -> list[User]:
    """Its heads; where it has none, those of the nearest unit above that has; else the program managers over it, the
    nearest again; else its administrators. Only who may log in counts.
    """
    tree = tree_of_today()
    above = [node.id for node in reversed(tree.path(unit_id))] if unit_id in tree.nodes else [unit_id]
    over = Q(scope_id__in=above) | Q(scope_id__isnull=True)
    grants = RoleGrant.objects.filter(over, role__in=_RANKS, user__is_active=True).select_related("user").order_by("pk")
    held = list(grants)
    for role in _RANKS:
        for scope in (*above, None):
            found = [grant.user for grant in held if (grant.role, grant.scope_id) == (role, scope)]
            if found:
                return found
    return []
