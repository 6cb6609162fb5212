"""When something goes wrong: what happened, why, and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kithkin.platform.models import ChangedMeanwhile


def _page(request: HttpRequest, status: int, title: str, what: str) -> HttpResponse:
    context = {"title": title, "what": what, "request_id": request.META.get("kithkin.request_id", "")}
    return render(request, "platform/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400."""
    return _page(request, 400, _("That was not understood"), _("Go back, reload the page and try again."))


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    said = str(exception) or _("Your role does not reach this page. An administrator can change that.")
    return _page(request, 403, _("This is not open to you"), said)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404: not there, or not for this reader; the two look alike."""
    said = _("It may have been moved or removed, or it is not open to you. Search for it, or start at the home page.")
    return _page(request, 404, _("Nothing is here"), said)


def changed_meanwhile(request: HttpRequest, exception: ChangedMeanwhile) -> HttpResponse:
    """409."""
    return _page(request, 409, _("Somebody was faster"), str(exception))


def too_many(request: HttpRequest) -> HttpResponse:
    """429."""
    return _page(request, 429, _("That was too often"), _("Wait some minutes, then try again. Nothing was changed."))


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    said = _(
        "The fault is ours, and it is in the log. Nothing half done was kept. Try again; if it stays, "
        "tell your administrator the number below."
    )
    return _page(request, 500, _("Something broke"), said)


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """403 for a form without a valid token."""
    said = _("The form was open too long, or cookies are switched off. Go back, reload the page and send it again.")
    return _page(request, 403, _("The form was not accepted"), said)
