"""Touchpoints: where the outside is met, and by which unit."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Status

from kithkin.directory.api.catalogue import (
    DescribedChange,
    DescribedOut,
    Description,
    Name,
    ThingsAsked,
    asked_for,
    changed,
    check_may_edit,
    thing_fields,
)
from kithkin.directory.api.finding import Ref
from kithkin.directory.models import Touchpoint, Unit
from kithkin.directory.services.catalogue import add_thing
from kithkin.platform.api.fields import UNSAID, Id, InPath, Sent, text
from kithkin.platform.api.once import once
from kithkin.platform.api.pages import Page, each, page_of
from kithkin.platform.api.references import named

router = Router()
TOUCHPOINTS = Touchpoint.objects.select_related("unit")


Channel = Annotated[str, text(60, example="shop")]
HeldBy = Annotated[Id | None, Field(description="The unit that holds it.")]


class TouchpointOut(DescribedOut):
    """Where the outside is met, and by which unit."""

    channel: str
    unit: Ref | None


class TouchpointIn(Sent):
    """A new touchpoint."""

    name: Name
    description: Description = ""
    channel: Channel = ""
    unit: HeldBy = None


class TouchpointChange(DescribedChange):
    """What is different now; what is left out stays."""

    channel: Channel = UNSAID
    unit: HeldBy = UNSAID


TouchpointPage = Page[TouchpointOut]


@router.get("/touchpoints", response=TouchpointPage)
def list_touchpoints(request: HttpRequest, asked: Query[ThingsAsked]) -> TouchpointPage:  # noqa: ARG001 (everybody sees them)
    """Every touchpoint, those retired included."""
    return page_of(asked_for(TOUCHPOINTS, asked), asked, each(_shown), TouchpointPage)


@router.get("/touchpoints/{touchpoint_id}", response=TouchpointOut)
def get_touchpoint(request: HttpRequest, touchpoint_id: InPath) -> TouchpointOut:  # noqa: ARG001 (everybody sees it)
    """One touchpoint."""
    return _shown(get_object_or_404(TOUCHPOINTS, pk=touchpoint_id))


@router.post("/touchpoints", response={201: TouchpointOut})
@once
def add_touchpoint(request: HttpRequest, sent: TouchpointIn) -> Status[TouchpointOut]:
    """Write down a new touchpoint."""
    check_may_edit(request)
    unit = named(Unit.objects.all(), sent.unit, "unit")
    made = add_thing(thing=Touchpoint(**sent.model_dump(exclude={"unit"}), unit=unit))
    return Status(201, _shown(made))


@router.patch("/touchpoints/{touchpoint_id}", response=TouchpointOut)
def change_touchpoint(request: HttpRequest, touchpoint_id: InPath, sent: TouchpointChange) -> TouchpointOut:
    """Say otherwise what it is called or is about, retire it or take it back."""
    touchpoint = get_object_or_404(TOUCHPOINTS, pk=touchpoint_id)
    also: dict[str, Any] = {}
    if "unit" in sent.model_fields_set:
        also["unit"] = named(Unit.objects.all(), sent.unit, "unit")
    return _shown(changed(request, touchpoint, sent, **also))


def _shown(touchpoint: Touchpoint) -> TouchpointOut:
    unit = touchpoint.unit
    return TouchpointOut(
        **thing_fields(touchpoint),
        description=touchpoint.description,
        channel=touchpoint.channel,
        unit=Ref(id=unit.pk, name=unit.name) if unit else None,
    )
