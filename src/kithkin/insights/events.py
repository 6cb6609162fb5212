"""What happened in this room."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class OutcomesRecorded(Fact):
    """So many values of a measure came in or were replaced."""

    measure_id: int
    count: int
