"""What happened with imports."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class ImportUndone(Fact):
    """An import was taken back, but for what had changed since."""

    import_id: int
    import_kind: str
    count: int
