"""People, as far as somebody may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from kithkin.directory.models import Membership, Person, Tie
from kithkin.directory.models.days import on_day, today
from kithkin.directory.rules.people import READERS
from kithkin.platform.access import Reach, reach
from kithkin.platform.models import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def people_visible_to(user: User | AnonymousUser) -> QuerySet[Person]:
    """Everybody whom the user sees at all: those of `profiles_visible_to`, and the kin of their own units.

    Of the latter they see name, title, unit and e-mail: `rules.people.sight` tells them apart. Who was merged into
    somebody else is never here.
    """
    return _seen(user, colleagues=True)


def profiles_visible_to(user: User | AnonymousUser) -> QuerySet[Person]:
    """Whose whole profile the user sees: within the reach of their roles, and their own."""
    return _seen(user, colleagues=False)


def _seen(user: User | AnonymousUser, *, colleagues: bool) -> QuerySet[Person]:
    """One IN over a union: small for most readers, so that it is looked up rather than tested on 500,000 people."""
    people = Person.objects.filter(merged_into__isnull=True)
    if not isinstance(user, User) or not user.is_active:
        return people.none()
    within, now = reach(user, *READERS), on_day(today())
    if within.everywhere:
        return people
    parts: list[QuerySet[Any, Any]] = [*_within(within, now)] if within else []
    if colleagues:
        own_units = Membership.objects.filter(now, person__user=user, person__merged_into__isnull=True)
        parts.append(Membership.objects.filter(now, unit__in=own_units.values("unit_id")).values_list("person_id"))
    oneself = Person.objects.filter(user=user).values_list("pk")
    return people.filter(pk__in=oneself.union(*parts) if parts else oneself)


def _within(within: Reach, now: Q) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """Ids of kin by their present unit, and of kith by the unit that looks after their account."""
    kin = Membership.objects.filter(now, within.limit("unit"))
    kith = Tie.objects.filter(now, within.limit("account__unit"))
    return kin.values_list("person_id"), kith.values_list("person_id")
