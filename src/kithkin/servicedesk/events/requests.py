"""Requests came in, or went again: one event for each batch."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class RequestsRecorded(Fact):
    """Requests were added, or more of their way became known: by so many records, or lines of a file."""

    count: int
    import_id: int | None = None


@dataclass(frozen=True)
class RequestsRemoved(Fact):
    """What an import had brought is gone again."""

    count: int
    import_id: int
