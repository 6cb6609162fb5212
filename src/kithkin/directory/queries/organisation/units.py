"""One unit, for its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from kithkin.directory.models import Membership, Succession, Unit, UnitChange, UnitPeriod
from kithkin.directory.models.days import on_day
from kithkin.directory.organisation.history import History, Period
from kithkin.directory.organisation.moments import UnitMoment, unit_moments
from kithkin.directory.queries.people import people_visible_to
from kithkin.platform.models import User

MOST_MEMBERS = 60
MOST_PLANS = 20
LATEST_CHANGES = 2


@dataclass(frozen=True)
class Members:
    """Who works in a unit on a day, as far as the reader may see them."""

    count: int
    shown: Sequence[Membership]
    heads: Sequence[Membership]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown) - len(self.heads)


def members_of(unit: Unit, day: date, user: User) -> Members:
    """The heads are those to whom others of the unit report, while they themselves report to nobody in it."""
    held = Membership.objects.filter(on_day(day), unit=unit, person__merged_into__isnull=True)
    later = held.filter(person=OuterRef("person"), since__gt=OuterRef("since"))
    rows = held.exclude(Exists(later))  # joined records may bring two stays in the same unit
    lines = dict(rows.values_list("person_id", "manager_id"))
    visible = rows.filter(person__in=people_visible_to(user)).select_related("person")
    heading = {manager for manager in lines.values() if manager in lines and lines.get(manager) not in lines}
    heads = list(visible.filter(person_id__in=heading).order_by("person__name_folded")) if heading else []
    others = visible.exclude(person_id__in=heading).order_by("person__name_folded", "pk")
    return Members(len(lines), list(others[:MOST_MEMBERS]), heads)


def moments_of(unit: Unit) -> list[UnitMoment]:
    """Everything that happened to it and is planned for it, by one statement."""
    rows = UnitPeriod.objects.filter(Q(unit=unit) | Q(unit__child_periods__unit=unit)).distinct()
    values = rows.values_list("unit_id", "name", "kind", "parent_id", "since", "until")
    return unit_moments(History.of(Period(*row) for row in values), unit.pk)


def plans_of(unit: Unit, today: date) -> list[UnitChange]:
    """What was planned for it and can still be taken back."""
    return list(unit.changes.filter(on__gt=today, taken_back_at__isnull=True).order_by("on", "pk"))


def changes_of(unit: Unit) -> list[UnitChange]:
    """The latest that was done to it, whatever day it is for."""
    rows = unit.changes.filter(taken_back_at__isnull=True).order_by("-pk")
    return list(rows.select_related("by").prefetch_related("units")[:LATEST_CHANGES])


def all_plans(today: date) -> list[UnitChange]:
    """What is planned next for the whole organisation."""
    rows = UnitChange.objects.filter(on__gt=today, taken_back_at__isnull=True)
    return list(rows.order_by("on", "pk").prefetch_related("units")[:MOST_PLANS])


def origins_and_successions(unit: Unit) -> tuple[list[Succession], list[Succession]]:
    """What the unit came from, and what it went into, by one statement."""
    rows = list(
        Succession.objects.filter(Q(predecessor=unit) | Q(successor=unit))
        .select_related("predecessor", "successor")
        .order_by("on", "pk")
    )
    return [one for one in rows if one.successor_id == unit.pk], [one for one in rows if one.predecessor_id == unit.pk]
