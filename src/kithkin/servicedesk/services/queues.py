"""Queues: where requests wait, and which unit works them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from kithkin.directory.models import Unit
from kithkin.platform import audit
from kithkin.platform.models import Import
from kithkin.servicedesk.models import Moment, Queue


@transaction.atomic
def queues_named(*, names: Iterable[str], by_import: Import | None = None) -> dict[str, Queue]:
    """The queues of these names; those that are not there yet are made, worked by nobody in particular."""
    wanted = {name for name in names if name}
    found = {queue.name: queue for queue in Queue.objects.filter(name__in=wanted)}
    missing = [Queue(name=name, brought=by_import) for name in sorted(wanted - found.keys())]
    if missing:
        Queue.objects.bulk_create(missing, ignore_conflicts=True)  # somebody else may have made one meanwhile
        made = list(Queue.objects.filter(name__in=[queue.name for queue in missing]))
        audit.record_created(made)
        found |= {queue.name: queue for queue in made}
    return found


@transaction.atomic
def remove_unused_queues(*, by_import_id: int) -> int:
    """Delete the queues that came with this import, and that nobody uses or works; how many."""
    unused = Queue.objects.filter(brought=by_import_id, unit__isnull=True, requests__isnull=True)
    gone = unused.exclude(Exists(Moment.objects.filter(queue=OuterRef("pk")))).values_list("pk", flat=True)
    return Queue.objects.filter(pk__in=list(gone)).delete()[0]


@transaction.atomic
def change_queue(*, queue: Queue, name: str, unit: Unit | None) -> Queue:
    """Call it otherwise, or give it to another unit; requests stay where they are."""
    queue.name, queue.unit = name, unit
    queue.save()
    return queue
