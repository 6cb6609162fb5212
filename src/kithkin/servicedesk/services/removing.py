"""Taking back what an import brought."""

from __future__ import annotations

from django.db import transaction

from kithkin.platform.events import publish
from kithkin.platform.models import Import
from kithkin.platform.services.facts import note_changed
from kithkin.servicedesk.events import RequestsRemoved
from kithkin.servicedesk.facts.tables import LEGS, REQUESTS
from kithkin.servicedesk.models import Moment, Request
from kithkin.servicedesk.services.queues import remove_unused_queues

CHUNK = 1_000


def remove_requests(*, by_import: Import) -> int:
    """Delete the requests that this import brought, with all their events; how many. In short transactions."""
    gone = 0
    while ids := list(Request.objects.filter(brought=by_import).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        gone += _remove(ids, by_import)
    remove_unused_queues(by_import_id=by_import.pk)
    return gone


@transaction.atomic
def _remove(ids: list[int], by_import: Import) -> int:
    moments = Moment.objects.filter(request__in=ids)
    note_changed(LEGS, moments.values_list("pk", flat=True))
    note_changed(REQUESTS, ids)
    moments.delete()
    Request.objects.filter(pk__in=ids).delete()
    publish(RequestsRemoved(count=len(ids), import_id=by_import.pk))
    return len(ids)
