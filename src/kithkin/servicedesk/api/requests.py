"""Requests, and the path of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import BIGGEST, InPath
from kithkin.platform.api.pages import Asked, Page, page_of
from kithkin.servicedesk.models import Request
from kithkin.servicedesk.queries.paths import path_of
from kithkin.servicedesk.queries.requests import hand_overs_of, requests_visible_to

router = Router()


class RequestOut(Schema):
    """One request as it stands."""

    id: int
    number: str
    title: str
    link: int | None = Field(description="The relation that it is a part of.")
    unit: int | None = Field(description="The unit that asked.")
    queue: int | None = Field(description="Where it is, or was last.")
    opened_at: datetime
    closed_at: datetime | None
    kept: bool | None = Field(description="Whether its promise was kept; null where that is not known, or not yet.")
    handovers: int


class LegOut(Schema):
    """One stay in a queue."""

    queue: int | None
    since: datetime
    until: datetime = Field(description="The hand-over; for the last leg the last event, or now while it is open.")
    hours: float
    returned: bool = Field(description="Whether that queue had had the request before.")


class RequestWithPath(RequestOut):
    """One request with whom its delay belongs to, leg by leg."""

    legs: list[LegOut]


class RequestsAsked(Asked):
    """Which requests."""

    number: Annotated[str | None, Field(max_length=60)] = None
    queue: Annotated[int | None, Field(ge=1, le=BIGGEST)] = None
    link: Annotated[int | None, Field(ge=1, le=BIGGEST)] = None
    open: bool | None = Field(None, description="Those that are open, or those that are closed.")


RequestPage = Page[RequestOut]


@router.get("/requests", response=RequestPage)
def list_requests(request: HttpRequest, asked: Query[RequestsAsked]) -> RequestPage:
    """The requests that the asker may see."""
    rows = requests_visible_to(asker(request))
    if asked.number is not None:
        rows = rows.filter(number=asked.number.replace("\x00", ""))
    if asked.queue is not None:
        rows = rows.filter(queue=asked.queue)
    if asked.link is not None:
        rows = rows.filter(link=asked.link)
    if asked.open is not None:
        rows = rows.filter(closed_at__isnull=asked.open)
    return page_of(rows, asked, _shown, RequestPage)


@router.get("/requests/{request_id}", response=RequestWithPath)
def get_request(request: HttpRequest, request_id: InPath) -> RequestWithPath:
    """One request with its path."""
    found = get_object_or_404(requests_visible_to(asker(request)), pk=request_id)
    legs = [
        LegOut(
            queue=leg.queue.pk if leg.queue else None,
            since=leg.since,
            until=leg.until,
            hours=leg.hours,
            returned=leg.returned,
        )
        for leg in path_of(found).legs
    ]
    return RequestWithPath(**_shown([found])[0].model_dump(), legs=legs)


def _shown(requests: Sequence[Request]) -> list[RequestOut]:
    handed = hand_overs_of(requests)
    return [
        RequestOut(
            id=one.pk,
            number=one.number,
            title=one.title,
            link=one.link_id,
            unit=one.unit_id,
            queue=one.queue_id,
            opened_at=one.opened_at,
            closed_at=one.closed_at,
            kept=one.kept,
            handovers=handed[one.pk],
        )
        for one in requests
    ]
