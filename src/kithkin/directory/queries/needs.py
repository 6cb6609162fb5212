"""Needs: who sees which, and what is known about them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kithkin.directory.models import Need
from kithkin.directory.queries.own import own_unit_ids
from kithkin.platform.access import reach
from kithkin.platform.models import Role, User

READERS = (Role.PROGRAM_MANAGER, Role.ANALYST)
HEADS = (Role.DEPARTMENT_HEAD,)


def needs_visible_to(user: User) -> QuerySet[Need]:
    """All for those who work with scores; else one's own, and those of the relations of one's units."""
    needs = Need.objects.all()
    if reach(user, *READERS):
        return needs
    heads = reach(user, *HEADS)
    if heads.everywhere:
        return needs
    units = {*own_unit_ids(user), *heads.unit_ids}
    return needs.filter(
        Q(owner=user)
        | Q(link__provider_unit__in=units)
        | Q(link__receiver_unit__in=units)
        | Q(link__receiver_person__user=user)
    )
