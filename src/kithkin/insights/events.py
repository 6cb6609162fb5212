"""What happened in this room."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class OutcomesRecorded(Fact):
    """So many values of a measure came in or were replaced."""

    measure_id: int
    count: int


@dataclass(frozen=True)
class FiguresImported(Fact):
    """So many lines of a file brought figures in, or changed some."""

    import_id: int
    count: int
