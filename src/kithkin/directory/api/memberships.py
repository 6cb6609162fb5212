"""Where one person works, from when, as what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from kithkin.directory.api.finding import Ref, names_of, person_seen, person_to_change
from kithkin.directory.api.ties import Until
from kithkin.directory.models import Membership, MembershipKind, Person
from kithkin.directory.models.days import on_day, today
from kithkin.directory.queries.people import people_visible_to
from kithkin.directory.queries.places import units_for_writing
from kithkin.directory.services.memberships import change_title, join_unit, leave_unit
from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import Day, Id, InPath, Sent, text
from kithkin.platform.api.once import once
from kithkin.platform.api.pages import Asked, Page, page_of
from kithkin.platform.api.references import named
from kithkin.platform.models import User

router = Router()
Title = Annotated[str, text(120, example="Engineer")]


class MembershipOut(Schema):
    """One stay in a unit. A manager whom the asker does not see is null."""

    id: int
    unit: Ref
    kind: MembershipKind
    title: str
    manager: Ref | None
    since: date
    until: date | None = Field(description="The day on which they work there no longer.")


class MembershipIn(Sent):
    """Somebody works in a unit from a day on."""

    unit: Id
    since: Day
    until: Day | None = Field(None, description="The first day on which they work there no longer.")
    kind: MembershipKind = MembershipKind.EMPLOYEE
    title: Title = ""
    manager: Id | None = Field(None, description="The person to whom they report.")


class TitleChange(Sent):
    """Another title, from a day on."""

    title: Title
    on: Day


MembershipsPage = Page[MembershipOut]


@router.get("/people/{person_id}/memberships", response=MembershipsPage)
def list_memberships(request: HttpRequest, person_id: InPath, asked: Query[Asked]) -> MembershipsPage:
    """Where the person works and worked; of a colleague only where they work today."""
    person, seen = person_seen(request, person_id)
    rows = Membership.objects.filter(person=person).select_related("unit")
    if not seen.profile:
        rows = rows.filter(on_day(today()))
    return page_of(rows, asked, lambda found: _shown(asker(request), found), MembershipsPage)


@router.post("/people/{person_id}/memberships", response={201: MembershipOut})
@once
def add_membership(request: HttpRequest, person_id: InPath, sent: MembershipIn) -> Status[MembershipOut]:
    """The person works in a unit from a day on; whoever does is kin."""
    user = asker(request)
    person, _seen = person_to_change(request, person_id)
    made = join_unit(
        person=person,
        unit=named(units_for_writing(user), sent.unit, "unit"),
        since=sent.since,
        until=sent.until,
        kind=sent.kind,
        title=sent.title,
        manager=named(people_visible_to(user), sent.manager, "manager"),
    )
    return Status(201, _shown(user, [made])[0])


@router.post("/people/{person_id}/memberships/{membership_id}/end", response=MembershipOut)
def end_membership(request: HttpRequest, person_id: InPath, membership_id: InPath, sent: Until) -> MembershipOut:
    """The person leaves the unit on a day. Nothing about them is deleted."""
    person, _seen = person_to_change(request, person_id)
    left = leave_unit(membership=_stay(person, membership_id), until=sent.until)
    return _shown(asker(request), [left])[0]


@router.post("/people/{person_id}/memberships/{membership_id}/title", response=MembershipOut)
def change_membership_title(
    request: HttpRequest, person_id: InPath, membership_id: InPath, sent: TitleChange
) -> MembershipOut:
    """The person has another title from a day on; the days before keep theirs, as a membership of its own."""
    person, _seen = person_to_change(request, person_id)
    now = change_title(membership=_stay(person, membership_id), title=sent.title, on=sent.on)
    return _shown(asker(request), [now])[0]


def _stay(person: Person, membership_id: int) -> Membership:
    return get_object_or_404(Membership.objects.select_related("unit", "person"), pk=membership_id, person=person)


def _shown(user: User, stays: Sequence[Membership]) -> list[MembershipOut]:
    managers = names_of(user, [one.manager_id for one in stays])
    return [
        MembershipOut(
            id=one.pk,
            unit=Ref(id=one.unit_id, name=one.unit.name),
            kind=MembershipKind(one.kind),
            title=one.title,
            manager=managers.get(one.manager_id or 0),
            since=one.since,
            until=one.until,
        )
        for one in stays
    ]
