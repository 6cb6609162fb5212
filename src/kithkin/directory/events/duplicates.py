"""Two records of one person became one, or two again."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.platform.events import Fact


@dataclass(frozen=True)
class PeopleMerged(Fact):
    """`gone_id` is a part of `kept_id` now: whoever keeps ids of people outside the database's ties follows."""

    merge_id: int
    kept_id: int
    gone_id: int


@dataclass(frozen=True)
class MergeUndone(Fact):
    """They are two people again."""

    merge_id: int
    kept_id: int
    gone_id: int
