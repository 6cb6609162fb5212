"""Partners: organisations that serve or are served without being a part of the company."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status

from kithkin.directory.api.catalogue import (
    ThingChange,
    ThingOut,
    ThingsAsked,
    asked_for,
    changed,
    check_may_edit,
    thing_fields,
)
from kithkin.directory.models import Partner, PartnerKind
from kithkin.directory.services.catalogue import add_thing
from kithkin.platform.api.fields import UNSAID, InPath, Sent, text
from kithkin.platform.api.once import once
from kithkin.platform.api.pages import Page, each, page_of

router = Router()


Name = Annotated[str, text(200, least=1, example="Rail Freight Ltd")]


class PartnerOut(ThingOut):
    """An organisation that serves or is served without being a part of the company."""

    kind: PartnerKind


class PartnerIn(Sent):
    """A new partner."""

    name: Name
    kind: PartnerKind = PartnerKind.PARTNER


class PartnerChange(ThingChange):
    """What is different now; what is left out stays."""

    name: Name = UNSAID
    kind: PartnerKind = UNSAID


PartnerPage = Page[PartnerOut]


@router.get("/partners", response=PartnerPage)
def list_partners(request: HttpRequest, asked: Query[ThingsAsked]) -> PartnerPage:  # noqa: ARG001 (everybody sees them)
    """Every partner, those retired included."""
    return page_of(asked_for(Partner.objects.all(), asked), asked, each(_shown), PartnerPage)


@router.get("/partners/{partner_id}", response=PartnerOut)
def get_partner(request: HttpRequest, partner_id: InPath) -> PartnerOut:  # noqa: ARG001 (everybody sees it)
    """One partner."""
    return _shown(get_object_or_404(Partner, pk=partner_id))


@router.post("/partners", response={201: PartnerOut})
@once
def add_partner(request: HttpRequest, sent: PartnerIn) -> Status[PartnerOut]:
    """Write down a new partner."""
    check_may_edit(request)
    return Status(201, _shown(add_thing(thing=Partner(**sent.model_dump()))))


@router.patch("/partners/{partner_id}", response=PartnerOut)
def change_partner(request: HttpRequest, partner_id: InPath, sent: PartnerChange) -> PartnerOut:
    """Say otherwise what it is called or is about, retire it or take it back."""
    return _shown(changed(request, get_object_or_404(Partner, pk=partner_id), sent))


def _shown(partner: Partner) -> PartnerOut:
    return PartnerOut(**thing_fields(partner), kind=PartnerKind(partner.kind))
