"""How people find each stage of a journey: later rooms measure it, its page shows the gap, and nothing until then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from kithkin.platform.models import User


@dataclass(frozen=True)
class StageScore:
    """The outcome at one stage: what people expected of it, how they found it, from how many, and how sure that is."""

    experience: float
    n: int
    low: float
    high: float
    expectation: float | None = None
    url: str = ""
    is_worst: bool = False

    @property
    def gap(self) -> float | None:
        """Experience less expectation; below zero people were let down."""
        return None if self.expectation is None else self.experience - self.expectation


@dataclass(frozen=True)
class StageScores:
    """One room's scores: `of_journey(journey_id, user)` by stage, only what this user may see and floors allow."""

    label: str | Promise
    of_journey: Callable[[int, User], Mapping[int, StageScore]]
    position: int = 100


stage_scores: Registry[StageScores] = Registry(lambda scores: scores.position)
