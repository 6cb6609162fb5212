"""The legs of requests, as `kithkin.analysis.flow` finds them, with the keys of what they are legs of."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from kithkin.analysis.flow import Legs, Log
from kithkin.servicedesk.models import Moment

Whole = NDArray[np.int64]
NO_GROUP = -1


@dataclass(frozen=True, eq=False)
class WalkedLegs:
    """One entry for each leg, by request and time: `key` is that of the event with which it begins.

    `next_queue` is NO_GROUP for a request's last leg. Times are microseconds since 1970.
    """

    key: Whole
    request: Whole
    queue: Whole
    next_queue: Whole
    arrived: Whole
    micros: Whole
    is_return: NDArray[np.bool_]

    def between(self, first: int, last: int) -> Self:
        """Those with keys in this range."""
        chosen = (self.key >= first) & (self.key <= last)
        return type(self)(*(getattr(self, field.name)[chosen] for field in fields(self)))


def walk(moments: QuerySet[Moment]) -> WalkedLegs:
    """The legs of all requests of which these are the events: all of them, for half a way has other legs."""
    rows = list(moments.order_by("request", "at", "pk").values_list("pk", "request", "queue", "at"))
    key, request = _whole([row[0] for row in rows]), _whole([row[1] for row in rows])
    if not rows:
        none = np.zeros(0, np.int64)
        return WalkedLegs(key, request, none, none, none, none, none.astype(bool))
    queues = _whole([NO_GROUP if row[2] is None else row[2] for row in rows])
    names, coded = np.unique(queues, return_inverse=True)
    codes = coded - int(names[0] == NO_GROUP)
    names = names[names != NO_GROUP]
    at = np.array([row[3].replace(tzinfo=None) for row in rows], "datetime64[us]").astype(np.int64)
    log = Log.from_codes(
        case=request,
        group=codes,
        at=at,
        kept=np.full(key.size, np.nan),
        closed=None,
        names=tuple(map(str, names.tolist())),
    )
    legs = Legs.of(log)
    after = np.append(names, NO_GROUP)[legs.to]
    return WalkedLegs(
        key=key[legs.row],
        request=request[legs.row],
        queue=names[legs.group],
        next_queue=after,
        arrived=at[legs.row],
        micros=legs.micros,
        is_return=legs.is_return,
    )


def _whole(values: list[Any]) -> Whole:
    return np.array(values, np.int64)
