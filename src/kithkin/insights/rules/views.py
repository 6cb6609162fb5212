"""Whose views are whose: kept by one, seen by those it is shared with, shared as far as one reaches."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models import Membership, Unit
from kithkin.directory.models.days import on_day, today
from kithkin.directory.queries.organisation import tree_of_today
from kithkin.insights.rules.reaching import reads
from kithkin.platform.models import User

PAGES = {
    "scores": _("Scores"),
    "drivers": _("Drivers"),
    "weak_link": _("Weak link"),
    "chain": _("Chain"),
    "figures": _("Figures"),
}


def may_share_with(user: User, unit: Unit | None, *, everybody: bool) -> bool:
    """A unit that one's role reaches; everybody only where it reaches everywhere; nobody always."""
    over = reads(user)
    if everybody:
        return over.everywhere
    return unit is None or over.covers(unit.pk)


def seen_by(user: User) -> Q:
    """Of saved views: the user's own, those for everybody, and those for a unit that is theirs or that they reach."""
    over, tree = reads(user), tree_of_today()
    mine = Membership.objects.filter(on_day(today()), person__user=user).values_list("unit", flat=True)
    above = {node.id for unit in mine for node in tree.path(unit)}
    shared = Q(shared_with__isnull=False) if over.everywhere else Q(shared_with__in=above | over.unit_ids)
    return Q(owner=user) | Q(shared_with_all=True) | shared
