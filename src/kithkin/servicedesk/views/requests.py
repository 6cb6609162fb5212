"""The list of requests, and one of them with its path."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kithkin.directory.queries.relations import as_shown, links
from kithkin.directory.rules.imports import may_import
from kithkin.platform.access import allowed, anybody, user_of
from kithkin.platform.listing import Choice, Column, Listing
from kithkin.platform.models import Import
from kithkin.servicedesk.models import Request
from kithkin.servicedesk.pictures.path import path_picture
from kithkin.servicedesk.queries.paths import Path, path_of
from kithkin.servicedesk.queries.requests import hand_overs_of, queues_visible_to, requests_visible_to
from kithkin.servicedesk.rules.requests import works_on_requests
from kithkin.servicedesk.wording import long, percent

MOST_RELATIONS, MOST_MONTHS, MOST_LEGS, MOST_EVENTS = 50, 36, 60, 100
_MONTH = re.compile(r"(\d{4})-(\d{2})")


def _relations(request: HttpRequest) -> list[tuple[str, str]]:
    """The relations with the most requests, and the one that is asked for."""
    user = user_of(request)
    counted = requests_visible_to(user).filter(link__isnull=False).order_by().values("link")
    ids = [row["link"] for row in counted.annotate(n=Count("pk")).order_by("-n", "link")[:MOST_RELATIONS]]
    asked = request.GET.get("link", "")
    if asked.isascii() and asked.isdecimal() and len(asked) < 10:
        ids.append(int(asked))
    rows = links().filter(pk__in=ids).order_by("provider_name", "receiver_name", "what_name", "pk")
    return [(str(one.id), f"{one.provider.name} → {one.receiver.name}: {one.what}") for one in as_shown(user, rows)]


def _months(request: HttpRequest) -> list[tuple[str, str]]:
    """The months with requests, the latest first."""
    edges = requests_visible_to(user_of(request)).aggregate(first=Min("opened_at"), last=Max("opened_at"))
    if edges["last"] is None:
        return []
    zone = ZoneInfo(settings.TIME_ZONE)
    first, last = (edges[name].astimezone(zone) for name in ("first", "last"))
    found: list[tuple[str, str]] = []
    year, month = last.year, last.month
    while (year, month) >= (first.year, first.month) and len(found) < MOST_MONTHS:
        found.append((f"{year}-{month:02}", date_format(datetime(year, month, 1, tzinfo=zone), "F Y")))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found


def _of_month(rows: QuerySet[Request], value: str) -> QuerySet[Request]:
    zone = ZoneInfo(settings.TIME_ZONE)
    year, month = int(value[:4]), int(value[5:])
    after = (year, month + 1) if month < 12 else (year + 1, 1)
    return rows.filter(
        opened_at__gte=datetime(year, month, 1, tzinfo=zone), opened_at__lt=datetime(*after, 1, tzinfo=zone)
    )


def _imports(request: HttpRequest) -> list[tuple[str, str]]:
    """The one that is asked for: its own page leads here."""
    asked = request.GET.get("import", "")
    if not may_import(user_of(request)) or not (asked.isascii() and asked.isdecimal() and len(asked) < 10):
        return []
    return [(str(pk), name) for pk, name in Import.objects.filter(pk=int(asked)).values_list("pk", "name")]


def _promise(rows: QuerySet[Request], value: str) -> QuerySet[Request]:
    return rows.filter(kept={"kept": True, "broken": False}.get(value))


REQUESTS = Listing[Request](
    "requests",
    columns=(
        Column("number", gettext_lazy("Number"), sort="number"),
        Column("title", gettext_lazy("Subject")),
        Column("link", gettext_lazy("Relation")),
        Column("unit", gettext_lazy("Asked by"), shown=False),
        Column("queue", gettext_lazy("Queue")),
        Column("opened", gettext_lazy("Opened"), sort="opened_at"),
        Column("state", gettext_lazy("Closed after")),
        Column("handovers", gettext_lazy("Hand-overs"), figure=True),
        Column("kept", gettext_lazy("Promise")),
    ),
    filters=(
        Choice(
            "queue",
            gettext_lazy("Queue"),
            lambda request: [(str(one.pk), one.name) for one in queues_visible_to(user_of(request))],
            lambda rows, value: rows.filter(queue=int(value)),
        ),
        Choice("link", gettext_lazy("Relation"), _relations, lambda rows, value: rows.filter(link=int(value))),
        Choice(
            "state",
            gettext_lazy("State"),
            (("open", gettext_lazy("open")), ("closed", gettext_lazy("closed"))),
            lambda rows, value: rows.filter(closed_at__isnull=value == "open"),
        ),
        Choice(
            "promise",
            gettext_lazy("Promise"),
            (
                ("kept", gettext_lazy("kept")),
                ("broken", gettext_lazy("broken")),
                ("unknown", gettext_lazy("not known")),
            ),
            _promise,
        ),
        Choice("month", gettext_lazy("Opened in"), _months, _of_month),
        Choice("import", gettext_lazy("Brought by"), _imports, lambda rows, value: rows.filter(brought=int(value))),
    ),
    search=lambda rows, text: rows.filter(number__icontains=text) | rows.filter(title__icontains=text),
    sort="-opened",
)


@allowed(anybody)
def show_list(request: HttpRequest) -> HttpResponse:
    """Those that the reader may see, the latest first."""
    user = user_of(request)
    rows = requests_visible_to(user)
    page = REQUESTS.page(rows.select_related("queue", "unit"), request)
    if not page.rows and not page.narrowed:
        context = {"may_import": may_import(user), "works": works_on_requests(user)}
        return render(request, "servicedesk/no_requests.html", context)
    _complete(request, page.rows)
    return render(request, "servicedesk/requests.html", {"page": page, "works": works_on_requests(user)})


def _complete(request: HttpRequest, rows: Iterable[Any]) -> None:
    """Put onto the rows what the page shows of them, with two queries."""
    shown = list(rows)
    handed = hand_overs_of(shown)
    found = links().filter(pk__in={one.link_id for one in shown if one.link_id})
    relations = {one.id: one for one in as_shown(user_of(request), found)}
    for one in shown:
        one.handed, one.relation = handed[one.pk], relations.get(one.link_id)
        one.took = long((one.closed_at - one.opened_at).total_seconds() / 3600) if one.closed_at else ""


@allowed(anybody)
def show_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: whom the delay belongs to, leg by leg."""
    user = user_of(request)
    rows = requests_visible_to(user).select_related("queue__unit", "unit", "requester")
    one = get_object_or_404(rows, pk=pk)
    path = path_of(one)
    relation = next(iter(as_shown(user, links().filter(pk=one.link_id))), None) if one.link_id else None
    context = {
        "one": one,
        "title": _title(path),
        "path": path,
        "picture": path_picture(path),
        "legs": [(leg, long(leg.hours), percent(leg.share)) for leg in path.legs[:MOST_LEGS]],
        "more_legs": max(len(path.legs) - MOST_LEGS, 0),
        "slowest": _slowest(path),
        "relation": relation,
        "events": path.moments[:MOST_EVENTS],
        "more_events": max(len(path.moments) - MOST_EVENTS, 0),
        "seen_queues": set(queues_visible_to(user).values_list("pk", flat=True)) if works_on_requests(user) else set(),
        "works": works_on_requests(user),
        "own": one.requester is not None and one.requester.user_id == user.pk,
    }
    return render(request, "servicedesk/request.html", context)


def _title(path: Path) -> str:
    said = {"number": path.request.number, "time": long(path.hours)}
    if path.request.closed_at is not None:
        said["time"] = long((path.request.closed_at - path.request.opened_at).total_seconds() / 3600)
    if not path.hand_overs:
        whole = _("%(number)s was done in %(time)s by one queue")
        return (whole if path.request.closed_at else _("%(number)s has been open for %(time)s in one queue")) % said
    said["n"] = str(path.hand_overs)
    if path.request.closed_at is None:
        return (
            ngettext(
                "%(number)s has been open for %(time)s, handed on once",
                "%(number)s has been open for %(time)s, handed on %(n)s times",
                path.hand_overs,
            )
            % said
        )
    return (
        ngettext(
            "%(number)s took %(time)s and was handed on once",
            "%(number)s took %(time)s and was handed on %(n)s times",
            path.hand_overs,
        )
        % said
    )


def _slowest(path: Path) -> dict[str, Any] | None:
    """Whose most of the delay is, where more than one had the request."""
    holders = path.holders
    if len(holders) < 2 or not path.hours:
        return None
    first = holders[0]
    return {"queue": first.queue, "share": round(100 * first.share), "time": long(first.hours)}
