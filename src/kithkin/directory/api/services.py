"""Services: what is done for others."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status

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
from kithkin.directory.models import Service
from kithkin.directory.services.catalogue import add_thing
from kithkin.platform.api.fields import InPath, Sent
from kithkin.platform.api.once import once
from kithkin.platform.api.pages import Page, each, page_of

router = Router()


class ServiceOut(DescribedOut):
    """What is done for others."""


class ServiceIn(Sent):
    """A new service."""

    name: Name
    description: Description = ""


class ServiceChange(DescribedChange):
    """What is different now; what is left out stays."""


ServicePage = Page[ServiceOut]


@router.get("/services", response=ServicePage)
def list_services(request: HttpRequest, asked: Query[ThingsAsked]) -> ServicePage:  # noqa: ARG001 (everybody sees them)
    """Every service, those retired included."""
    return page_of(asked_for(Service.objects.all(), asked), asked, each(_shown), ServicePage)


@router.get("/services/{service_id}", response=ServiceOut)
def get_service(request: HttpRequest, service_id: InPath) -> ServiceOut:  # noqa: ARG001 (everybody sees it)
    """One service."""
    return _shown(get_object_or_404(Service, pk=service_id))


@router.post("/services", response={201: ServiceOut})
@once
def add_service(request: HttpRequest, sent: ServiceIn) -> Status[ServiceOut]:
    """Write down a new service."""
    check_may_edit(request)
    return Status(201, _shown(add_thing(thing=Service(**sent.model_dump()))))


@router.patch("/services/{service_id}", response=ServiceOut)
def change_service(request: HttpRequest, service_id: InPath, sent: ServiceChange) -> ServiceOut:
    """Say otherwise what it is called or is about, retire it or take it back."""
    return _shown(changed(request, get_object_or_404(Service, pk=service_id), sent))


def _shown(service: Service) -> ServiceOut:
    return ServiceOut(**thing_fields(service), description=service.description)
