"""Saved groups of people, their size and their members."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from kithkin.directory.api.people import PeoplePage, shown
from kithkin.directory.models import Segment
from kithkin.directory.queries.people_list import with_places
from kithkin.directory.queries.segment_access import segments_visible_to
from kithkin.directory.queries.segments import members_of, size_of, why_empty
from kithkin.directory.rules.segments import can_see_segments
from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import InPath
from kithkin.platform.api.pages import Asked, Page, each, page_of

router = Router()


class SegmentOut(Schema):
    """A group of people by a rule."""

    id: int
    version: int
    name: str
    description: str
    is_live: bool = Field(description="Whether its members change as people do.")
    rule: dict[str, Any] = Field(description="The tree of its conditions.")
    owner: str | None
    frozen_at: datetime | None = Field(description="When the members of a segment that is not live were written down.")


class SizeOut(Schema):
    """How many members there are, of those whom the asker's role reaches."""

    size: int
    why_empty: str = Field(description="Why the rule cannot be followed any more; empty where it can.")


SegmentsPage = Page[SegmentOut]


@router.get("/segments", response=SegmentsPage)
def list_segments(request: HttpRequest, asked: Query[Asked]) -> SegmentsPage:
    """The segments in use, but those whose rule speaks of what the asker may not read."""
    return page_of(_visible(request), asked, each(_shown), SegmentsPage)


@router.get("/segments/{segment_id}", response=SegmentOut)
def get_segment(request: HttpRequest, segment_id: InPath) -> SegmentOut:
    """One segment."""
    return _shown(_segment(request, segment_id))


@router.get("/segments/{segment_id}/size", response=SizeOut)
def get_segment_size(request: HttpRequest, segment_id: InPath) -> SizeOut:
    """How many members it has now."""
    segment = _segment(request, segment_id)
    return SizeOut(size=size_of(segment, asker(request)), why_empty=why_empty(segment))


@router.get("/segments/{segment_id}/members", response=PeoplePage)
def list_segment_members(request: HttpRequest, segment_id: InPath, asked: Query[Asked]) -> PeoplePage:
    """The members as they are now, of those whom the asker's role reaches."""
    user = asker(request)
    rows = with_places(members_of(_segment(request, segment_id), user))
    return page_of(rows, asked, lambda found: shown(user, found), PeoplePage)


def _visible(request: HttpRequest) -> QuerySet[Segment]:
    user = asker(request)
    if not can_see_segments(user):
        raise PermissionDenied(_("Segments are seen by administrators, program managers and analysts."))
    return segments_visible_to(user).select_related("owner")


def _segment(request: HttpRequest, segment_id: int) -> Segment:
    return get_object_or_404(_visible(request), pk=segment_id)


def _shown(segment: Segment) -> SegmentOut:
    return SegmentOut(
        id=segment.pk,
        version=segment.version,
        name=segment.name,
        description=segment.description,
        is_live=segment.is_live,
        rule=segment.rule,
        owner=str(segment.owner) if segment.owner else None,
        frozen_at=segment.frozen_at,
    )
