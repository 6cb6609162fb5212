"""What people asked of departments, handed over and erased with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kithkin.platform.registries.personal import PersonalData, personal_data
from kithkin.servicedesk.models import Request


def export(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every request that the person made."""
    rows = Request.objects.filter(requester=person_id).order_by("opened_at")
    return {"requests": list(rows.values("number", "title", "opened_at", "closed_at", "kept"))}


def erase(person_id: int) -> None:
    """The work done stays, asked by nobody in particular, about nothing in particular."""
    Request.objects.filter(requester=person_id).update(requester=None, title="")


personal_data.add(PersonalData(room="servicedesk", models=frozenset({Request}), export=export, erase=erase))
