"""Who serves whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from kithkin.directory.api.finding import Ref
from kithkin.directory.models import Audience, Partner, Person, Service, ServiceLink, Side, Touchpoint, Unit
from kithkin.directory.models.days import today
from kithkin.directory.queries.catalogue import open_things
from kithkin.directory.queries.people import people_visible_to
from kithkin.directory.queries.relations import End, EndKind, as_shown, links, links_on
from kithkin.directory.rules.relations import can_add_relations, can_change_relation, can_write_between
from kithkin.directory.services import relations as services
from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import BIGGEST, UNSAID, Day, Id, InPath, Sent, Version, text
from kithkin.platform.api.once import once
from kithkin.platform.api.pages import Asked, Page, page_of
from kithkin.platform.api.references import named
from kithkin.platform.models import User

router = Router()

Need = Annotated[str, text(2000, says="What the receiver needs.")]
UnitId = Annotated[int | None, Field(ge=1, le=BIGGEST)]


class EndOut(Schema):
    """One end. A person whom the asker does not see has no id, and is “a customer” or “a colleague”."""

    kind: EndKind
    id: int | None
    name: str
    side: Side | None = Field(description="null for a partner, who is neither.")


class RelationOut(Schema):
    """Provider serves receiver, through a service or at a touchpoint."""

    id: int
    version: int
    provider: EndOut
    receiver: EndOut
    service: Ref | None
    touchpoint: Ref | None
    need: str
    since: date
    until: date | None = Field(description="The day on which it holds no longer.")


class ProviderIn(Sent):
    """Who serves: a unit or a partner."""

    kind: Annotated[EndKind, Field(description="“unit” or “partner”.")]
    id: Id


class ReceiverIn(Sent):
    """Who is served."""

    kind: EndKind
    id: Id


class RelationIn(Sent):
    """A new relation: through a service, at a touchpoint, or both."""

    provider: ProviderIn
    receiver: ReceiverIn
    service: Id | None = None
    touchpoint: Id | None = None
    need: Need = ""
    since: Day
    until: Day | None = Field(None, description="The first day on which it holds no longer.")


class RelationChange(Sent):
    """What is different now; what is left out stays. Other ends are another relation."""

    version: Version
    service: Id | None = UNSAID
    touchpoint: Id | None = UNSAID
    need: Need = UNSAID
    since: Day = UNSAID


class RelationEnd(Sent):
    """Its last day."""

    version: Version
    last_day: Day


class RelationsAsked(Asked):
    """Which relations."""

    on: Day | None = Field(None, description="Those that hold on this day; today where it is left out.")
    unit: UnitId = Field(None, description="Of which this unit is an end.")
    provider_unit: UnitId = Field(None, description="In which this unit serves.")
    receiver_unit: UnitId = Field(None, description="In which this unit is served.")


RelationsPage = Page[RelationOut]


@router.get("/relations", response=RelationsPage)
def list_relations(request: HttpRequest, asked: Query[RelationsAsked]) -> RelationsPage:
    """Who serves whom on a day, under the names that units had on it."""
    day = asked.on or today()
    rows = links_on(day)
    if asked.unit is not None:
        rows = rows.filter(Q(provider_unit=asked.unit) | Q(receiver_unit=asked.unit))
    if asked.provider_unit is not None:
        rows = rows.filter(provider_unit=asked.provider_unit)
    if asked.receiver_unit is not None:
        rows = rows.filter(receiver_unit=asked.receiver_unit)
    return page_of(rows, asked, lambda found: _shown(asker(request), found, day), RelationsPage)


@router.get("/relations/{relation_id}", response=RelationOut)
def get_relation(request: HttpRequest, relation_id: InPath) -> RelationOut:
    """One relation, whether it holds today or not."""
    return _shown(asker(request), [_link(relation_id)])[0]


@router.post("/relations", response={201: RelationOut})
@once
def add_relation(request: HttpRequest, sent: RelationIn) -> Status[RelationOut]:
    """Somebody serves somebody. Department heads add relations of which one end is their own unit."""
    user = asker(request)
    if not can_add_relations(user):
        raise PermissionDenied(_("Relations are added by program managers, and by heads for their own units."))
    provider = _end(user, sent.provider.kind, sent.provider.id, "provider.id")
    if not isinstance(provider, Unit | Partner):
        raise services.RelationRefused(_("A unit or a partner serves."))
    ends = services.Ends(
        provider,
        _end(user, sent.receiver.kind, sent.receiver.id, "receiver.id"),
        named(open_things(Service), sent.service, "service"),
        named(open_things(Touchpoint), sent.touchpoint, "touchpoint"),
    )
    if not can_write_between(user, ends.unit_id("provider"), ends.unit_id("receiver")):
        raise PermissionDenied(_("You add relations of your own unit: one of the two ends must be within it."))
    link = services.add_relation(ends=ends, since=sent.since, until=sent.until, need=sent.need.strip())
    return Status(201, _shown(user, [link])[0])


@router.patch("/relations/{relation_id}", response=RelationOut)
def change_relation(request: HttpRequest, relation_id: InPath, sent: RelationChange) -> RelationOut:
    """Say otherwise what it is about, what is needed, or since when."""
    link = relation_to_change(request, relation_id)
    link.expect(sent.version)
    said = sent.model_fields_set
    service, touchpoint = link.service, link.touchpoint
    if "service" in said and sent.service != link.service_id:
        service = named(open_things(Service), sent.service, "service")
    if "touchpoint" in said and sent.touchpoint != link.touchpoint_id:
        touchpoint = named(open_things(Touchpoint), sent.touchpoint, "touchpoint")
    services.change_relation(
        link=link,
        service=service,
        touchpoint=touchpoint,
        need=sent.need.strip() if "need" in said else link.need,
        since=sent.since if "since" in said else link.since,
    )
    return _shown(asker(request), [link])[0]


@router.post("/relations/{relation_id}/end", response=RelationOut)
def end_relation(request: HttpRequest, relation_id: InPath, sent: RelationEnd) -> RelationOut:
    """It has a last day; earlier dates go on showing it."""
    link = relation_to_change(request, relation_id)
    link.expect(sent.version)
    return _shown(asker(request), [services.end_relation(link=link, last_day=sent.last_day)])[0]


def relation_to_change(request: HttpRequest, relation_id: int) -> ServiceLink:
    """A relation that the asker may change; 403 for others, since everybody sees it."""
    link = _link(relation_id)
    if not can_change_relation(asker(request), link):
        raise PermissionDenied(_("A relation is changed by the heads of its two ends, and by program managers."))
    return link


def _link(relation_id: int) -> ServiceLink:
    return get_object_or_404(links(), pk=relation_id)


def _end(user: User, kind: EndKind, pk: int, where: str) -> Unit | Partner | Person | Audience:
    rows: dict[EndKind, Any] = {
        EndKind.UNIT: Unit.objects.all(),
        EndKind.PARTNER: open_things(Partner),
        EndKind.AUDIENCE: open_things(Audience),
        EndKind.PERSON: people_visible_to(user),
    }
    found: Unit | Partner | Person | Audience = named(rows[kind], pk, where)
    return found


def _shown(user: User, rows: Sequence[ServiceLink], day: date | None = None) -> list[RelationOut]:
    return [
        RelationOut(
            id=row.pk,
            version=row.version,
            provider=_end_shown(relation.provider),
            receiver=_end_shown(relation.receiver),
            service=Ref(id=row.service.pk, name=row.service.name) if row.service else None,
            touchpoint=Ref(id=row.touchpoint.pk, name=row.touchpoint.name) if row.touchpoint else None,
            need=row.need,
            since=row.since,
            until=row.until,
        )
        for row, relation in zip(rows, as_shown(user, rows, day), strict=True)
    ]


def _end_shown(end: End) -> EndOut:
    side = Side(end.side) if end.side else None
    return EndOut(kind=end.kind, id=end.id if end.shown else None, name=end.name, side=side)
