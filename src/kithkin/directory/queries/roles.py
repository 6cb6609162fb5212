"""What people are in relations; a person is named only to those who see them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kithkin.directory.models import Person, RelationRole, RelationSide, ServiceLink
from kithkin.directory.models.days import today
from kithkin.directory.queries.people import people_visible_to
from kithkin.directory.queries.relations import Relation, as_shown, links_on
from kithkin.directory.queries.where import where
from kithkin.platform.models import User


@dataclass(frozen=True)
class Role:
    """Somebody's role in a relation, as a page shows it."""

    id: int
    name: str
    url: str
    role: str
    side: str


def roles_of(user: User, link: ServiceLink) -> tuple[Role, ...]:
    """The roles in this relation of people whom the reader may see, the provider's first."""
    rows = RelationRole.objects.filter(link=link, person__in=people_visible_to(user)).select_related("person")
    return tuple(
        Role(row.pk, row.person.name, where(f"person-{row.person_id}"), row.role, str(RelationSide(row.side).label))
        for row in rows.order_by("side", "role", "person__name_folded", "pk")
    )


def owners_of(user: User, relation_ids: Collection[int]) -> tuple[Role, ...]:
    """Who is what in these relations, each once, as far as the reader may see them."""
    rows = RelationRole.objects.filter(link__in=relation_ids, person__in=people_visible_to(user))
    found: dict[tuple[int, str], Role] = {}
    for row in rows.select_related("person").order_by("role", "person__name_folded", "pk"):
        side = str(RelationSide(row.side).label)
        role = Role(row.pk, row.person.name, where(f"person-{row.person_id}"), row.role, side)
        found.setdefault((row.person_id, row.role), role)
    return tuple(found.values())


def roles_in_relations(user: User, person: Person) -> tuple[tuple[str, Relation], ...]:
    """What somebody is, in which relations of today."""
    roles = list(RelationRole.objects.filter(person=person, link__in=links_on(today())).order_by("role", "pk"))
    rows = links_on(today()).filter(pk__in={role.link_id for role in roles}) if roles else ()
    shown = {relation.id: relation for relation in as_shown(user, rows)}
    return tuple((role.role, shown[role.link_id]) for role in roles)
