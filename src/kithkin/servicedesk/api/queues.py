"""Queues: where requests wait for a team."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import InPath
from kithkin.platform.api.pages import Asked, Page, each, page_of
from kithkin.servicedesk.models import Queue
from kithkin.servicedesk.queries.requests import queues_visible_to

router = Router()


class QueueOut(Schema):
    """One queue."""

    id: int
    name: str
    unit: int | None = Field(description="The unit that works it.")
    version: int


QueuePage = Page[QueueOut]


@router.get("/queues", response=QueuePage)
def list_queues(request: HttpRequest, asked: Query[Asked]) -> QueuePage:
    """The queues that the asker works with."""
    return page_of(queues_visible_to(asker(request)), asked, each(_shown), QueuePage)


@router.get("/queues/{queue_id}", response=QueueOut)
def get_queue(request: HttpRequest, queue_id: InPath) -> QueueOut:
    """One queue."""
    return _shown(get_object_or_404(queues_visible_to(asker(request)), pk=queue_id))


def _shown(queue: Queue) -> QueueOut:
    return QueueOut(id=queue.pk, name=queue.name, unit=queue.unit_id, version=queue.version)
