"""Saved views and the tiles of a dashboard, as far as a reader may see them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from kithkin.directory.models import Unit
from kithkin.directory.queries.organisation import tree_of_today
from kithkin.insights.models import SavedView, Tile
from kithkin.insights.rules.reaching import reads
from kithkin.insights.rules.views import seen_by
from kithkin.platform.models import User


def views_visible_to(user: User) -> QuerySet[SavedView]:
    """The user's own views and those shared with them."""
    return SavedView.objects.filter(seen_by(user)).select_related("owner", "shared_with")


def tiles_of(user: User) -> QuerySet[Tile]:
    """The user's dashboard, without views that they may see no longer."""
    visible = SavedView.objects.filter(seen_by(user))
    return Tile.objects.filter(user=user, view__in=visible).select_related("view", "view__owner")


def units_to_share_with(user: User) -> list[tuple[int, str]]:
    """The open units that the user's role reaches, with where they stand."""
    over, tree = reads(user), tree_of_today()
    found = [(unit, " › ".join(node.name for node in tree.path(unit))) for unit in tree.nodes if over.covers(unit)]
    return sorted(found, key=lambda one: one[1].casefold())


def unit_to_share_with(user: User, pk: int) -> Unit | None:
    """One of them."""
    return Unit.objects.filter(pk=pk).first() if reads(user).covers(pk) else None


def address_of(view: SavedView) -> str:
    """Where it is opened."""
    return reverse(view.page) + (f"?{view.asked}" if view.asked else "")
