"""Who works where, from when, as what."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kithkin.directory.events.people import TitleChanged, UnitJoined, UnitLeft
from kithkin.directory.models import Membership, MembershipKind, Person, Unit
from kithkin.platform.events import publish


class AlreadyThere(Exception):
    """The person works in that unit on some of these days already."""

    def __init__(self, membership: Membership) -> None:
        super().__init__(
            _("%(person)s works in %(unit)s already, from %(since)s. Choose other days, or end that first.")
            % {"person": membership.person, "unit": membership.unit, "since": date_format(membership.since)}
        )


class EndsBeforeItBegins(Exception):
    """The last day lies before the first."""

    def __init__(self, since: date) -> None:
        super().__init__(_("It began on %(since)s: it can only end after that day.") % {"since": date_format(since)})


class ReportsToThemselves(Exception):
    """Nobody is their own manager."""

    def __init__(self) -> None:
        super().__init__(_("Nobody reports to themselves. Choose somebody else."))


class NotAtThatTime(Exception):
    """The title changes on a day on which the person does not work there."""

    def __init__(self, membership: Membership) -> None:
        super().__init__(
            _("On that day %(person)s does not work in %(unit)s.")
            % {"person": membership.person, "unit": membership.unit}
        )


@transaction.atomic
def join_unit(
    *,
    person: Person,
    unit: Unit,
    since: date,
    until: date | None = None,
    kind: str = MembershipKind.EMPLOYEE,
    title: str = "",
    manager: Person | None = None,
) -> Membership:
    """From `since` on, up to but not including `until`, the person works in the unit; whoever does is kin."""
    if until is not None and until <= since:
        raise EndsBeforeItBegins(since)
    if manager is not None and manager.pk == person.pk:
        raise ReportsToThemselves
    made = Membership(person=person, unit=unit, since=since, until=until, kind=kind, title=title, manager=manager)
    made.clean_fields(exclude=["person", "unit", "manager"])
    _check_apart(made)
    made.save()
    if not person.is_kin:
        person.is_kin = True
        person.save(update_fields=["is_kin"])
    publish(UnitJoined(membership_id=made.pk, person_id=person.pk))
    return made


@transaction.atomic
def leave_unit(*, membership: Membership, until: date) -> Membership:
    """The person works there up to but not including `until`. Nothing about them is deleted."""
    if until <= membership.since:
        raise EndsBeforeItBegins(membership.since)
    if membership.until == until:
        return membership
    longer = membership.until is not None and until > membership.until
    membership.until = until
    if longer:  # a shorter stay meets no other that it did not meet before, as those of joined records may
        _check_apart(membership)
    membership.save()
    publish(UnitLeft(membership_id=membership.pk, person_id=membership.person_id))
    return membership


@transaction.atomic
def change_title(*, membership: Membership, title: str, on: date) -> Membership:
    """From that day on the title is another; the days before keep theirs. Returns the membership of that day."""
    if on < membership.since or (membership.until is not None and on >= membership.until):
        raise NotAtThatTime(membership)
    if title == membership.title:
        return membership
    after = membership
    if on == membership.since:
        membership.title = title
        membership.clean_fields(exclude=["person", "unit", "manager"])
        membership.save()
    else:
        after = Membership(
            person_id=membership.person_id,
            unit_id=membership.unit_id,
            kind=membership.kind,
            manager_id=membership.manager_id,
            title=title,
            since=on,
            until=membership.until,
        )
        after.clean_fields(exclude=["person", "unit", "manager"])
        membership.until = on
        membership.save()
        after.save()
    publish(TitleChanged(membership_id=after.pk, person_id=after.person_id))
    return after


def _check_apart(membership: Membership) -> None:
    """Raise AlreadyThere where another row of the same person in the same unit shares a day.

    The person's row is locked first, so that two writers cannot both find the days free.
    """
    Person.objects.select_for_update().get(pk=membership.person_id)
    days = Q(until__isnull=True) | Q(until__gt=membership.since)
    if membership.until is not None:
        days &= Q(since__lt=membership.until)
    others = Membership.objects.filter(days, person=membership.person_id, unit=membership.unit_id)
    clash = others.exclude(pk=membership.pk).select_related("person", "unit").first()
    if clash is not None:
        raise AlreadyThere(clash)
