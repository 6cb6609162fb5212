"""What this room does after a backup was brought back."""

from __future__ import annotations

from kithkin.platform.registries.later import Later
from kithkin.platform.registries.restored import AfterRestore, after_restore

start_afresh = Later("kithkin.insights.warehouse.start_afresh")


def load_again() -> str:
    """What is counted is of the state that is gone: it is made anew from the one that came back."""
    tables = start_afresh()
    return f"What is counted is loaded again, in the background: {tables} tables." if tables else ""


after_restore.add(AfterRestore("insights.warehouse", load_again, position=50))
