"""Taking requests in as another system tells them, thousands at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from kithkin.platform.events import publish
from kithkin.platform.models import Import
from kithkin.servicedesk.events import RequestsRecorded
from kithkin.servicedesk.models import Moment, MomentKind, Queue, Request
from kithkin.servicedesk.services.noting import note_requests
from kithkin.servicedesk.services.queues import queues_named
from kithkin.servicedesk.way import (
    RequestRecord,
    Step,
    in_order,
    kinds,
    new_steps,
    promise,
    standing,
)

CHUNK = 3_000
"""Events in one transaction: a fraction of a second, since on SQLite everybody else waits to write meanwhile."""
BATCH = 500
_MOMENT = ("request_id", "at", "kind", "queue_id", "state")


@dataclass(frozen=True)
class Recorded:
    """How many requests came in anew, and of how many more became known. The others told nothing new."""

    added: int = 0
    changed: int = 0


def record_requests(*, requests: Iterable[RequestRecord], by_import: Import | None = None) -> Recorded:
    """Take in requests with their events. Whatever is known already stays as it is, and nothing is there twice.

    A request is known by its number, and one that is known can become longer, but never shorter. Written in short
    transactions, so that whoever is stopped half-way does the same once more.
    """
    added = changed = 0
    for chunk in _chunks(requests):
        try:
            done = _record(chunk, by_import)
        except IntegrityError:  # somebody else brought one of them meanwhile: now it is known
            done = _record(chunk, by_import)
        added, changed = added + done.added, changed + done.changed
    return Recorded(added, changed)


def _chunks(requests: Iterable[RequestRecord]) -> Iterator[list[RequestRecord]]:
    """Some whole requests, none of them twice."""
    chunk: dict[str, RequestRecord] = {}
    size = 0
    for one in requests:
        if not one.number or not one.moments:
            raise ValueError(f"request {one.number!r}: it needs a number and at least one event")
        if chunk and (size + len(one.moments) > CHUNK or one.number in chunk):
            yield list(chunk.values())
            chunk, size = {}, 0
        chunk[one.number] = one
        size += len(one.moments)
    if chunk:
        yield list(chunk.values())


@transaction.atomic
def _record(told: Sequence[RequestRecord], by_import: Import | None) -> Recorded:
    queues = queues_named(
        names={moment.queue for one in told for moment in one.moments if isinstance(moment.queue, str)},
        by_import=by_import,
    )
    known = _known([one.number for one in told])
    fresh = [one for one in told if one.number not in known]
    added = _added(fresh, queues, by_import)
    longer = [_longer(one, known[one.number], _steps(one, queues), way) for one, way in _ways(told, known)]
    changed = [one for one in longer if one.told]
    _write_longer(changed)
    note_requests(added)
    note_requests([one.request.pk for one in changed])
    if fresh or changed:
        publish(RequestsRecorded(count=len(fresh) + len(changed), import_id=by_import.pk if by_import else None))
    return Recorded(len(fresh), len(changed))


def _known(numbers: Sequence[str]) -> dict[str, Request]:
    found = Request.objects.filter(number__in=numbers).order_by("pk")
    if connection.features.has_select_for_update:
        found = found.select_for_update(of=("self",))
    return {one.number: one for one in found}


def _steps(one: RequestRecord, queues: dict[str, Queue]) -> list[Step]:
    def queue_id(queue: str | Queue) -> int | None:
        if isinstance(queue, Queue):
            return queue.pk
        return queues[queue].pk if queue else None

    steps = [Step(m.at, queue_id(m.queue), m.state, m.closes) for m in one.moments]
    return [steps[place] for place in in_order(steps)]


def _added(fresh: Sequence[RequestRecord], queues: dict[str, Queue], by_import: Import | None) -> list[int]:
    """Write those that are not known yet, with their events; their keys."""
    ways = [_steps(one, queues) for one in fresh]
    made = []
    for one, steps in zip(fresh, ways, strict=True):
        stands = standing(steps)
        made.append(
            Request(
                number=one.number,
                title=one.title,
                link_id=one.link_id,
                unit_id=one.unit_id,
                requester_id=one.requester_id,
                queue_id=stands.queue_id,
                opened_at=stands.opened_at,
                closed_at=stands.closed_at,
                kept=promise(one.kept, decided=stands.decided),
                brought=by_import,
            )
        )
    Request.objects.bulk_create(made, batch_size=BATCH)
    _write_moments(
        (request.pk, step.at, kind.value, step.queue_id, step.state)
        for request, steps in zip(made, ways, strict=True)
        for step, kind in zip(steps, kinds(steps), strict=True)
    )
    return [request.pk for request in made]


def _write_moments(rows: Iterable[tuple[int, datetime, str, int | None, str]]) -> None:
    """Events as plain rows (request, when, what, queue, state), which costs a third of making each a record first."""
    adapted = connection.ops.adapt_datetimefield_value
    names = ", ".join(map(connection.ops.quote_name, _MOMENT))
    table = connection.ops.quote_name(Moment._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES (%s, %s, %s, %s, %s)",  # noqa: S608 (names of our own)
            [(request, adapted(at), kind, queue, state) for request, at, kind, queue, state in rows],
        )


@dataclass(frozen=True)
class _Longer:
    """A known request after what was told of it: its events in order, which of them are new or mean something else."""

    request: Request
    new: list[Moment]
    other: list[Moment]
    told: bool


def _ways(told: Sequence[RequestRecord], known: dict[str, Request]) -> Iterator[tuple[RequestRecord, list[Moment]]]:
    """Each record of a known request, with the events that are known of it in their order."""
    ways = defaultdict(list)
    for moment in Moment.objects.filter(request__in=known.values()) if known else ():
        ways[moment.request_id].append(moment)
    for one in told:
        if one.number in known:
            yield one, ways[known[one.number].pk]


def _longer(one: RequestRecord, request: Request, told: Sequence[Step], way: Sequence[Moment]) -> _Longer:
    steps = [Step(m.at, m.queue_id, m.state, m.kind == MomentKind.CLOSED) for m in way]
    new = [told[place] for place in new_steps(steps, told)]
    moments = [*way, *(Moment(request=request, at=s.at, queue_id=s.queue_id, state=s.state) for s in new)]
    all_steps = [*steps, *new]
    order = in_order(all_steps)
    moments, all_steps = [moments[place] for place in order], [all_steps[place] for place in order]
    other = []
    for moment, kind in zip(moments, kinds(all_steps), strict=True):
        if moment.kind != kind:
            moment.kind = kind
            if moment.pk:
                other.append(moment)
    changed = _stand(request, one, all_steps, latest=not steps or told[-1].at >= steps[-1].at)
    return _Longer(request, [m for m in moments if not m.pk], other, bool(new or changed))


def _stand(request: Request, one: RequestRecord, steps: Sequence[Step], *, latest: bool) -> bool:
    """Put down how the request stands after all its steps; whether that is anything else than before.

    What an older part of the way says of the promise is not believed against a newer.
    """
    stands = standing(steps)
    kept = one.kept if one.kept is not None and (latest or request.kept is None) else request.kept
    now = {
        "title": one.title or request.title,
        "link_id": one.link_id or request.link_id,
        "unit_id": one.unit_id or request.unit_id,
        "requester_id": one.requester_id or request.requester_id,
        "queue_id": stands.queue_id,
        "opened_at": stands.opened_at,
        "closed_at": stands.closed_at,
        "kept": promise(kept, decided=stands.decided),
    }
    before = {name: getattr(request, name) for name in now}
    for name, value in now.items():
        setattr(request, name, value)
    return before != now


def _write_longer(changed: Sequence[_Longer]) -> None:
    fields = ["title", "link", "unit", "requester", "queue", "opened_at", "closed_at", "kept"]
    Request.objects.bulk_update([one.request for one in changed], fields, batch_size=BATCH)
    Moment.objects.bulk_update([m for one in changed for m in one.other], ["kind"], batch_size=BATCH)
    Moment.objects.bulk_create([m for one in changed for m in one.new], batch_size=BATCH)
