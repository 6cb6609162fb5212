"""How requests flow through queues: the report of `kithkin.analysis.flow` on the requests of a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
from django.db.models import Max, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from kithkin.analysis.flow import FlowReport, GroupFlow, HandOver, analyse
from kithkin.platform.models import User
from kithkin.servicedesk.models import Moment, MomentKind, Queue, Request
from kithkin.servicedesk.queries.requests import requests_visible_to

PERIODS = {"3": _("the last three months"), "12": _("the last year"), "all": _("all time")}
DAYS = {"3": 92, "12": 366}


@dataclass(frozen=True)
class Flow:
    """What the requests opened in a period show; `report` is None where there is none.

    The period ends with the latest request, so that the log of an earlier year is seen as well.
    """

    period: str
    since: datetime | None
    until: datetime | None
    report: FlowReport | None
    queues: Mapping[str, Queue]

    def group(self, queue: Queue) -> GroupFlow | None:
        """What it shows of one queue."""
        groups = self.report.groups if self.report else ()
        return next((group for group in groups if group.group == queue.name), None)

    def given_by(self, queue: Queue) -> list[HandOver]:
        """To whom it handed requests on, the most frequent first."""
        return [over for over in self.report.handovers if over.from_group == queue.name] if self.report else []

    def taken_by(self, queue: Queue) -> list[HandOver]:
        """From whom it took requests, the most frequent first."""
        return [over for over in self.report.handovers if over.to_group == queue.name] if self.report else []


def flow_of(user: User, period: str) -> Flow:
    """Of all requests that the reader may see, opened in the period."""
    rows = requests_visible_to(user)
    edges = rows.aggregate(first=Min("opened_at"), last=Max("opened_at"))
    first, last = edges["first"], edges["last"]
    period = period if period in PERIODS else "3"
    if last is None:
        return Flow(period, None, None, None, {})
    since = max(first, last - timedelta(days=DAYS[period])) if period in DAYS else first
    report, queues = report_on(rows.filter(opened_at__gte=since))
    return Flow(period, since, last, report, queues)


def report_on(requests: QuerySet[Request]) -> tuple[FlowReport | None, Mapping[str, Queue]]:
    """The report on these requests, and the queues by name."""
    queues = {queue.pk: queue for queue in Queue.objects.select_related("unit")}
    moments = Moment.objects.filter(request__in=requests.order_by().values("pk")).order_by("request", "at", "pk")
    rows = list(moments.values_list("request", "queue", "at", "kind", "request__kept"))
    if not rows:
        return None, {}
    case, queue, at, kind, kept = zip(*rows, strict=True)
    names = [one.name for one in queues.values()]
    place = {pk: number for number, pk in enumerate(queues)}
    indices = pa.array([None if pk is None else place[pk] for pk in queue], pa.int32())
    report = analyse(
        np.array(case, np.int64),
        pa.DictionaryArray.from_arrays(indices, pa.array(names, pa.string())),
        np.array([one.replace(tzinfo=None) for one in at], "datetime64[us]"),
        pa.array(kept, pa.bool_()),
        closed=np.array(kind) == MomentKind.CLOSED.value,
    )
    return report, {one.name: one for one in queues.values()}
