"""Journeys of both sides, with their stages."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from kithkin.directory.api.finding import Ref
from kithkin.directory.models import Journey, Side
from kithkin.platform.api.fields import InPath
from kithkin.platform.api.pages import Asked, Page, each, page_of

router = Router()
JOURNEYS = Journey.objects.prefetch_related("stages__places__touchpoint")


class StageOut(Schema):
    """One stage of a journey, with the touchpoints on it."""

    id: int
    name: str
    expectation: str
    is_lost: bool = Field(description="Whether people leave here.")
    touchpoints: list[Ref]


class JourneyOut(Schema):
    """A way that kith, or kin, go."""

    id: int
    version: int
    name: str
    side: Side
    outcome: str = Field(description="What is asked at every stage.")
    stages: list[StageOut]


JourneysPage = Page[JourneyOut]


@router.get("/journeys", response=JourneysPage)
def list_journeys(request: HttpRequest, asked: Query[Asked]) -> JourneysPage:  # noqa: ARG001 (everybody sees them)
    """Every journey, with its stages in their order."""
    return page_of(JOURNEYS.all(), asked, each(_shown), JourneysPage)


@router.get("/journeys/{journey_id}", response=JourneyOut)
def get_journey(request: HttpRequest, journey_id: InPath) -> JourneyOut:  # noqa: ARG001 (everybody sees it)
    """One journey."""
    return _shown(get_object_or_404(JOURNEYS.all(), pk=journey_id))


def _shown(journey: Journey) -> JourneyOut:
    stages = [
        StageOut(
            id=stage.pk,
            name=stage.name,
            expectation=stage.expectation,
            is_lost=stage.is_lost,
            touchpoints=[Ref(id=one.touchpoint_id, name=one.touchpoint.name) for one in stage.places.all()],
        )
        for stage in journey.stages.all()
    ]
    return JourneyOut(
        id=journey.pk,
        version=journey.version,
        name=journey.name,
        side=Side(journey.side),
        outcome=journey.outcome,
        stages=stages,
    )
