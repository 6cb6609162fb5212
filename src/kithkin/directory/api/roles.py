"""What people are in one relation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status

from kithkin.directory.api.finding import Ref
from kithkin.directory.api.relations import relation_to_change
from kithkin.directory.models import RelationRole, RelationSide, ServiceLink
from kithkin.directory.queries.people import people_visible_to
from kithkin.directory.services.relations import give_role, take_role
from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import Id, InPath, Sent, text
from kithkin.platform.api.once import once
from kithkin.platform.api.pages import Asked, Page, page_of
from kithkin.platform.api.references import named

router = Router()


class RoleOut(Schema):
    """Somebody is something at one end of a relation."""

    id: int
    person: Ref
    side: RelationSide
    role: str


class RoleIn(Sent):
    """Who is what, at which end."""

    person: Id
    side: RelationSide
    role: Annotated[str, text(80, least=1, example="owner")]


RolesPage = Page[RoleOut]


@router.get("/relations/{relation_id}/roles", response=RolesPage)
def list_roles(request: HttpRequest, relation_id: InPath, asked: Query[Asked]) -> RolesPage:
    """What those people whom the asker sees are in this relation."""
    link = get_object_or_404(ServiceLink, pk=relation_id)
    rows = RelationRole.objects.filter(link=link, person__in=people_visible_to(asker(request)))
    return page_of(rows.select_related("person"), asked, _shown, RolesPage)


@router.post("/relations/{relation_id}/roles", response={201: RoleOut})
@once
def add_role(request: HttpRequest, relation_id: InPath, sent: RoleIn) -> Status[RoleOut]:
    """Somebody is something in this relation; saying it twice is saying it once."""
    link = relation_to_change(request, relation_id)
    person = named(people_visible_to(asker(request)), sent.person, "person")
    return Status(201, _shown([give_role(link=link, person=person, side=sent.side, role=sent.role)])[0])


@router.delete("/relations/{relation_id}/roles/{role_id}", response={204: None})
def remove_role(request: HttpRequest, relation_id: InPath, role_id: InPath) -> Status[None]:
    """Somebody no longer is."""
    link = relation_to_change(request, relation_id)
    take_role(role=get_object_or_404(RelationRole, pk=role_id, link=link))
    return Status(204, None)


def _shown(roles: Sequence[RelationRole]) -> list[RoleOut]:
    return [
        RoleOut(
            id=one.pk,
            person=Ref(id=one.person_id, name=one.person.name),
            side=RelationSide(one.side),
            role=one.role,
        )
        for one in roles
    ]
