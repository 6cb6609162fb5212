"""The two fact tables: their names and columns."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model

from kithkin.platform.registries.facts import FactColumn, FactKind, FactSource, FactTable
from kithkin.platform.registries.later import Later
from kithkin.servicedesk.models import Moment, Request

REQUESTS, LEGS = "requests", "legs"
_ROWS = "kithkin.servicedesk.facts.rows"

_REQUEST_COLUMNS = (
    FactColumn("day", FactKind.DAY),
    FactColumn("link", FactKind.ID),
    FactColumn("unit", FactKind.ID),
    FactColumn("provider", FactKind.ID),
    FactColumn("queue", FactKind.ID),
    FactColumn("handovers", FactKind.NUMBER),
    FactColumn("queues", FactKind.NUMBER),
    FactColumn("returns", FactKind.NUMBER),
    FactColumn("hours", FactKind.NUMBER),
    FactColumn("kept", FactKind.TRUTH),
    FactColumn("is_open", FactKind.TRUTH),
    FactColumn("bucket", FactKind.ID),
)
_LEG_COLUMNS = (
    FactColumn("request", FactKind.NUMBER),
    FactColumn("day", FactKind.DAY),
    FactColumn("queue", FactKind.ID),
    FactColumn("next_queue", FactKind.ID),
    FactColumn("link", FactKind.ID),
    FactColumn("hours", FactKind.NUMBER),
    FactColumn("kept", FactKind.TRUTH),
)


def _following(model: type[Model]) -> Callable[[int, int], int | None]:
    def following(after: int, count: int) -> int | None:
        keys = model._base_manager.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:count]
        return max(keys, default=None)

    return following


REQUEST_TABLE = FactTable(REQUESTS, _REQUEST_COLUMNS, Later(f"{_ROWS}.request_rows"), _following(Request))
LEG_TABLE = FactTable(LEGS, _LEG_COLUMNS, Later(f"{_ROWS}.leg_rows"), _following(Moment))
SOURCE = FactSource("servicedesk", lambda: (REQUEST_TABLE, LEG_TABLE))
