"""The audit trail: everything that was changed, by whom and how."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kithkin.platform.access import allowed, is_administrator
from kithkin.platform.listing import Choice, Column, Listing, Written
from kithkin.platform.models import AuditEntry
from kithkin.platform.queries import history


def _start(day: date) -> datetime:
    """The day's first moment in the reader's zone."""
    return timezone.make_aware(datetime.combine(day, time()))


TRAIL = Listing[AuditEntry](
    "audit",
    columns=(
        Column("when", _("When"), sort="id"),
        Column("who", _("Who")),
        Column("what", _("What")),
        Column("changes", _("From → to")),
        Column("path", _("By")),
        Column("request_id", _("Request"), shown=False),
    ),
    filters=(
        Written("who", _("Who"), str, history.by_person),
        Choice("kind", _("What"), lambda _: history.kinds(), lambda rows, value: rows.filter(content_type_id=value)),
        Choice(
            "action",
            _("Done"),
            tuple((str(key), label) for key, label in history.ACTIONS.items()),
            lambda rows, value: rows.filter(action=value),
        ),
        Choice("path", _("By"), tuple(history.PATHS.items()), lambda rows, value: rows.filter(path=value)),
        Written(
            "since", _("From"), date.fromisoformat, lambda rows, day: rows.filter(timestamp__gte=_start(day)), "date"
        ),
        Written(
            "until",
            _("To"),
            date.fromisoformat,
            lambda rows, day: rows.filter(timestamp__lt=_start(day + timedelta(days=1))),
            "date",
        ),
    ),
    search=lambda rows, text: rows.filter(Q(object_repr__icontains=text) | Q(request_id=text)),
    sort="-when",
)


@allowed(is_administrator)
def trail(request: HttpRequest) -> HttpResponse:
    """The newest changes, narrowed as the reader wants."""
    page = TRAIL.page(history.trail(), request)
    told = {entry.pk: entry for entry in history.in_words(page.rows)}
    return render(request, "platform/audit/trail.html", {"page": page, "told": told})


@allowed(is_administrator)
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One change in full, and what else was changed in the same request."""
    shown = get_object_or_404(history.trail(), pk=pk)
    context = {"entry": history.in_words([shown])[0], "beside": history.in_words(history.beside(shown))}
    return render(request, "platform/audit/entry.html", context)
