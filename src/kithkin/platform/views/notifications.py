"""What the reader is told, the new first; and that they have read it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from kithkin.platform.access import allowed, anybody, user_of
from kithkin.platform.asked import as_id, typed
from kithkin.platform.queries.notifications import in_words, page_of, told_to
from kithkin.platform.registries.notifications import topics
from kithkin.platform.services.notifications import read_notifications


@allowed(anybody)
def notifications(request: HttpRequest) -> HttpResponse:
    """All of them, some at a time."""
    user = user_of(request)
    page = page_of(user, as_id(typed(request.GET, "before")))
    context = {"page": page, "unread": page.count, "choosable": any(topic.concerns(user) for topic in topics)}
    return render(request, "platform/notifications.html", context)


@require_POST
@allowed(anybody)
def open_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it, and go to what it is about."""
    user = user_of(request)
    one = get_object_or_404(told_to(user), pk=pk)
    told = in_words(user, [one])[0].told
    read_notifications(user=user, ids=[one.pk])
    if told is None:
        return redirect("notifications")
    return HttpResponseClientRedirect(told.address) if request.htmx else HttpResponseRedirect(told.address)  # type: ignore[attr-defined]


@require_POST
@allowed(anybody)
def read_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it, and stay."""
    user = user_of(request)
    one = get_object_or_404(told_to(user), pk=pk)
    read_notifications(user=user, ids=[one.pk])
    return redirect("notifications")


@require_POST
@allowed(anybody)
def read_every_notification(request: HttpRequest) -> HttpResponse:
    """All that the page showed: what came since stays new."""
    n = read_notifications(user=user_of(request), up_to=as_id(typed(request.POST, "up_to")))
    messages.success(request, ngettext("%(n)d is marked as read.", "%(n)d are marked as read.", n) % {"n": n})
    return redirect("notifications")
