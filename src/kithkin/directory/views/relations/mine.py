"""Whom I serve, who serves me."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kithkin.platform.access import allowed, anybody


@allowed(anybody)
def show_mine(request: HttpRequest) -> HttpResponse:
    """The reader's units and own roles."""
    return render(request, "directory/relations/mine.html", {})
