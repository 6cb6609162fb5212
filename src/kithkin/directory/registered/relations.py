"""What relations bring to the registries."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.models import (
    Audience,
    Partner,
    Person,
    Proposal,
    RelationRole,
    Service,
    ServiceLink,
    Touchpoint,
    Unit,
)
from kithkin.directory.models.days import today
from kithkin.directory.pictures.service_map import map_picture
from kithkin.directory.queries.near import near_unit
from kithkin.directory.queries.neighbourhood import neighbourhood
from kithkin.directory.queries.own import start_of
from kithkin.directory.queries.proposals import waiting_for
from kithkin.directory.queries.relations import as_shown, links_on, relations_on, who_serves
from kithkin.directory.queries.roles import roles_in_relations
from kithkin.directory.queries.service_map import ServiceMap, service_map
from kithkin.directory.registered.person_sections import PersonSection, person_sections
from kithkin.directory.registered.unit_sections import UnitSection, unit_sections
from kithkin.directory.registries.map_marks import MapMarks, marks_for
from kithkin.directory.rules.relations import can_add_relations, can_write_between
from kithkin.platform import audit
from kithkin.platform.access import anybody
from kithkin.platform.models import User
from kithkin.platform.registries.home import Panel, Waiting, WaitingSource, panels, waiting
from kithkin.platform.registries.navigation import Entry, Verb, navigation
from kithkin.platform.registries.search import Finder, Hit, finders

MOST = 10


def picture_of_home(request: HttpRequest) -> dict[str, Any] | None:
    """The map under the sentence that it says; while there is none, the first step."""
    user = request.user
    assert isinstance(user, User)
    whole = service_map(relations_on(user, today()))
    marks = marks_for(user)
    start = _ill_served(whole, marks) or start_of(user, whole)
    return {
        "map": whole,
        "finding": marks.finding or f"{whole.finding()}.",
        "picture": map_picture(whole, marks=marks) if whole else None,
        "near": neighbourhood(whole, start) if start else None,
        "may_add": can_add_relations(user),
        "has_units": bool(whole) or Unit.objects.exists(),
    }


def _ill_served(whole: ServiceMap, marks: MapMarks) -> str:
    """Whom the weak link serves: on a phone the picture begins there, for it is what the title names."""
    return next((way.end for way in whole.ways for one in way.relations if one.id in marks.weak), "")


def relations_of_unit(user: User, unit: Unit, on: date) -> dict[str, Any] | None:
    """Whom the unit serves and who serves it, itself and through units below it, on the day that its page shows."""
    query = "" if on == today() else f"?on={on.isoformat()}"
    return {
        "near": near_unit(user, unit.pk, on, query),
        "add": reverse("add_relation") if can_write_between(user, unit.pk) else "",
        "key": f"unit-{unit.pk}",
    }


def relations_of_person(user: User, person: Person) -> dict[str, Any] | None:
    """By whom somebody is served, and what they are in which relations."""
    served, roles = who_serves(user, person, today()), roles_in_relations(user, person)
    return {"served": served, "roles": roles} if served or roles else None


def waiting_proposals(user: User) -> list[Waiting]:
    """Relations that employees proposed to the head."""
    return [
        Waiting(
            _("%(receiver)s depends on %(provider)s for %(what)s")
            % {"receiver": one.receiver.name, "provider": one.provider.name, "what": one.what},
            _("%(name)s says so. Accept or decline it.") % {"name": one.proposed_by.name if one.proposed_by else "—"},
            reverse("decide_proposal", args=[one.pk]),
        )
        for one in waiting_for(user)[:MOST]
    ]


def find_relations(user: User, text: str, limit: int) -> list[Hit]:
    """By the names of units, partners, audiences, services and touchpoints: never by a person's."""
    found = Q()
    for name in ("provider_name", "receiver_name", "service__name", "touchpoint__name"):
        found |= Q(**{f"{name}__icontains": text})
    rows = links_on(today()).filter(found).order_by("what_name", "pk")[:limit]
    return [
        Hit(
            relation.what,
            f"{relation.provider.name} → {relation.receiver.name}",
            reverse("relation", args=[relation.id]),
            relation.side,
        )
        for relation in as_shown(user, rows)
    ]


def find_touchpoints(user: User, text: str, limit: int) -> list[Hit]:  # noqa: ARG001 (everybody sees them)
    """By name and channel."""
    rows = Touchpoint.objects.filter(Q(name__icontains=text) | Q(channel__icontains=text), retired_at__isnull=True)
    found = rows.order_by("name")[:limit]
    return [Hit(one.name, one.channel, reverse("touchpoint", args=[one.pk]), "kith") for one in found]


for model in (Service, Touchpoint, Audience, Partner, ServiceLink, RelationRole, Proposal):
    audit.watch(model)
navigation.add(
    Entry(Verb.SERVE, gettext_lazy("Whom I serve"), "mine", anybody, position=10),
    Entry(Verb.SERVE, gettext_lazy("Service map"), "service_map", anybody, position=20),
    Entry(Verb.SERVE, gettext_lazy("Services"), "services", anybody, position=30),
)
panels.add(
    Panel(
        "directory/relations/home.html",
        picture_of_home,
        position=10,
        styles=("directory/map.css",),
        scripts=("directory/map.js",),
    )
)
unit_sections.add(UnitSection("directory/relations/unit_section.html", relations_of_unit, position=10))
person_sections.add(
    PersonSection(
        "relations",
        gettext_lazy("Who serves them, and their part"),
        "directory/relations/of_person.html",
        relations_of_person,
        own=gettext_lazy("Who serves you, and your part"),
    )
)
waiting.add(WaitingSource(waiting_proposals, position=50, followed=True))
finders.add(
    Finder(gettext_lazy("Relations"), find_relations, position=50),
    Finder(gettext_lazy("Touchpoints"), find_touchpoints, position=55),
)
