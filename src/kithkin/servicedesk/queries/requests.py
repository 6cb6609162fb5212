"""The requests that somebody may see."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from kithkin.platform.access import reach
from kithkin.platform.models import User
from kithkin.servicedesk.legs import walk
from kithkin.servicedesk.models import Moment, Queue, Request
from kithkin.servicedesk.rules.requests import STAFF


def requests_visible_to(user: User) -> QuerySet[Request]:
    """Everybody's own; for those who work on them those that their units' queues had, or their relations hold."""
    within = reach(user, *STAFF)
    rows = Request.objects.all()
    if within.everywhere:
        return rows
    mine = Q(requester__user=user)
    if within.unit_ids:
        had = Moment.objects.filter(request=OuterRef("pk"), queue__unit__in=within.unit_ids)
        mine |= Q(link__provider_unit__in=within.unit_ids) | Q(link__receiver_unit__in=within.unit_ids)
        mine |= Q(queue__unit__in=within.unit_ids) | Q(Exists(had))
    return rows.filter(mine)


def queues_visible_to(user: User) -> QuerySet[Queue]:
    """All; for those who work in a part of the organisation the queues that it works."""
    return Queue.objects.filter(reach(user, *STAFF).limit("unit")).select_related("unit")


def hand_overs_of(requests: Sequence[Request]) -> dict[int, int]:
    """How often each of them was handed on, with one query."""
    legs = walk(Moment.objects.filter(request__in=[one.pk for one in requests]))
    found = dict.fromkeys((one.pk for one in requests), 0)
    for request, after in zip(legs.request.tolist(), legs.next_queue.tolist(), strict=True):
        found[request] += after > 0
    return found
