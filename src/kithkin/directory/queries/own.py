"""Where the reader stands: their own person and the units they work in."""

from __future__ import annotations

from kithkin.directory.models import Membership, Person
from kithkin.directory.models.days import on_day, today
from kithkin.directory.queries.organisation.trees import tree_on
from kithkin.directory.queries.service_map import ServiceMap
from kithkin.platform.models import User


def own_unit_ids(user: User) -> tuple[int, ...]:
    """The units in which the user works today, the latest first."""
    rows = Membership.objects.filter(on_day(today()), person__user=user, person__merged_into__isnull=True)
    return tuple(rows.order_by("-since", "pk").values_list("unit_id", flat=True))


def own_places(user: User, whole: ServiceMap) -> tuple[str, ...]:
    """Where the reader's units stand on the map: each itself, or the nearest above it that relations name."""
    found: dict[str, None] = {}
    ids = own_unit_ids(user) if whole else ()
    tree = tree_on(today()) if any(f"unit-{unit_id}" not in whole.places for unit_id in ids) else None
    for unit_id in ids:
        way = [node.id for node in reversed(tree.path(unit_id))] if tree else [unit_id]
        nearest = next((key for key in (f"unit-{one}" for one in way) if key in whole.places), None)
        if nearest:
            found[nearest] = None
    return tuple(found)


def start_of(user: User, whole: ServiceMap) -> str:
    """Where a reader begins on the map: their own unit, or the first that has relations; "" on an empty one."""
    return next(iter([*own_places(user, whole), *(way.start for way in whole.ways)]), "")


def own_person(user: User) -> Person | None:
    """The user as somebody the company knows."""
    return Person.objects.filter(user=user, merged_into__isnull=True).first()
