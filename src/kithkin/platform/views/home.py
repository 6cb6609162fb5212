"""The first page: the picture, what changed, what waits for the reader."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kithkin.platform.access import allowed, anybody
from kithkin.platform.registries.home import Waiting, panels, waiting

MOST_WAITING = 10


@allowed(anybody)
def home(request: HttpRequest) -> HttpResponse:
    """What the rooms bring for this reader."""
    shown: list[tuple[str, dict[str, Any]]] = []
    for panel in panels:
        filling = panel.build(request)
        if filling is not None:
            shown.append((panel.template, filling))
    things: list[Waiting] = []
    for source in waiting:
        things += source.find(request.user)  # type: ignore[arg-type]
    return render(request, "platform/home.html", {"panels": shown, "waiting": things[:MOST_WAITING]})
