"""Needs: who sees which, and what is known about them."""

from __future__ import annotations

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce

from kithkin.directory.models import Membership, Need, NeedState, ServiceLink
from kithkin.directory.models.days import on_day, today
from kithkin.directory.queries.own import own_unit_ids
from kithkin.directory.queries.people import people_visible_to
from kithkin.platform.access import is_administrator, reach
from kithkin.platform.models import Role, User
from kithkin.platform.registries.scopes import scopes

READERS = (Role.PROGRAM_MANAGER, Role.ANALYST)


def needs_visible_to(user: User) -> QuerySet[Need]:
    """All for those who work with scores; else one's own, and those of the relations of one's units."""
    needs = Need.objects.select_related(
        "owner",
        "audience",
        "link",
        "link__service",
        "link__touchpoint",
        "link__provider_unit",
        "link__provider_partner",
        "link__receiver_unit",
        "link__receiver_partner",
        "link__receiver_person",
        "link__receiver_audience",
    ).annotate(owner_name=Coalesce("owner__name", Value("")))
    heads = reach(user, Role.DEPARTMENT_HEAD)
    if reach(user, *READERS) or heads.everywhere:
        return needs
    units = {*own_unit_ids(user), *heads.unit_ids}
    return needs.filter(
        Q(owner=user)
        | Q(link__provider_unit__in=units)
        | Q(link__receiver_unit__in=units)
        | Q(link__receiver_person__user=user)
    )


def needs_of(user: User, link: ServiceLink) -> QuerySet[Need]:
    """The needs of one relation, the latest first."""
    return needs_visible_to(user).filter(link=link).order_by("-created_at", "-pk")


def owners_for(user: User, need: Need) -> QuerySet[User]:
    """To whom this user can hand the need: people whom they see, and those who work at one of its relation's two ends.

    Nobody else, so that asking for an owner tells nobody who has a log-in. For administrators, everybody has.
    """
    users = User.objects.filter(is_active=True)
    if is_administrator(user):
        return users
    ends = (need.link.provider_unit_id, need.link.receiver_unit_id) if need.link else ()
    units = scopes().below({unit_id for unit_id in ends if unit_id is not None})
    at_ends = Membership.objects.filter(on_day(today()), unit__in=units).values("person")
    seen = Q(person__in=people_visible_to(user).values("pk")) | Q(person__in=at_ends)
    return users.filter(seen | Q(pk__in=[user.pk, need.owner_id or user.pk]))


def unowned() -> QuerySet[Need]:
    """Needs that nobody has, and that no answer was given to."""
    return Need.objects.filter(owner__isnull=True, state=NeedState.OPEN)


def waiting_for_answer(user: User) -> QuerySet[Need]:
    """Needs that were handed to the user and have no answer yet, the oldest first."""
    return Need.objects.filter(owner=user, state=NeedState.OPEN).order_by("created_at", "pk")
