"""Touchpoints on the stages of a journey."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from kithkin.directory.events.journeys import JourneyChanged
from kithkin.directory.models import Stage, StageTouchpoint, Touchpoint
from kithkin.directory.services.journeys.stages import in_order
from kithkin.platform.events import publish


@transaction.atomic
def place_touchpoint(*, stage: Stage, touchpoint: Touchpoint) -> StageTouchpoint:
    """Put it on the stage, behind the others; twice is once."""
    in_order(stage.journey)
    count = StageTouchpoint.objects.filter(stage=stage).count()
    place, made = StageTouchpoint.objects.get_or_create(
        stage=stage, touchpoint=touchpoint, defaults={"position": count}
    )
    if made:
        publish(JourneyChanged(stage.journey_id))
    return place


@transaction.atomic
def take_touchpoint(*, place: StageTouchpoint) -> None:
    """Take it off the stage."""
    journey_id = place.stage.journey_id
    place.delete()
    publish(JourneyChanged(journey_id))


@transaction.atomic
def move_touchpoint(*, place: StageTouchpoint, by: int) -> None:
    """One place up (−1) or down (1); past the end of its stage it goes to the neighbouring one."""
    stages = in_order(place.stage.journey)
    order = [one.pk for one in StageTouchpoint.objects.filter(stage=place.stage)]
    here = order.index(place.pk)
    if 0 <= here + by < len(order):
        order.insert(here + by, order.pop(here))
        arrange_touchpoints(stage=place.stage, place_ids=order)
        return
    at = [stage.pk for stage in stages].index(place.stage_id) + by
    if 0 <= at < len(stages):
        there = [one.pk for one in StageTouchpoint.objects.filter(stage=stages[at])]
        arrange_touchpoints(stage=stages[at], place_ids=[place.pk, *there] if by > 0 else [*there, place.pk])


@transaction.atomic
def arrange_touchpoints(*, stage: Stage, place_ids: Sequence[int]) -> None:
    """The stage holds these, in this order, wherever on the journey they stood; others of it follow behind.

    One that would stand on the stage twice is left where it is.
    """
    in_order(stage.journey)
    ours = {one.pk: one for one in StageTouchpoint.objects.filter(stage__journey=stage.journey)}
    here = [one for one in ours.values() if one.stage_id == stage.pk]
    taken = {one.touchpoint_id for one in here}
    wanted = [ours[pk] for pk in dict.fromkeys(place_ids) if pk in ours]
    wanted = [one for one in wanted if one.stage_id == stage.pk or one.touchpoint_id not in taken]
    order = [*wanted, *(one for one in here if one not in wanted)]
    for position, place in enumerate(order):
        if (place.stage_id, place.position) != (stage.pk, position):
            place.stage, place.position = stage, position
            place.save()
    publish(JourneyChanged(stage.journey_id))
