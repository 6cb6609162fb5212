"""What people answered, handed over and erased with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kithkin.platform.registries.personal import PersonalData, personal_data
from kithkin.platform.services.facts import note_changed
from kithkin.surveys.models import Response


def export(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every response that is tied to the person."""
    rows = Response.objects.filter(person=person_id).order_by("at")
    return {"responses": list(rows.values("program__name", "at", "unit__name", "touchpoint__name", "answers"))}


def erase(person_id: int) -> None:
    """The responses themselves: with day, unit and words they would still tell whose they were."""
    rows = Response.objects.filter(person=person_id)
    by_program: dict[str, list[int]] = {}
    for response in rows.select_related("program"):
        by_program.setdefault(response.program.table, []).append(response.pk)
    rows.delete()
    for table, keys in by_program.items():
        note_changed(table, keys)


personal_data.add(PersonalData(room="surveys", models=frozenset({Response}), export=export, erase=erase))
