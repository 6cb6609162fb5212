"""Journeys as they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

from kithkin.directory.models import Journey, Stage, StageTouchpoint, Touchpoint
from kithkin.directory.queries.catalogue import open_things
from kithkin.directory.registries.stage_scores import StageScore, stage_scores

if TYPE_CHECKING:
    from kithkin.platform.models import User


@dataclass(frozen=True)
class ShownStage:
    """A stage with what stands on it and how people find it."""

    stage: Stage
    places: Sequence[StageTouchpoint]
    scores: Sequence[tuple[str | Promise, StageScore]]


def journeys() -> QuerySet[Journey]:
    """All of them, which everybody may see, with their number of stages on the way, as their pages count them."""
    return Journey.objects.annotate(stage_count=Count("stages", filter=Q(stages__is_lost=False)))


def drawn(journey: Journey, user: User) -> tuple[list[ShownStage], list[ShownStage]]:
    """The stages on the way, and those where people leave, each in order."""
    stages = list(journey.stages.prefetch_related("places__touchpoint__unit"))
    measured = [(source.label, source.of_journey(journey.pk, user)) for source in stage_scores]
    shown = [
        ShownStage(
            stage,
            list(stage.places.all()),
            [(label, scores[stage.pk]) for label, scores in measured if stage.pk in scores],
        )
        for stage in stages
    ]
    return [one for one in shown if not one.stage.is_lost], [one for one in shown if one.stage.is_lost]


def offered_touchpoints() -> QuerySet[Touchpoint]:
    """Those that can be placed."""
    return open_things(Touchpoint).order_by("name")
