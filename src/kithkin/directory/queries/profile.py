"""What a person's page shows: work with its history, attributes, purchases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from kithkin.directory.models import AttributeDefinition, AttributeGroup, Membership, Person, Purchase
from kithkin.directory.models.days import on_day, today
from kithkin.directory.queries.people import people_visible_to
from kithkin.directory.rules.people import Sight
from kithkin.directory.values import shown
from kithkin.platform.models import User

MOST, LATEST = 50, 8


@dataclass(frozen=True)
class AttributeLine:
    """One attribute of the person: what it is called, its value as it is read, and when it was told."""

    definition: AttributeDefinition
    value: str
    told_on: date | None


@dataclass(frozen=True)
class AttributeBlock:
    """The attributes of one group."""

    label: str
    lines: Sequence[AttributeLine]


@dataclass(frozen=True)
class PurchaseSum:
    """How often, and for how much in one currency; purchases without an amount have none."""

    currency: str
    amount: Decimal | None
    count: int


def definitions_for(person: Person, sight: Sight) -> list[AttributeDefinition]:
    """The attributes that somebody with this sight may see and set, of the person's sides."""
    rows = AttributeDefinition.objects.filter(retired_at__isnull=True, sensitivity__in=sight.levels)
    sides = [""] + ["kith"] * person.is_kith + ["kin"] * person.is_kin
    keys = list(person.attributes)
    return list(rows.filter(Q(side__in=sides) | Q(key__in=keys)).order_by("group", "label"))


def attributes_of(person: Person, definitions: Sequence[AttributeDefinition]) -> list[AttributeBlock]:
    """The person's values of these attributes, group by group; groups without one are left out."""
    blocks = []
    for group in AttributeGroup:
        lines = [
            AttributeLine(one, shown(one, person.attributes[one.key]), _told_on(person, one.key))
            for one in definitions
            if one.group == group and one.key in person.attributes
        ]
        if lines:
            blocks.append(AttributeBlock(str(group.label), lines))
    return blocks


def memberships_of(person: Person, sight: Sight, user: User) -> list[Membership]:
    """Where the person works, the latest first: with its history for those who see the profile, else of today.

    A manager whom the user does not see is left out.
    """
    rows = Membership.objects.filter(person=person).select_related("unit", "manager")
    if not sight.profile:
        rows = rows.filter(on_day(today()))
    stays = list(rows.order_by("-since", "-pk")[:MOST])
    managers = {one.manager_id for one in stays if one.manager_id}
    seen = set(people_visible_to(user).filter(pk__in=managers).values_list("pk", flat=True)) if managers else set()
    for one in stays:
        one.manager = one.manager if one.manager_id in seen else None
    return stays


def purchases_of(rows: QuerySet[Purchase]) -> tuple[list[Purchase], list[PurchaseSum]]:
    """The latest of these purchases, and the sums of all: two statements.

    One sum for each currency and one for amounts whose currency nobody told; last how many have no amount at all.
    """
    groups = rows.order_by().values("currency").annotate(sum=Sum("amount"), told=Count("amount"), all=Count("pk"))
    found = list(groups.order_by("-told", "currency"))
    latest = list(rows.select_related("person", "account").order_by("-at", "-pk")[:LATEST])
    sums = [PurchaseSum(one["currency"], one["sum"], one["told"]) for one in found if one["told"]]
    untold = sum(one["all"] - one["told"] for one in found)
    return latest, [*sums, PurchaseSum("", None, untold)] if untold else sums


def _told_on(person: Person, key: str) -> date | None:
    try:
        return date.fromisoformat(person.attribute_dates.get(key, ""))
    except (TypeError, ValueError):
        return None
