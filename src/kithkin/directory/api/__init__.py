"""The directory's part of the API: one router, a module for each thing."""

from __future__ import annotations

from ninja import Router

from kithkin.directory.api import (
    accounts,
    attributes,
    audiences,
    consents,
    definitions,
    journeys,
    memberships,
    needs,
    partners,
    people,
    purchases,
    purposes,
    relations,
    roles,
    segments,
    services,
    stakeholders,
    ties,
    touchpoints,
    units,
)
from kithkin.directory.api.refusals import REFUSALS
from kithkin.platform.api.access import access

__all__ = ["REFUSALS", "router"]

router = Router(auth=access("directory"))
for part in (
    people,
    attributes,
    ties,
    memberships,
    purchases,
    consents,
    accounts,
    units,
    services,
    touchpoints,
    audiences,
    partners,
    relations,
    roles,
    needs,
    journeys,
    stakeholders,
    segments,
    definitions,
    purposes,
):
    router.add_router("", part.router)
