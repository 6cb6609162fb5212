"""The first page: the picture, what changed, what waits for the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from kithkin.platform.access import allowed, anybody, user_of
from kithkin.platform.kept import kept
from kithkin.platform.registries.home import Waiting, panels, waiting

MOST_WAITING = 10


@dataclass(frozen=True)
class Part:
    """A panel as it stands on the page, and what it needs in the page's head."""

    html: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]


@dataclass(frozen=True)
class Followed:
    """All of the page that is another only where the state of the company is: panels, and what waits by position."""

    parts: Sequence[Part]
    things: Sequence[Sequence[Waiting] | None]


@allowed(anybody)
def home(request: HttpRequest) -> HttpResponse:
    """What the rooms bring for this reader."""
    user = user_of(request)
    found = kept(user, "home", lambda: _followed(request))
    things: list[Waiting] = []
    for source, known in zip(waiting, found.things, strict=True):
        things += source.find(user) if known is None else known
    context = {
        "panels": [part.html for part in found.parts],
        "styles": list(dict.fromkeys(style for part in found.parts for style in part.styles)),
        "scripts": list(dict.fromkeys(script for part in found.parts for script in part.scripts)),
        "waiting": things[:MOST_WAITING],
    }
    return render(request, "platform/home.html", context)


def _followed(request: HttpRequest) -> Followed:
    """Drawn without the request: what is kept may hold nothing of it but whose it is."""
    user, parts = user_of(request), []
    for panel in panels:
        filling = panel.build(request)
        if filling is not None:
            html = render_to_string(panel.template, {"panel": filling, "user": user})
            parts.append(Part(html, tuple(panel.styles), tuple(panel.scripts)))
    return Followed(parts, [list(source.find(user)) if source.followed else None for source in waiting])
