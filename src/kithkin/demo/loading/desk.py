"""What was asked of departments, written through the service by which requests come in."""

from __future__ import annotations

from kithkin.demo.company import Company
from kithkin.demo.loading.answers import moment
from kithkin.demo.loading.places import Places
from kithkin.demo.loading.telling import Tell
from kithkin.demo.records.requests import QUEUES, RequestPlan, requests_of
from kithkin.directory.models import Unit
from kithkin.servicedesk.models import Queue, Request
from kithkin.servicedesk.services import record_requests
from kithkin.servicedesk.way import MomentRecord, RequestRecord

CHUNK = 700
PART = "Internal requests"


def load_requests(company: Company, places: Places, tell: Tell) -> None:
    """Every request with its way, from where it stopped."""
    asked = requests_of(company)
    _queues()
    begun = Request.objects.count()
    tell(PART, begun, len(asked))
    for first in range(begun, len(asked), CHUNK):
        last = min(first + CHUNK, len(asked))
        record_requests(requests=(_record(plan, places) for plan in asked.plans(first, last)))
        tell(PART, last, len(asked))


def _queues() -> None:
    """Each worked by its department."""
    for name, department in QUEUES.items():
        Queue.objects.get_or_create(name=name, defaults={"unit": Unit.objects.get(name=department)})


def _record(plan: RequestPlan, places: Places) -> RequestRecord:
    people = places.raters[plan.unit]
    return RequestRecord(
        number=plan.number,
        title=plan.title,
        link_id=places.links[plan.link],
        unit_id=places.units[plan.unit],
        requester_id=people[plan.asker % len(people)],
        kept=plan.kept,
        moments=[MomentRecord(moment(one.at), one.queue, one.state, one.closes) for one in plan.steps],
    )
