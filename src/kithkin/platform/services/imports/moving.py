"""A chunk is done: the cursor moves in its transaction, and after the last the import stands in its next state."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from kithkin.platform.events import publish
from kithkin.platform.imports.facts import ImportChecked, ImportDone
from kithkin.platform.imports.tally import Tally
from kithkin.platform.models import Import, ImportState
from kithkin.platform.services.imports.lease import advance


def move_on(one: Import, tally: Tally, *, running: bool) -> dict[str, Any]:
    """Count and move; what was written."""
    phase, after, fact = (
        ("run", ImportState.DONE, ImportDone) if running else ("check", ImportState.CHECKED, ImportChecked)
    )
    moved: dict[str, Any] = {
        "cursor": min(one.cursor + 1, one.chunks),
        "counts": {**one.counts, phase: tally.as_counts()},
    }
    ending: dict[str, Any] = {}
    if moved["cursor"] >= one.chunks:
        ending = {"state": after, "lease": None, "lease_until": None, "finished_at": timezone.now()}
        publish(fact(import_id=one.pk, refused=tally.refused))
    advance(one, **moved, **ending)
    return moved
