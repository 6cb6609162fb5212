"""Who sees which people and how much of them, and who may write them down."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kithkin.directory.models import Membership, Person, Sensitivity, Tie
from kithkin.directory.models.days import on_day, today
from kithkin.platform.access import Reach, holds, reach
from kithkin.platform.acting import now_acting
from kithkin.platform.models import Role, User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

READERS = (Role.PROGRAM_MANAGER, Role.ANALYST, Role.DEPARTMENT_HEAD, Role.AGENT)
"""They see the profiles of kin who work, and of kith whose account is looked after, within their reach."""
SCORE_READERS = (Role.PROGRAM_MANAGER, Role.ANALYST)
WRITERS = (Role.PROGRAM_MANAGER,)

COLLEAGUE_FIELDS = frozenset({"name", "title", "unit", "email"})
PROFILE_FIELDS = COLLEAGUE_FIELDS | {
    "external_id",
    "phone",
    "language",
    "country",
    "side",
    "ties",
    "memberships",
    "purchases",
    "attributes",
    "timeline",
    "changed_at",
}


def present_unit_ids(person: Person) -> frozenset[int]:
    """The units that give the person's place today: where they work, and what looks after their accounts."""
    now = on_day(today())
    works_in = Membership.objects.filter(now, person=person).values_list("unit_id")
    served_by = Tie.objects.filter(now, person=person, account__unit__isnull=False)
    return frozenset(unit_id for (unit_id,) in works_in.union(served_by.values_list("account__unit_id")))


@dataclass(frozen=True)
class Sight:
    """How much of one person a user sees, and whether they may change it. Below `profile` there is the colleague."""

    profile: bool
    edit: bool
    levels: frozenset[str]
    """The sensitivities of attributes that are shown."""

    @property
    def fields(self) -> frozenset[str]:
        """The fields that are shown, of `PROFILE_FIELDS`."""
        return PROFILE_FIELDS if self.profile else COLLEAGUE_FIELDS


def sight(user: User | AnonymousUser, person: Person) -> Sight:
    """How much of this person the user sees, given that they see them at all.

    Within a request it is read once: what a request changes shows in the next.
    """
    memory, name = now_acting().memory, f"directory.sight.{user.pk}.{person.pk}"
    known = memory.get(name)
    if not isinstance(known, Sight):
        known = _sight(user, person)
        memory.remember(name, known)
    return known


def can_edit_person(user: User | AnonymousUser, person: Person) -> bool:
    """Administrators and program managers, within their reach."""
    return sight(user, person).edit


def sees_profiles(user: User | AnonymousUser) -> bool:
    """Whether the user sees the profile of anybody but themselves; of whom, `profiles_visible_to` says."""
    return holds(user, *READERS)


def can_add_person(user: User | AnonymousUser) -> bool:
    """Administrators and program managers; over a part of the organisation, only into that part."""
    return holds(user, *WRITERS)


def can_add_into(user: User | AnonymousUser, unit_ids: Collection[int]) -> bool:
    """Whether the user may add somebody whose place is these units; nowhere is for those who reach everywhere."""
    return _covers(reach(user, *WRITERS), unit_ids)


def can_give_numbers(user: User | AnonymousUser) -> bool:
    """Numbers are unique all over: by a number that is taken, whoever sees a part learns of somebody outside it."""
    return reach(user, *WRITERS).everywhere


def _sight(user: User | AnonymousUser, person: Person) -> Sight:
    readers, scores, administrators, writers = (
        reach(user, *roles) for roles in (READERS, SCORE_READERS, (Role.ADMINISTRATOR,), WRITERS)
    )
    over_a_part = any(one.unit_ids for one in (readers, scores, administrators, writers))
    units = present_unit_ids(person) if over_a_part else frozenset()
    profile = person.user_id == user.pk or _covers(readers, units)
    levels = {
        Sensitivity.OPEN.value: profile,
        Sensitivity.RESTRICTED.value: _covers(scores, units),
        Sensitivity.SENSITIVE.value: _covers(administrators, units),
    }
    return Sight(
        profile=profile,
        edit=_covers(writers, units),
        levels=frozenset(level for level, shown in levels.items() if shown),
    )


def _covers(within: Reach, unit_ids: Collection[int]) -> bool:
    return within.everywhere or not within.unit_ids.isdisjoint(unit_ids)
