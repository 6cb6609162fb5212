"""Everybody with a stake."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from kithkin.directory.models import Stakeholder, StakeholderGroup
from kithkin.directory.queries.stakeholders import stakeholders_visible_to
from kithkin.directory.rules.stakeholders import can_see_stakeholders
from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import InPath
from kithkin.platform.api.pages import Asked, Page, each, page_of

router = Router()


class StakeholderOut(Schema):
    """One of them, with figures from 1 (little) to 5 (much)."""

    id: int
    version: int
    name: str
    group: StakeholderGroup
    kind: str
    strength: int
    power: int
    interest: int
    owner: str | None = Field(description="The name of whoever looks after the tie.")
    next_step: str
    next_step_due: date | None


class StakeholdersAsked(Asked):
    """Which of them."""

    group: StakeholderGroup | None = Field(None, description="Of this group.")


StakeholdersPage = Page[StakeholderOut]


@router.get("/stakeholders", response=StakeholdersPage)
def list_stakeholders(request: HttpRequest, asked: Query[StakeholdersAsked]) -> StakeholdersPage:
    """The stakeholders, for administrators, program managers and analysts."""
    rows = _visible(request)
    if asked.group is not None:
        rows = rows.filter(group=asked.group)
    return page_of(rows, asked, each(_shown), StakeholdersPage)


@router.get("/stakeholders/{stakeholder_id}", response=StakeholderOut)
def get_stakeholder(request: HttpRequest, stakeholder_id: InPath) -> StakeholderOut:
    """One stakeholder."""
    return _shown(get_object_or_404(_visible(request), pk=stakeholder_id))


def _visible(request: HttpRequest) -> QuerySet[Stakeholder]:
    if not can_see_stakeholders(asker(request)):
        raise PermissionDenied(_("Stakeholders are seen by administrators, program managers and analysts."))
    return stakeholders_visible_to(asker(request)).select_related("owner")


def _shown(one: Stakeholder) -> StakeholderOut:
    return StakeholderOut(
        id=one.pk,
        version=one.version,
        name=one.name,
        group=StakeholderGroup(one.group),
        kind=one.kind,
        strength=one.strength,
        power=one.power,
        interest=one.interest,
        owner=str(one.owner) if one.owner else None,
        next_step=one.next_step,
        next_step_due=one.next_step_due,
    )
