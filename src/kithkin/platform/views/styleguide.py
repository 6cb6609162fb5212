"""Every component in every state, on one living page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kithkin.platform.access import allowed, anybody


@allowed(anybody)
def styleguide(request: HttpRequest) -> HttpResponse:
    """The page that the browser tests photograph."""
    return render(request, "platform/styleguide.html")
