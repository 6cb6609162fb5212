"""Which attributes there are."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Schema

from kithkin.directory.models import AttributeDefinition, AttributeGroup, AttributeKind, Sensitivity, Side
from kithkin.directory.rules.people import READERS, SCORE_READERS
from kithkin.platform.access import holds, is_administrator
from kithkin.platform.api.access import asker
from kithkin.platform.api.pages import Asked, Page, each, page_of
from kithkin.platform.models import User

router = Router()


class DefinitionOut(Schema):
    """Something that the company wants to know of people."""

    id: int
    version: int
    key: str
    label: str
    group: AttributeGroup
    kind: AttributeKind
    choices: list[str]
    side: Side | None
    sensitivity: Sensitivity
    retention_months: int | None


DefinitionsPage = Page[DefinitionOut]


@router.get("/attributes", response=DefinitionsPage)
def list_attribute_definitions(request: HttpRequest, asked: Query[Asked]) -> DefinitionsPage:
    """The attributes in use whose values the asker reads of anybody but themselves."""
    return page_of(_visible(asker(request)), asked, each(_shown), DefinitionsPage)


def _visible(user: User) -> QuerySet[AttributeDefinition]:
    levels = [Sensitivity.OPEN]
    if holds(user, *SCORE_READERS):
        levels.append(Sensitivity.RESTRICTED)
    if is_administrator(user):
        levels.append(Sensitivity.SENSITIVE)
    rows = AttributeDefinition.objects.filter(retired_at__isnull=True, sensitivity__in=levels)
    return rows if holds(user, *READERS) else rows.none()


def _shown(one: AttributeDefinition) -> DefinitionOut:
    return DefinitionOut(
        id=one.pk,
        version=one.version,
        key=one.key,
        label=one.label,
        group=AttributeGroup(one.group),
        kind=AttributeKind(one.kind),
        choices=one.choices,
        side=Side(one.side) if one.side else None,
        sensitivity=Sensitivity(one.sensitivity),
        retention_months=one.retention_months,
    )
