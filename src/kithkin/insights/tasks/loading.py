"""The warehouse, kept up: each may be started twice, and leaves what time lacks for to another job."""

from __future__ import annotations

from kithkin.insights import warehouse
from kithkin.platform import jobs


def load() -> None:
    """Every minute, and soon after changes: what was noted gets into the warehouse."""
    if warehouse.load_pending():
        jobs.enqueue(load)


def look_after(after: str = "") -> None:
    """Every hour: small files are brought together, those that nobody reads any more are deleted."""
    rest = warehouse.upkeep(after)
    if rest is not None:
        jobs.enqueue(look_after, rest)


def forget_erased(after: str = "") -> None:
    """After somebody was erased: their rows leave the warehouse, and no file that held them stays."""
    rest = warehouse.forget(after)
    if rest is not None:
        jobs.enqueue(forget_erased, rest)
