"""What happened with imports."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class ImportChecked(Fact):
    """A file was checked: what would come in, and how many lines are refused."""

    import_id: int
    refused: int


@dataclass(frozen=True)
class ImportDone(Fact):
    """A file has come in, but for the lines that were refused."""

    import_id: int
    refused: int


@dataclass(frozen=True)
class ImportStopped(Fact):
    """Something keeps an import from going on; what, it says itself."""

    import_id: int


@dataclass(frozen=True)
class ImportUndone(Fact):
    """An import was taken back, but for what had changed since."""

    import_id: int
    import_kind: str
    count: int
