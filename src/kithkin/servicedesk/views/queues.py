"""Queues: how much each of them carries, how long it waits there, and how often the promise breaks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.analysis.charts.flow import worse_than_rest
from kithkin.analysis.flow import GroupFlow, HandOver
from kithkin.directory.rules.imports import may_import
from kithkin.platform.access import allowed, user_of
from kithkin.platform.listing import Choice, Column, Listing
from kithkin.platform.models import ChangedMeanwhile
from kithkin.platform.views.meanwhile import differences
from kithkin.servicedesk.forms.queues import QueueForm
from kithkin.servicedesk.models import Queue
from kithkin.servicedesk.queries.flow import PERIODS, Flow, flow_of
from kithkin.servicedesk.queries.requests import queues_visible_to
from kithkin.servicedesk.rules.requests import can_change_queues, works_on_requests
from kithkin.servicedesk.services.queues import change_queue
from kithkin.servicedesk.wording import long, share, waiting

MOST = 20

QUEUES = Listing[Queue](
    "queues",
    columns=(
        Column("name", gettext_lazy("Queue"), sort="name"),
        Column("requests", gettext_lazy("Requests"), figure=True),
        Column("open", gettext_lazy("Open now"), figure=True),
        Column("waiting", gettext_lazy("Median wait")),
        Column("broken", gettext_lazy("Promise broken")),
        Column("returns", gettext_lazy("Came back"), figure=True),
        Column("unit", gettext_lazy("Worked by")),
    ),
    filters=(
        Choice(
            "worked",
            gettext_lazy("Worked by"),
            (("unit", gettext_lazy("any unit")), ("nobody", gettext_lazy("nobody yet"))),
            lambda rows, value: rows.filter(unit__isnull=value == "nobody"),
        ),
    ),
    search=lambda rows, text: rows.filter(name__icontains=text),
    sort="name",
)


@allowed(works_on_requests)
def show_queues(request: HttpRequest) -> HttpResponse:
    """All that the reader works with, with the figures of the period."""
    user = user_of(request)
    flow = flow_of(user, request.GET.get("period", ""))
    rows = queues_visible_to(user).annotate(open_now=Count("requests", filter=Q(requests__closed_at__isnull=True)))
    page = QUEUES.page(rows, request)
    if not page.rows and not page.narrowed:
        return render(request, "servicedesk/no_requests.html", {"may_import": may_import(user), "works": True})
    shown: list[Any] = list(page.rows)
    for one in shown:
        one.flow = figures(flow.group(one), _longest(flow))
    return render(request, "servicedesk/queues.html", {"page": page, "flow": flow, "periods": PERIODS.items()})


@allowed(works_on_requests)
def show_queue(request: HttpRequest, pk: int) -> HttpResponse:
    """One queue, with whom it takes requests from and to whom it hands them."""
    user = user_of(request)
    queue = get_object_or_404(queues_visible_to(user), pk=pk)
    flow = flow_of(user, request.GET.get("period", ""))
    group = flow.group(queue)
    context = {
        "queue": queue,
        "flow": flow,
        "periods": PERIODS.items(),
        "figures": figures(group, _longest(flow)),
        "title": _title(queue, group),
        "rest": None if group is None or group.breach_of_rest is None else round(100 * group.breach_of_rest),
        "worse": group is not None and worse_than_rest(group),
        "given": handed(flow, flow.given_by(queue)[:MOST]),
        "taken": handed(flow, flow.taken_by(queue)[:MOST]),
        "may_change": can_change_queues(user),
    }
    return render(request, "servicedesk/queue.html", context)


@allowed(can_change_queues)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name, and the unit that works it."""
    queue = get_object_or_404(Queue, pk=pk)
    form = QueueForm(request.POST or None, instance=queue)
    between, status = None, 200
    if request.method == "POST" and form.is_valid():
        try:
            stored = get_object_or_404(Queue, pk=pk)
            stored.expect(request.POST.get("version"))
            change_queue(queue=stored, **form.cleaned_data)
        except ChangedMeanwhile:
            queue = get_object_or_404(Queue, pk=pk)
            between, status = differences(form, QueueForm(instance=queue)), 409
        else:
            messages.success(request, _("Saved."))
            return redirect("queue", pk=pk)
    context = {"form": form, "queue": queue, "version": queue.version, "differences": between}
    return render(request, "servicedesk/queue_form.html", context, status=status)


