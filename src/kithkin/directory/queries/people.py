"""People, as far as somebody may see them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from kithkin.directory.models import Membership, Person, Tie
from kithkin.directory.models.days import on_day, today
from kithkin.directory.rules.people import READERS
from kithkin.platform.access import Reach, reach
from kithkin.platform.acting import now_acting
from kithkin.platform.models import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

MANY = 5_000
"""From so many on, people are tested one by one while they are read; fewer are looked up, and then sorted."""


def people_visible_to(user: User | AnonymousUser) -> QuerySet[Person]:
    """Everybody whom the user sees at all: those of `profiles_visible_to`, and the kin of their own units.

    Of the latter they see name, title, unit and e-mail: `rules.people.sight` tells them apart. Who was merged into
    somebody else is never here.
    """
    return Person.objects.filter(_condition(user, colleagues=True), merged_into__isnull=True)


def profiles_visible_to(user: User | AnonymousUser) -> QuerySet[Person]:
    """Whose whole profile the user sees: within the reach of their roles, and their own."""
    return Person.objects.filter(profile_seen_by(user), merged_into__isnull=True)


def profile_seen_by(user: User | AnonymousUser) -> Q:
    """`profiles_visible_to` as a condition on people who are read anyway."""
    return _condition(user, colleagues=False)


def profile_ids(user: User, ids: Collection[int]) -> frozenset[int]:
    """Of these people, who are not merged away, those whose whole profile the user sees: one small statement."""
    within = reach(user, *READERS)
    if within.everywhere or not ids:
        return frozenset(ids)
    people = Person.objects.filter(_tested(user, _parts(user, within, colleagues=False)), pk__in=ids)
    return frozenset(people.values_list("pk", flat=True))


def people_within(within: Reach) -> Q:
    """A condition: the people whose place is within this reach; whoever holds a writer's role there may change them."""
    if within.everywhere:
        return Q()
    works, served = _placed(within)
    return Q(Exists(works.filter(person=OuterRef("pk")))) | Q(Exists(served.filter(person=OuterRef("pk"))))


def _placed(within: Reach) -> tuple[QuerySet[Membership], QuerySet[Tie]]:
    now = on_day(today())
    return (
        Membership.objects.filter(now, within.limit("unit")),
        Tie.objects.filter(now, within.limit("account__unit")),
    )


def _condition(user: User | AnonymousUser, *, colleagues: bool) -> Q:
    """What makes a person seen.

    A few people are best looked up by one IN over a union; many are best tested by EXISTS in the order of the list,
    so that its first page costs the same however many there are.
    """
    if not isinstance(user, User) or not user.is_active:
        return Q(pk__in=[])
    within = reach(user, *READERS)
    if within.everywhere:
        return Q()
    parts = _parts(user, within, colleagues=colleagues)
    if _reaches_many(user, within):
        return _tested(user, parts)
    oneself = Person.objects.filter(user=user).values_list("pk")
    return Q(pk__in=oneself.union(*(part.values_list("person_id") for part in parts)) if parts else oneself)


def _tested(user: User, parts: Sequence[QuerySet[Any, Any]]) -> Q:
    seen = Q(user=user)
    for part in parts:
        seen |= Q(Exists(part.filter(person=OuterRef("pk"))))
    return seen


def _parts(user: User, within: Reach, *, colleagues: bool) -> list[QuerySet[Any, Any]]:
    """Rows whose person is seen: kin by their present unit, kith by the unit that looks after their account."""
    now = on_day(today())
    parts: list[QuerySet[Any, Any]] = []
    if within:
        parts += _placed(within)
    if colleagues:
        own = Membership.objects.filter(now, person__user=user, person__merged_into__isnull=True)
        parts.append(Membership.objects.filter(now, unit__in=own.values("unit_id")))
    return parts


def _reaches_many(user: User, within: Reach) -> bool:
    """Whether the roles reach `MANY` people or more; asked once in a request, and only for a reach over a part."""
    if not within:
        return False
    memory, name = now_acting().memory, f"directory.reaches_many.{user.pk}"
    known: bool | None = memory.get(name)
    if known is None:
        kin, kith = (part.order_by().values_list("pk") for part in _parts(user, within, colleagues=False))
        known = kin.union(kith, all=True)[:MANY].count() >= MANY
        memory.remember(name, known)
    return known
