"""The timeline of a person: each room brings the contacts it knows of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from kithkin.platform.models import User


@dataclass(frozen=True)
class Moment:
    """One contact or change: when, what, a line about it, and where to read more."""

    at: datetime
    title: str
    line: str = ""
    url: str = ""


@dataclass(frozen=True)
class TimelineSource:
    """`moments(person_id, user, before, limit)` returns what this user may see, the latest first."""

    moments: Callable[[int, User, datetime, int], Sequence[Moment]]
    position: int = 100


timeline: Registry[TimelineSource] = Registry(lambda source: source.position)
