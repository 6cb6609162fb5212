"""Search over everything the reader may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kithkin.platform.access import allowed, anybody, user_of
from kithkin.platform.asked import typed
from kithkin.platform.registries.search import finders

EACH = 8


@allowed(anybody)
def search(request: HttpRequest) -> HttpResponse:
    """A heading for each kind of thing, with its best hits; as a fragment while somebody types."""
    text = typed(request.GET, "q")
    found = []
    if len(text) >= 2:
        found = [(finder.label, finder.find(user_of(request), text, EACH)) for finder in finders]
    results = [(label, hits) for label, hits in found if hits]
    template = "platform/search.html#results" if request.htmx else "platform/search.html"  # type: ignore[attr-defined]
    return render(request, template, {"text": text, "results": results})
