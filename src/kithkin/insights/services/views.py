"""Views that people keep, share and put on their dashboard."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from kithkin.directory.models import Unit
from kithkin.insights.models import SavedView, Tile
from kithkin.insights.rules.views import PAGES, may_share_with
from kithkin.platform.models import User

LONGEST, LONGEST_NAME = 2_000, 120
KNOWN = {"program", "score", "by", "from", "to", "driver", "link", "target", "unit", "inside", "outside", "month"}
MOST_TILES = 24


class ViewRefused(ValueError):
    """A view cannot be kept or shared like this; the message says why and what to do."""


def keep_view(*, owner: User, name: str, page: str, asked: str) -> SavedView:
    """Keep a page with its filters under a name. Raises ViewRefused where there is no such page or name."""
    if page not in PAGES:
        raise ViewRefused(_("This page cannot be kept."))
    view = SavedView(owner=owner, name=_name(name), page=page, asked=cleaned(asked))
    _saved(view)
    return view


def rename_view(*, view: SavedView, name: str) -> SavedView:
    """Call it something else."""
    view.name = _name(name)
    _saved(view)
    return view


@transaction.atomic
def share_view(*, view: SavedView, by: User, unit: Unit | None = None, everybody: bool = False) -> SavedView:
    """Share it with a unit and all below, with everybody, or (with neither) with nobody any more.

    Whoever it is taken from loses it from their dashboard.
    """
    if not may_share_with(by, unit, everybody=everybody):
        raise ViewRefused(_("You can share with the units that you reach, and with everybody only from everywhere."))
    narrower = (view.shared_with_id, view.shared_with_all) != (unit.pk if unit else None, everybody) and not everybody
    view.shared_with, view.shared_with_all = unit, everybody
    view.save()
    if narrower:
        Tile.objects.filter(view=view).exclude(user=view.owner_id).delete()
    return view


@transaction.atomic
def remove_view(*, view: SavedView) -> None:
    """Forget it, on every dashboard too."""
    view.delete()


@transaction.atomic
def add_tile(*, user: User, view: SavedView) -> Tile:
    """Put it on the user's dashboard, at the end; where it is there already, nothing happens."""
    positions = list(Tile.objects.filter(user=user).values_list("position", flat=True))
    if len(positions) >= MOST_TILES:
        raise ViewRefused(_("A dashboard holds %(most)d tiles. Take one away first.") % {"most": MOST_TILES})
    tile, _made = Tile.objects.get_or_create(user=user, view=view, defaults={"position": max(positions, default=0) + 1})
    return tile


@transaction.atomic
def take_tile(*, tile: Tile) -> None:
    """Take it off the dashboard; the view stays."""
    tile.delete()


@transaction.atomic
def move_tile(*, tile: Tile, step: int) -> None:
    """So many places towards the end (or, below zero, the beginning)."""
    tiles = list(Tile.objects.select_for_update().filter(user=tile.user_id))
    place = next(number for number, one in enumerate(tiles) if one.pk == tile.pk)
    tiles.insert(min(max(place + step, 0), len(tiles) - 1), tiles.pop(place))
    _numbered(tiles)


def _numbered(tiles: Sequence[Tile]) -> None:
    for number, one in enumerate(tiles, 1):
        one.position = number
    Tile.objects.bulk_update(tiles, ["position"])


def cleaned(asked: str) -> str:
    """The part of an address that asks something. Raises ViewRefused where it is too long to be kept."""
    query = QueryDict(asked)
    kept = QueryDict(mutable=True)
    for key in query:
        if key in KNOWN or key.startswith("in."):
            kept.setlist(key, query.getlist(key))
    if len(kept.urlencode()) > LONGEST:
        raise ViewRefused(_("There are too many filters in it to keep it. Take some away."))
    return kept.urlencode()


def _name(name: str) -> str:
    found = " ".join(name.replace("\x00", " ").split())
    if not found:
        raise ViewRefused(_("Give it a name."))
    if len(found) > LONGEST_NAME:
        raise ViewRefused(_("The name is too long: 120 characters are the most."))
    return found


def _saved(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        raise ViewRefused(
            _("You keep a view called “%(name)s” already. Choose another name.") % {"name": view.name}
        ) from error
