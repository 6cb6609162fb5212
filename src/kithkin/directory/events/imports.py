"""What came in by a file: one event for each chunk, with how many lines of it did something."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class PeopleImported(Fact):
    """People were added or changed."""

    import_id: int
    count: int


@dataclass(frozen=True)
class AccountsImported(Fact):
    """Accounts were added or changed."""

    import_id: int
    count: int


@dataclass(frozen=True)
class PurchasesImported(Fact):
    """Purchases were added or changed."""

    import_id: int
    count: int
