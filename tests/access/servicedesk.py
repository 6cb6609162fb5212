"""Pages of requests and queues."""

from __future__ import annotations

from typing import Any

from kithkin.servicedesk.models import Queue, Request
from kithkin.servicedesk.services import record_requests
from tests.access.table import EVERYBODY, MANAGERS, Row
from tests.cast import Cast
from tests.servicedesk.made import told

STAFF = EVERYBODY - {"bob", "charlie"}
SEES_IT = frozenset({"alice", "percy", "anna", "dora", "gus"})


def request_of_charlie(cast: Cast) -> dict[str, Any]:
    """Charlie of Logistics asked; queues of IT had it."""
    record_requests(requests=[told("R-77", requester_id=cast.charlie.person.pk)])
    Queue.objects.update(unit=cast.it)
    return {"pk": Request.objects.get().pk}


def queue_of_it(cast: Cast) -> dict[str, Any]:
    """A queue that IT works."""
    request_of_charlie(cast)
    return {"pk": Queue.objects.get(name="Desk").pk}


def listed(cast: Cast) -> dict[str, Any]:
    """The list with that request."""
    request_of_charlie(cast)
    return {}


ROWS = {
    "requests": Row(EVERYBODY, listed, sees=lambda _: {"R-77": SEES_IT | {"charlie"}}),
    "request": Row(SEES_IT | {"charlie"}, request_of_charlie, otherwise=404),
    "request_flow": Row(STAFF, listed, sees=lambda _: {"Network": SEES_IT}),
    "queues": Row(STAFF, listed, sees=lambda _: {"Network": SEES_IT}),
    "queue": Row(SEES_IT, queue_of_it, otherwise=403, exceptions={"donald": 404}),
    "change_queue": Row(MANAGERS, queue_of_it),
}
