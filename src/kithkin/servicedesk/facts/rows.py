"""How the rows of the two fact tables are read from the truth.

Legs, hand-overs and returns are those of `kithkin.analysis.flow`, by its own code.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.db.models import QuerySet
from numpy.typing import NDArray

from kithkin.platform.registries.facts import FactTable
from kithkin.servicedesk.facts.tables import LEG_TABLE, REQUEST_TABLE
from kithkin.servicedesk.legs import NO_GROUP, walk
from kithkin.servicedesk.models import Moment, Request

BUCKETS = 200
HOUR = 3_600_000_000


def request_rows(first: int, last: int) -> pa.Table:
    """The requests with these keys: `hours` from opening to closing, `provider` the unit that the relation names."""
    rows = Request.objects.filter(pk__gte=first, pk__lte=last).order_by("pk")
    names = ("pk", "opened_at", "closed_at", "link", "unit", "link__provider_unit", "queue", "kept")
    keys, opened, closed, link, unit, provider, queue, kept = _columns(rows, *names)
    of = np.array(keys, np.int64)
    legs = walk(Moment.objects.filter(request__gte=first, request__lte=last))
    place = np.searchsorted(of, legs.request)
    held, different = (np.bincount(place[chosen], minlength=of.size) for chosen in (slice(None), ~legs.is_return))
    began, ended = _micros(opened), _micros(closed)
    hours = pc.divide(pc.subtract(ended, began).cast(pa.float64()), float(HOUR))
    return _table(
        REQUEST_TABLE,
        of,
        began,
        link=link,
        unit=unit,
        provider=provider,
        queue=queue,
        handovers=np.maximum(held - 1, 0),
        queues=different,
        returns=held - different,
        hours=hours,
        kept=kept,
        is_open=pc.is_null(ended),
        bucket=bucket(of),
    )


def leg_rows(first: int, last: int) -> pa.Table:
    """The legs that begin with these events: `hours` until the hand-over, or the request's last event."""
    touched = Moment.objects.filter(pk__gte=first, pk__lte=last).values("request")
    legs = walk(Moment.objects.filter(request__in=touched)).between(first, last)
    requests = Request.objects.filter(pk__in=touched).order_by("pk")
    keys, link, kept = _columns(requests, "pk", "link", "kept")
    place = np.searchsorted(np.array(keys, np.int64), legs.request)
    return _table(
        LEG_TABLE,
        legs.key,
        pa.array(legs.arrived),
        request=legs.request,
        queue=legs.queue,
        next_queue=pa.array(legs.next_queue, mask=legs.next_queue == NO_GROUP),
        link=pa.array(link, pa.int64()).take(place),
        hours=legs.micros / HOUR,
        kept=pa.array(kept, pa.bool_()).take(place),
    )


def bucket(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Into which of the 200 parts that bootstraps draw a request falls: by its key, and without any pattern of it."""
    mixed = (keys.astype(np.uint64) * np.uint64(2_654_435_761)) & np.uint64(0xFFFF_FFFF)
    return ((mixed * np.uint64(BUCKETS)) >> np.uint64(32)).astype(np.int64)


def _columns(rows: QuerySet[Any], *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*rows.values_list(*names), strict=True)) or [()] * len(names)


def _micros(moments: tuple[Any, ...]) -> pa.Array:
    return pa.array(moments, pa.timestamp("us", "UTC")).cast(pa.int64())


def _table(table: FactTable, keys: Any, at: pa.Array, **columns: Any) -> pa.Table:
    """With `at`, in microseconds, as the day and the month of the company's own zone."""
    zoned = at.cast(pa.timestamp("us", "UTC")).cast(pa.timestamp("us", settings.TIME_ZONE))
    local = pc.local_timestamp(zoned)
    found = {"key": keys, "month": pc.strftime(local, "%Y-%m"), "day": local.cast(pa.date32(), safe=False), **columns}
    schema = table.schema
    return pa.table([pa.array(found[field.name]).cast(field.type) for field in schema], schema=schema)
