"""Events of requests as another system has them, many at a time."""

from __future__ import annotations

from typing import Annotated

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import Flag, Moment, Sent, text
from kithkin.platform.api.once import once
from kithkin.servicedesk.rules.requests import can_record_requests
from kithkin.servicedesk.services import record_requests
from kithkin.servicedesk.way import MomentRecord, RequestRecord

router = Router()
MOST = 5_000


class EventIn(Sent):
    """Something that happened to a request; several of one request may stand anywhere among the others."""

    request: Annotated[str, text(60, least=1, says="Its number.", example="INC0000045")]
    at: Moment
    queue: Annotated[str, text(120, says="Who has it from then on, by name; left out: as before.", example="Desk")] = ""
    state: Annotated[str, text(60, says="As your system calls it.", example="Active")] = ""
    closes: Flag = False
    kept: Flag | None = Field(None, description="Whether its promise is kept so far; the last one that is said counts.")
    title: Annotated[str, text(300, example="No network in room 3")] = ""


class EventsIn(Sent):
    """The events, in their order. What was sent before changes nothing."""

    events: list[EventIn] = Field(min_length=1, max_length=MOST)


class RequestsRecordedOut(Schema):
    """What came of it, in requests."""

    added: int
    changed: int = Field(description="Requests that were known, and of which more is known now.")


@router.post("/requests/events", response={201: RequestsRecordedOut})
@once
def record_events(request: HttpRequest, sent: EventsIn) -> Status[RequestsRecordedOut]:
    """Take in what happened to requests. Queues that are not there yet are made."""
    if not can_record_requests(asker(request)):
        raise PermissionDenied
    by_number: dict[str, list[EventIn]] = {}
    for event in sent.events:
        by_number.setdefault(event.request, []).append(event)
    done = record_requests(requests=[_record(number, events) for number, events in by_number.items()])
    return Status(201, RequestsRecordedOut(added=done.added, changed=done.changed))


def _record(number: str, events: list[EventIn]) -> RequestRecord:
    by_time = sorted(events, key=lambda event: event.at)
    said = [event.kept for event in by_time if event.kept is not None]
    titles = [event.title for event in by_time if event.title]
    moments = [MomentRecord(one.at, one.queue.strip(), one.state.strip(), one.closes) for one in events]
    return RequestRecord(number, moments, title=titles[-1] if titles else "", kept=said[-1] if said else None)
