"""What the desk brings to the navigation, to the search, to a relation's page and to the time line of a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from kithkin.directory.registered.relation_parts import Part, RelationPart, relation_parts
from kithkin.platform.access import anybody
from kithkin.platform.registries.later import Later
from kithkin.platform.registries.navigation import Entry, Verb, navigation
from kithkin.platform.registries.search import Finder, finders
from kithkin.platform.registries.timeline import TimelineSource, timeline
from kithkin.servicedesk.rules.requests import works_on_requests

_ELSEWHERE = "kithkin.servicedesk.elsewhere"

navigation.add(
    Entry(Verb.SERVE, gettext_lazy("Requests"), "requests", anybody, position=60),
    Entry(Verb.SERVE, gettext_lazy("Queues"), "queues", works_on_requests, position=70),
    Entry(Verb.SERVE, gettext_lazy("Where requests wait"), "request_flow", works_on_requests, position=80),
)
finders.add(
    Finder(gettext_lazy("Requests"), Later(f"{_ELSEWHERE}.find_requests"), position=80),
    Finder(gettext_lazy("Queues"), Later(f"{_ELSEWHERE}.find_queues"), position=85),
)
relation_parts.add(
    RelationPart(Part.DELIVERY, "servicedesk/delivery.html", Later(f"{_ELSEWHERE}.delivery_of_relation"), position=10)
)
timeline.add(TimelineSource(Later(f"{_ELSEWHERE}.asked_by"), position=50))
