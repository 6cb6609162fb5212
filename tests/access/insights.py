"""Who may open what of insights."""

from __future__ import annotations

from typing import Any

from kithkin.insights.models import SavedView, Tile
from tests.access.table import ANALYSTS, MANAGERS, Row
from tests.cast import Cast
from tests.insights.imports.files import upload
from tests.insights.pages.both_sides import figures_of_both_sides

READERS = ANALYSTS | {"dora", "donald"}


def kept(cast: Cast) -> dict[str, Any]:
    """A view of Percy's that nobody else has."""
    return {"pk": SavedView.objects.create(name="Percy's own", owner=cast.percy, page="scores").pk}


def with_kept(cast: Cast) -> dict[str, Any]:
    """The list with views in it: one of Percy's own, one for IT, one for everybody."""
    kept(cast)
    SavedView.objects.create(name="For IT", owner=cast.percy, page="scores", shared_with=cast.it)
    SavedView.objects.create(name="For all", owner=cast.percy, page="scores", shared_with_all=True)
    return {}


def tile(cast: Cast) -> dict[str, Any]:
    """On Percy's dashboard."""
    view = SavedView.objects.create(name="For all", owner=cast.percy, page="scores", shared_with_all=True)
    return {"pk": Tile.objects.create(user=cast.percy, view=view, position=1).pk}


def figures(cast: Cast) -> dict[str, Any]:
    """A file of Percy's on its way in."""
    return {"pk": upload(cast.percy, "Filiale,Monat,Anrufe\nIT,2026-01,3\n").pk}


def with_figures(cast: Cast) -> dict[str, Any]:
    """Figures of both sides."""
    figures_of_both_sides(cast)
    return {}


NOT_THEIRS = dict.fromkeys(READERS - {"percy"}, 404)
PERCY = frozenset({"percy"})
ROWS = {
    "scores": Row(allowed=READERS),
    "drivers": Row(allowed=READERS),
    "weak_link": Row(allowed=READERS),
    "study_links": Row(allowed=ANALYSTS, post=lambda _cast: {}, status=302),
    "chain": Row(allowed=READERS),
    "study_chain": Row(allowed=ANALYSTS, post=lambda _cast: {}, status=302),
    "stop_question": Row(allowed=READERS, post=lambda _: {"ticket": "x" * 22}, status=204),
    "understand_file": Row(
        allowed=READERS, kwargs=lambda _: {"page": "scores", "part": "trend", "kind": "csv"}, status=422
    ),
    "figures": Row(allowed=READERS, kwargs=with_figures, sees=lambda _: {"Bring in a file": MANAGERS}),
    "figure_columns": Row(allowed=MANAGERS, kwargs=figures),
    "saved_views": Row(
        allowed=READERS,
        kwargs=with_kept,
        sees=lambda _: {"Percy&#x27;s own": PERCY, "For IT": ANALYSTS | {"dora"}, "For all": READERS},
    ),
    "keep_view": Row(allowed=READERS, post=lambda _: {"name": "Mine", "page": "scores", "asked": ""}, status=302),
    "change_view": Row(allowed=PERCY, kwargs=kept, exceptions=NOT_THEIRS),
    "remove_view": Row(allowed=PERCY, kwargs=kept, post=lambda _: {}, status=302, exceptions=NOT_THEIRS),
    "dashboard": Row(allowed=READERS),
    "add_tile": Row(
        allowed=PERCY,
        kwargs=lambda cast: kept(cast) and {},
        post=lambda _: {"view": SavedView.objects.get().pk},
        status=302,
        exceptions=NOT_THEIRS,
    ),
    "tile": Row(allowed=PERCY, kwargs=tile, exceptions=NOT_THEIRS),
    "move_tile": Row(allowed=PERCY, kwargs=tile, post=lambda _: {"do": "later"}, status=302, exceptions=NOT_THEIRS),
    "take_tile": Row(allowed=PERCY, kwargs=tile, post=lambda _: {}, status=302, exceptions=NOT_THEIRS),
}
