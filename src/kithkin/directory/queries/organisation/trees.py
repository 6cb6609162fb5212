"""Trees of a day, and the history of all days: one statement each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db import connection
from django.db.models import Q

from kithkin.directory.models import UnitPeriod
from kithkin.directory.organisation.history import History, Period
from kithkin.directory.organisation.tree import Node, Tree
from kithkin.directory.queries.dates import today
from kithkin.platform.acting import now_acting

_LOCK = 0x6B697468  # any number that is ours alone
_REMEMBERED = "directory.tree_of_today"


def tree_on(day: date) -> Tree:
    """The tree of that day, by one statement."""
    rows = (
        UnitPeriod.objects.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)
        .order_by("unit_id", "since")
        .values_list("unit_id", "name", "kind", "parent_id", "unit__code")
    )
    return Tree.build(day, (Node(*row) for row in rows))


def whole_history() -> History:
    """Every unit through all time, by one statement."""
    rows = UnitPeriod.objects.order_by("unit_id", "since")
    return History.of(
        Period(*row) for row in rows.values_list("unit_id", "name", "kind", "parent_id", "since", "until")
    )


def hold_still() -> None:
    """Let nobody else change the organisation until the caller's transaction ends: a move here may forbid one there.

    SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def tree_of_today() -> Tree:
    """The tree of today, read once per request; a change within the request makes it be read again."""
    memory = now_acting().memory
    known = memory.get(_REMEMBERED)
    if isinstance(known, Tree):
        return known
    tree = tree_on(today())
    memory.remember(_REMEMBERED, tree)
    return tree


def forget_tree_of_today() -> None:
    """Called after every change of a period."""
    now_acting().memory.forget(_REMEMBERED)


class OrganisationScopes:
    """What the platform asks: over what a role may be given, and what lies below it today."""

    def below(self, scope_ids: Collection[int]) -> frozenset[int]:
        """These units and all below them today."""
        return tree_of_today().below(scope_ids)

    def names(self) -> Mapping[int, str]:
        """Every unit of today with its name, in the order of the tree."""
        return {node.id: node.name for node, _ in tree_of_today().depth_first()}
