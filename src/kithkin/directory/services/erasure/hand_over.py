"""Everything the installation knows about somebody, as they have a right to see it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from kithkin.directory.models import Person
from kithkin.directory.services.erasure.erase import with_merged
from kithkin.platform.registries.personal import personal_data


@transaction.atomic
def hand_over(*, person: Person) -> dict[str, Any]:
    """Room by room, heading by heading, as plain values: what every room registered, the records merged in included."""
    ids = [one.pk for one in with_merged(person)]
    told: dict[str, dict[str, list[Any]]] = {}
    for data in personal_data:
        room = told.setdefault(data.room, {})
        for pk in ids:
            for heading, rows in data.export(pk).items():
                room.setdefault(heading, []).extend(rows)
    return told
