"""Queues: where requests wait, and which unit works them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from kithkin.platform import audit
from kithkin.servicedesk.models import Queue


@transaction.atomic
def queues_named(*, names: Iterable[str]) -> dict[str, Queue]:
    """The queues of these names; those that are not there yet are made, worked by nobody in particular."""
    wanted = {name for name in names if name}
    found = {queue.name: queue for queue in Queue.objects.filter(name__in=wanted)}
    missing = [Queue(name=name) for name in sorted(wanted - found.keys())]
    if missing:
        Queue.objects.bulk_create(missing, ignore_conflicts=True)  # somebody else may have made one meanwhile
        made = list(Queue.objects.filter(name__in=[queue.name for queue in missing]))
        audit.record_created(made)
        found |= {queue.name: queue for queue in made}
    return found
