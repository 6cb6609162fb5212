"""The first page: the picture, what changed, what waits for the reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kithkin.platform.access import allowed, anybody, user_of
from kithkin.platform.registries.home import Panel, Waiting, panels, waiting

MOST_WAITING = 10


@allowed(anybody)
def home(request: HttpRequest) -> HttpResponse:
    """What the rooms bring for this reader."""
    shown: list[tuple[Panel, dict[str, Any]]] = []
    for panel in panels:
        filling = panel.build(request)
        if filling is not None:
            shown.append((panel, filling))
    things: list[Waiting] = []
    for source in waiting:
        things += source.find(user_of(request))
    return render(request, "platform/home.html", _context(shown, things))


def _context(shown: Sequence[tuple[Panel, dict[str, Any]]], things: Sequence[Waiting]) -> dict[str, Any]:
    return {
        "panels": [(panel.template, filling) for panel, filling in shown],
        "styles": list(dict.fromkeys(style for panel, _ in shown for style in panel.styles)),
        "scripts": list(dict.fromkeys(script for panel, _ in shown for script in panel.scripts)),
        "waiting": things[:MOST_WAITING],
    }
