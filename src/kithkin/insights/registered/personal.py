"""Views that somebody kept, handed over and erased with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kithkin.insights.models import SavedView, Tile
from kithkin.platform import audit
from kithkin.platform.jobs import enqueue_named
from kithkin.platform.registries.personal import PersonalData, personal_data


def export(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The views that the person kept."""
    rows = SavedView.objects.filter(owner__person=person_id).order_by("pk")
    return {"saved views": list(rows.values("name", "page", "asked", "shared_with_all"))}


def erase(person_id: int) -> None:
    """The person's views and their dashboard; whoever was shared one loses it. What was counted follows by a job."""
    rows = SavedView.objects.filter(owner__person=person_id)
    audit.forget(SavedView, list(rows.values_list("pk", flat=True)))
    Tile.objects.filter(user__person=person_id).delete()
    rows.delete()
    enqueue_named("kithkin.insights.tasks.loading.forget_erased")


personal_data.add(PersonalData(room="insights", models=frozenset({SavedView, Tile}), export=export, erase=erase))
