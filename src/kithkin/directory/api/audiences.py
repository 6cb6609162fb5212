"""Audiences: groups of kith that are served as such."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Status

from kithkin.directory.api.catalogue import (
    DescribedChange,
    DescribedOut,
    Description,
    Name,
    ThingsAsked,
    asked_for,
    changed,
    check_may_edit,
    thing_fields,
)
from kithkin.directory.models import Audience
from kithkin.directory.queries.segment_access import segments_visible_to
from kithkin.directory.services.catalogue import add_thing
from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import UNSAID, Id, InPath, Sent
from kithkin.platform.api.once import once
from kithkin.platform.api.pages import Page, page_of
from kithkin.platform.api.references import named

router = Router()


SegmentId = Annotated[Id | None, Field(description="Those of this segment, for whoever sees segments.")]


class AudienceOut(DescribedOut):
    """A group of kith that is served as such. A segment that the asker does not see is null."""

    segment: int | None


class AudienceIn(Sent):
    """A new audience, perhaps of those in a segment."""

    name: Name
    description: Description = ""
    segment: SegmentId = None


class AudienceChange(DescribedChange):
    """What is different now; what is left out stays."""

    segment: SegmentId = UNSAID


AudiencePage = Page[AudienceOut]


@router.get("/audiences", response=AudiencePage)
def list_audiences(request: HttpRequest, asked: Query[ThingsAsked]) -> AudiencePage:
    """Every audience, those retired included."""
    return page_of(asked_for(Audience.objects.all(), asked), asked, lambda found: _shown(request, found), AudiencePage)


@router.get("/audiences/{audience_id}", response=AudienceOut)
def get_audience(request: HttpRequest, audience_id: InPath) -> AudienceOut:
    """One audience."""
    return _shown(request, [get_object_or_404(Audience, pk=audience_id)])[0]


@router.post("/audiences", response={201: AudienceOut})
@once
def add_audience(request: HttpRequest, sent: AudienceIn) -> Status[AudienceOut]:
    """Write down a new audience."""
    check_may_edit(request)
    segment = named(segments_visible_to(asker(request)), sent.segment, "segment")
    made = add_thing(thing=Audience(name=sent.name, description=sent.description, segment=segment))
    return Status(201, _shown(request, [made])[0])


@router.patch("/audiences/{audience_id}", response=AudienceOut)
def change_audience(request: HttpRequest, audience_id: InPath, sent: AudienceChange) -> AudienceOut:
    """Say otherwise what it is called or is about, retire it or take it back."""
    audience = get_object_or_404(Audience, pk=audience_id)
    also: dict[str, Any] = {}
    if "segment" in sent.model_fields_set and sent.segment != audience.segment_id:
        also["segment"] = named(segments_visible_to(asker(request)), sent.segment, "segment")
    return _shown(request, [changed(request, audience, sent, **also)])[0]


def _shown(request: HttpRequest, audiences: Sequence[Audience]) -> list[AudienceOut]:
    ids = {one.segment_id for one in audiences if one.segment_id is not None}
    seen = set(segments_visible_to(asker(request)).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    return [
        AudienceOut(
            **thing_fields(one),
            description=one.description,
            segment=one.segment_id if one.segment_id in seen else None,
        )
        for one in audiences
    ]
