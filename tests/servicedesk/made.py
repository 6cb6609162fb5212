"""Requests as another system tells them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kithkin.servicedesk.way import MomentRecord, RequestRecord

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def moment(hours: float, queue: str = "", state: str = "", *, closes: bool = False) -> MomentRecord:
    """So many hours after nine."""
    return MomentRecord(NINE + timedelta(hours=hours), queue=queue, state=state, closes=closes)


def told(number: str = "R1", *moments: MomentRecord, **more: object) -> RequestRecord:
    """A request, by default one that went from the desk to the network team and back, and was closed after five hours.

    It waited two hours at the desk, two with the network team and one more at the desk.
    """
    way = moments or (
        moment(0, "Desk"),
        moment(2, "Network"),
        moment(3, "Network", "waiting"),
        moment(4, "Desk"),
        moment(5, "Desk", "done", closes=True),
    )
    return RequestRecord(number, way, **more)
