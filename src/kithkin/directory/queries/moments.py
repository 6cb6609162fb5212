"""The timeline of one person: every contact and change that the rooms know of, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kithkin.directory.models import Membership, Person, Purchase
from kithkin.directory.queries.ties import ties_of
from kithkin.directory.rules.people import sight
from kithkin.platform.acting import now_acting
from kithkin.platform.models import User
from kithkin.platform.registries.timeline import Moment, timeline

A_PAGE = 20


def timeline_of(person: Person, user: User, before: datetime, limit: int = A_PAGE) -> tuple[list[Moment], str]:
    """The latest moments before that time, of all rooms, and where the earlier ones begin ("" for none)."""
    found: list[Moment] = []
    for source in timeline:
        found += source.moments(person.pk, user, before, limit + 1)
    found.sort(key=lambda moment: moment.at, reverse=True)
    if len(found) <= limit:
        return found, ""
    last = found[limit - 1].at
    return [moment for moment in found if moment.at >= last], last.isoformat()


def purchases(person_id: int, user: User, before: datetime, limit: int) -> Sequence[Moment]:
    """What the person bought."""
    if _open(person_id, user) is None:
        return ()
    rows = Purchase.objects.filter(person=person_id, at__lt=before).order_by("-at", "-pk")[:limit]
    return [
        Moment(
            one.at,
            _("Bought %(what)s") % {"what": one.what},
            "" if one.amount is None else f"{one.amount} {one.currency}",
        )
        for one in rows
    ]


def work(person_id: int, user: User, before: datetime, limit: int) -> Sequence[Moment]:
    """Where the person began to work, and ended."""
    if _open(person_id, user) is None:
        return ()
    day = timezone.localdate(before) if timezone.is_aware(before) else before.date()
    rows = Membership.objects.filter(Q(since__lte=day) | Q(until__lte=day), person=person_id).select_related("unit")
    found = []
    for one in rows.order_by("-since")[:limit]:
        found.append(Moment(_at(one.since), _("Began in %(unit)s") % {"unit": one.unit}, one.title))
        if one.until is not None:
            found.append(Moment(_at(one.until), _("Left %(unit)s") % {"unit": one.unit}, one.title))
    return _latest(found, before, limit)


def ties(person_id: int, user: User, before: datetime, limit: int) -> Sequence[Moment]:
    """What tied the person to whom, and when that ended."""
    person = _open(person_id, user)
    if person is None:
        return ()
    found = []
    for line in ties_of(user, person):
        begun = _at(line.tie.since) if line.tie.since else line.tie.created_at
        found.append(Moment(begun, _("New tie: %(tie)s") % {"tie": line.text}, url=line.url))
        if line.tie.until is not None:
            found.append(Moment(_at(line.tie.until), _("A tie ended: %(tie)s") % {"tie": line.text}, url=line.url))
    return _latest(found, before, limit)


def _open(person_id: int, user: User) -> Person | None:
    """The person, if the user sees the profile; read once within a request."""
    memory, name = now_acting().memory, f"directory.person.{person_id}"
    person: Person | None = memory.get(name) or Person.objects.filter(pk=person_id).first()
    memory.remember(name, person)
    return person if person is not None and sight(user, person).profile else None


def _latest(found: list[Moment], before: datetime, limit: int) -> list[Moment]:
    there = [moment for moment in found if moment.at < before]
    return sorted(there, key=lambda moment: moment.at, reverse=True)[:limit]


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