@allowed(works_on_requests)
def show_flow(request: HttpRequest) -> HttpResponse:
    """Where requests wait, are handed on and break their promise."""
    user = user_of(request)
    flow = flow_of(user, request.GET.get("period", ""))
    if flow.report is None:
        nothing = {"works": True, "may_import": can_change_queues(user)}
        return render(request, "servicedesk/no_requests.html", nothing)
    report = flow.report
    context = {
        "flow": flow,
        "report": report,
        "periods": PERIODS.items(),
        "title": _finding(flow),
        "breach": share(report.breach),
        "rework": share(report.rework),
        "touched": [(one.groups, one.traces, share(one.breach)) for one in report.by_groups_touched],
        "handovers": handed(flow, report.handovers[:MOST]),
        "queues": [
            (flow.queues[one.group], figures(one, _longest(flow)), worse_than_rest(one)) for one in report.groups[:MOST]
        ],
        "seen_queues": set(queues_visible_to(user).values_list("pk", flat=True)),
        "most": MOST,
    }
    return render(request, "servicedesk/flow.html", context)


def figures(group: GroupFlow | None, longest: float) -> dict[str, Any] | None:
    """What a page shows of a queue; None where no request of the period touched it."""
    if group is None:
        return None
    return {
        "requests": group.traces,
        "waiting": waiting(group.waiting, longest),
        "broken": share(group.breach),
        "returns": group.returns,
        "legs": group.legs,
    }


def handed(flow: Flow, overs: tuple[HandOver, ...] | list[HandOver]) -> list[dict[str, Any]]:
    """What a page shows of hand-overs; those that are frequent against the most frequent."""
    return [
        {
            "giver": flow.queues[over.from_group],
            "taker": flow.queues[over.to_group],
            "volume": over.volume,
            "waiting": waiting(over.waiting, _longest(flow)),
            "broken": share(over.breach),
            "returns": over.returns,
        }
        for over in overs
    ]


def _longest(flow: Flow) -> float:
    """Where the scale of the medians ends: at twice what nine queues in ten stay below."""
    waits = sorted(group.waiting.median for group in flow.report.groups) if flow.report else []
    return 2 * waits[int(0.9 * (len(waits) - 1))] if waits else 1.0


def _title(queue: Queue, group: GroupFlow | None) -> str:
    if group is None:
        return _("Nothing came to %(queue)s in this time") % {"queue": queue.name}
    said = {"queue": queue.name, "time": long(group.waiting.median)}
    if group.breach is None:
        return _("Half of the stays in %(queue)s last longer than %(time)s") % said
    said["share"] = share(group.breach).value  # type: ignore[union-attr]
    return _("Of the requests that touch %(queue)s, %(share)s break their promise") % said


def _finding(flow: Flow) -> str:
    """What stands out: that more hands break more promises, where both ends are known."""
    assert flow.report
    known = [one for one in flow.report.by_groups_touched if one.breach is not None]
    if len(known) > 1:
        first, last = known[0], known[-1]
        assert first.breach
        assert last.breach
        if last.breach.low > first.breach.high:
            return _("The more hands a request passes, the more often its promise breaks: %(few)s → %(many)s") % {
                "few": share(first.breach).value,  # type: ignore[union-attr]
                "many": share(last.breach).value,  # type: ignore[union-attr]
            }
    if flow.report.breach is not None:
        return _("%(share)s of the promises were broken") % {"share": share(flow.report.breach).value}  # type: ignore[union-attr]
    return _("Where requests wait and who hands over to whom")
