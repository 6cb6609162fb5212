"""Who serves whom: begun, put differently, ended; and what people are in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kithkin.directory.events.relations import RelationAdded, RelationChanged, RelationEnded, RoleGiven, RoleTaken
from kithkin.directory.models import (
    Audience,
    Partner,
    Person,
    RelationRole,
    Service,
    ServiceLink,
    Touchpoint,
    Unit,
)
from kithkin.directory.models.days import today
from kithkin.platform.events import publish


class RelationRefused(Exception):
    """The relation cannot be; its message says why and what to do."""


class AlreadyServed(RelationRefused):
    """The same relation is there; `link` is it."""

    def __init__(self, link: ServiceLink) -> None:
        super().__init__(
            _("“%(link)s” is already there, since %(since)s. Open it instead, or choose another service.")
            % {"link": link, "since": date_format(link.since)}
        )
        self.link = link


@dataclass(frozen=True)
class Ends:
    """Who serves whom through what: one provider, one receiver, a service or a touchpoint or both."""

    provider: Unit | Partner
    receiver: Unit | Partner | Person | Audience
    service: Service | None = None
    touchpoint: Touchpoint | None = None

    def unit_id(self, end: str) -> int | None:
        """The unit at this end ("provider" or "receiver"), where it is one."""
        one = self.provider if end == "provider" else self.receiver
        return one.pk if isinstance(one, Unit) else None

    def fields(self) -> dict[str, Unit | Partner | Person | Audience | Service | Touchpoint | None]:
        """As the columns of a `ServiceLink`."""
        provider, receiver = self.provider, self.receiver
        return {
            "provider_unit": provider if isinstance(provider, Unit) else None,
            "provider_partner": provider if isinstance(provider, Partner) else None,
            "receiver_unit": receiver if isinstance(receiver, Unit) else None,
            "receiver_partner": receiver if isinstance(receiver, Partner) else None,
            "receiver_person": receiver if isinstance(receiver, Person) else None,
            "receiver_audience": receiver if isinstance(receiver, Audience) else None,
            "service": self.service,
            "touchpoint": self.touchpoint,
        }


@transaction.atomic
def add_relation(*, ends: Ends, since: date, until: date | None = None, need: str = "") -> ServiceLink:
    """Somebody serves somebody from `since` on; the same relation twice at one time is refused, however it is asked."""
    _check_ends(ends)
    _check_dates(since, until)
    overlapping = ServiceLink.objects.filter(
        Q(until__isnull=True) | Q(until__gt=since), *_same(ends), *([Q(since__lt=until)] if until else [])
    ).first()
    if overlapping is not None:
        raise AlreadyServed(overlapping)
    link = _saved(ServiceLink(**ends.fields(), since=since, until=until, need=need), ends)
    publish(RelationAdded(link_id=link.pk))
    return link


@transaction.atomic
def change_relation(
    *, link: ServiceLink, service: Service | None, touchpoint: Touchpoint | None, need: str, since: date
) -> ServiceLink:
    """Say otherwise what it is about, what is needed, or since when. Other ends are another relation."""
    ends = Ends(link.provider, link.receiver, service, touchpoint)
    _check_ends(ends)
    _check_dates(since, link.until)
    period = Q(until__isnull=True) | Q(until__gt=since)
    before = [Q(since__lt=link.until)] if link.until else []
    overlapping = ServiceLink.objects.filter(period, *before, *_same(ends)).exclude(pk=link.pk).first()
    if overlapping is not None:
        raise AlreadyServed(overlapping)
    link.service, link.touchpoint, link.need, link.since = service, touchpoint, need, since
    _saved(link, ends)
    publish(RelationChanged(link_id=link.pk))
    return link


@transaction.atomic
def end_relation(*, link: ServiceLink, last_day: date) -> ServiceLink:
    """It holds up to and including `last_day`; what was, stays readable on earlier dates."""
    if last_day < link.since:
        raise RelationRefused(
            _("It began on %(since)s: its last day cannot be before that.") % {"since": date_format(link.since)}
        )
    link.until = last_day + timedelta(days=1)
    link.save()
    publish(RelationEnded(link_id=link.pk, until=link.until.isoformat()))
    return link


@transaction.atomic
def give_role(*, link: ServiceLink, person: Person, side: str, role: str) -> RelationRole:
    """Somebody is something in this relation, and perhaps the opposite in the next; twice is once."""
    given, fresh = RelationRole.objects.get_or_create(link=link, person=person, side=side, role=role.strip())
    if fresh:
        publish(RoleGiven(link_id=link.pk, role_id=given.pk))
    return given


@transaction.atomic
def take_role(*, role: RelationRole) -> None:
    """They no longer are; taking it twice is taking it once."""
    link_id, role_id = role.link_id, role.pk
    if role_id is not None and role.delete()[0]:
        publish(RoleTaken(link_id=link_id, role_id=role_id))


def _saved(link: ServiceLink, ends: Ends) -> ServiceLink:
    """Written, unless somebody was faster: the database holds one open relation of a kind."""
    try:
        with transaction.atomic():
            link.save()
    except IntegrityError:
        faster = ServiceLink.objects.filter(*_same(ends), until__isnull=True).exclude(pk=link.pk).first()
        if faster is None:
            raise
        raise AlreadyServed(faster) from None
    return link


def _check_ends(ends: Ends) -> None:
    if ends.service is None and ends.touchpoint is None:
        raise RelationRefused(_("Say through what: choose a service, a touchpoint, or both."))
    if ends.provider == ends.receiver:
        raise RelationRefused(_("Nobody serves themselves: choose two different ends."))


def _check_dates(since: date, until: date | None) -> None:
    if until is not None and until <= since:
        raise RelationRefused(_("It must begin before it ends."))
    if since > today() + timedelta(days=3660):
        raise RelationRefused(_("It may begin at most ten years from now."))


def _same(ends: Ends) -> list[Q]:
    return [
        Q(**({name: value} if value is not None else {f"{name}__isnull": True}))
        for name, value in ends.fields().items()
    ]
