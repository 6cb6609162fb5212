"""A dashboard of one's own: saved views as tiles, each fetched by itself, so that a slow one holds up nobody."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kithkin.insights.models import SavedView, Tile
from kithkin.insights.queries.views import address_of, tiles_of, views_visible_to
from kithkin.insights.rules import can_read_scores
from kithkin.insights.services.views import ViewRefused, add_tile, move_tile, take_tile
from kithkin.insights.views.parts import shown
from kithkin.insights.views.unanswered import UNANSWERED, said_of
from kithkin.platform.access import allowed, user_of
from kithkin.platform.asked import as_id
from kithkin.platform.charts import drawn

STEPS = {"earlier": -1, "later": 1}


@allowed(can_read_scores)
def show(request: HttpRequest) -> HttpResponse:
    """The tiles, empty at first."""
    user = user_of(request)
    tiles = list(tiles_of(user))
    there = {tile.view_id for tile in tiles}
    context = {
        "tiles": [(tile, address_of(tile.view)) for tile in tiles],
        "others": [view for view in views_visible_to(user).order_by("name") if view.pk not in there],
    }
    return render(request, "insights/dashboard.html", context)


@allowed(can_read_scores)
def show_tile(request: HttpRequest, pk: int) -> HttpResponse:
    """One tile: the sentence that its page would begin with and one picture, or why there is none."""
    tile = _tile(request, pk)
    context = {"tile": tile, "address": address_of(tile.view)}
    try:
        found = shown(tile.view.page, QueryDict(tile.view.asked), user_of(request))
    except UNANSWERED as error:
        return render(request, "insights/tile.html", context | {"refused": said_of(error, user_of(request))})
    chart = drawn(f"tile-{tile.pk}", found.picture) if found.picture is not None else None
    return render(request, "insights/tile.html", context | {"found": found, "chart": chart})


@require_POST
@allowed(can_read_scores)
def add(request: HttpRequest) -> HttpResponse:
    """Put a view on it."""
    user = user_of(request)
    view: SavedView = get_object_or_404(views_visible_to(user), pk=as_id(request.POST.get("view", "")))
    try:
        add_tile(user=user, view=view)
    except ViewRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("“%(view)s” is on your dashboard.") % {"view": view})
    return redirect("dashboard")


@require_POST
@allowed(can_read_scores)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Earlier or later."""
    move_tile(tile=_tile(request, pk), step=STEPS.get(request.POST.get("do", ""), 0))
    return redirect("dashboard")


@require_POST
@allowed(can_read_scores)
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one off."""
    take_tile(tile=_tile(request, pk))
    return redirect("dashboard")


def _tile(request: HttpRequest, pk: int) -> Tile:
    found: Tile = get_object_or_404(tiles_of(user_of(request)), pk=pk)
    return found
