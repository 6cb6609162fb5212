"""Released tables as answers read them. None ever changes, so each is read from the database once, and kept small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import caches

from kithkin.analysis.disclosure import Status
from kithkin.insights.models import Release

SECONDS = 3_600
Key = tuple[tuple[str, str], ...]
Figures = tuple[int, float, float] | None
"""Of a cell n, and the bounds of the sum of its measure (equal where it is exact); None where it is hidden."""


@dataclass(frozen=True)
class Told:
    """One table: its floor, and its cells by what they are cut by, then by (dimension, label) pairs."""

    floor: int
    cells: Mapping[frozenset[str], Mapping[Key, Figures]]


def told(releases: Iterable[tuple[int, datetime]]) -> dict[int, Told]:
    """The tables of these releases (number and time of each), in one statement at most."""
    memory = caches["process"]
    wanted = {f"released-{pk}-{made_at.isoformat()}": pk for pk, made_at in releases}
    found: dict[str, Told] = memory.get_many(wanted)
    missing = {pk: key for key, pk in wanted.items() if key not in found}
    if missing:
        rows = Release.objects.filter(pk__in=missing).values_list("pk", "body")
        new = {missing[pk]: _read(body) for pk, body in rows.iterator(chunk_size=1)}
        memory.set_many(new, SECONDS)
        found |= new
    return {pk: found[key] for key, pk in wanted.items()}


def _read(body: Mapping[str, Any]) -> Told:
    """Out of what `ProtectedTable.to_dict` gave; a place stands under its shortest path."""
    levels = {level: one["name"] for one in body["dimensions"] for level in one["levels"]}
    cells: dict[frozenset[str], dict[Key, Figures]] = {}
    for cell in body["cells"]:
        key = {levels[level]: label or "" for level, label in cell["keys"].items()}  # the finest level comes last
        cells.setdefault(frozenset(key), {}).setdefault(tuple(sorted(key.items())), _figures(cell))
    return Told(body["policy"]["floor"], cells)


def _figures(cell: Mapping[str, Any]) -> Figures:
    if cell["status"] == Status.IMPOSSIBLE.value:
        return 0, 0.0, 0.0
    n, figure = cell["n"], next(iter(cell["figures"].values()), None)
    if n is None or figure is None:
        return None
    low, high = (figure[end] if figure["value"] is None else figure["value"] for end in ("low", "high"))
    return None if low is None or high is None else (n, n * low, n * high)
