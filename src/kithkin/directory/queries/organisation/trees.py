"""Trees of a day, and the history of all days: one statement each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import OuterRef, Subquery

from kithkin.directory.models import Succession, SuccessionKind, UnitPeriod
from kithkin.directory.models.days import on_day, today
from kithkin.directory.organisation.history import History, Period
from kithkin.directory.organisation.tree import Node, Tree
from kithkin.platform.acting import now_acting

_LOCK = 0x6B697468  # any number that is ours alone
_REMEMBERED = "directory.tree_of_today"


def tree_on(day: date) -> Tree:
    """The tree of that day, by one statement."""
    rows = (
        UnitPeriod.objects.filter(on_day(day))
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


@dataclass(frozen=True)
class Present:
    """The tree of today; and the same with closed units, each below what it went into or else where it stood last.

    What belonged to a closed unit, such as an account it looked after, is thus seen by whoever is over its heir.
    """

    tree: Tree
    with_closed: Tree


def present() -> Present:
    """The organisation of today, read by one statement once per request, and again after a change within it."""
    memory = now_acting().memory
    known = memory.get(_REMEMBERED)
    if not isinstance(known, Present):
        known = _present(today())
        memory.remember(_REMEMBERED, known)
    return known


def _present(day: date) -> Present:
    merged = Succession.objects.filter(predecessor=OuterRef("unit"), kind=SuccessionKind.MERGE, on__lte=day)
    rows = (
        UnitPeriod.objects.filter(since__lte=day)
        .annotate(heir=Subquery(merged.order_by("-on", "-pk").values("successor")[:1]))
        .order_by("unit_id", "since")
        .values_list("until", "heir", "unit_id", "name", "kind", "parent_id", "unit__code")
    )
    latest = {row[2]: row for row in rows}
    still, closed = [], []
    for until, heir, unit, name, kind, parent, code in latest.values():
        if until is None or until > day:
            still.append(Node(unit, name, kind, parent, code))
        else:
            closed.append(Node(unit, name, kind, heir or parent, code))
    return Present(Tree.build(day, still), Tree.build(day, [*still, *closed]))


def tree_of_today() -> Tree:
    """The tree of today: see `present`."""
    return present().tree


def tree_of(day: date) -> Tree:
    """The tree of a day: that of today is read once per request."""
    return tree_of_today() if day == today() else tree_on(day)


def forget_tree_of_today() -> None:
    """Called after every change of a period."""
    now_acting().memory.forget(_REMEMBERED)


class OrganisationScopes:
    """What the platform asks: over what a role may be given, and what lies below it today."""

    def below(self, scope_ids: Collection[int]) -> frozenset[int]:
        """These units and all below them today, with what closed units left behind."""
        return present().with_closed.below(scope_ids)

    def names(self) -> Mapping[int, str]:
        """Every unit of today with its name, in the order of the tree."""
        return {node.id: node.name for node, _ in tree_of_today().depth_first()}
