"""What relations are made of: services, touchpoints, audiences, partners."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kithkin.directory.models import Audience, Partner, Service, ServiceLink, Touchpoint
from kithkin.directory.models.days import on_day, today

Thing = Service | Touchpoint | Audience | Partner
_FIELDS: dict[type[Any], tuple[str, ...]] = {
    Service: ("service",),
    Touchpoint: ("touchpoint",),
    Audience: ("receiver_audience",),
    Partner: ("provider_partner", "receiver_partner"),
}


def open_things(model: type[Any]) -> QuerySet[Any]:
    """Those that are offered for new relations, by name."""
    return model.objects.filter(retired_at__isnull=True).order_by("name")


def links_of(thing: Thing) -> QuerySet[ServiceLink]:
    """The relations it is a part of, at whichever end."""
    found = ServiceLink.objects.none()
    for field in _FIELDS[type(thing)]:
        found |= ServiceLink.objects.filter(**{field: thing})
    return found


def counted(model: type[Any]) -> QuerySet[Any]:
    """All of a kind, each with `used`: how many relations of today it is a part of."""
    total: Any = 0
    for field in _FIELDS[model]:
        links = ServiceLink.objects.filter(on_day(today()), **{field: OuterRef("pk")}).order_by()
        count = links.values(field).annotate(n=Count("pk")).values("n")
        total = Coalesce(Subquery(count), 0) + total
    return model.objects.annotate(used=total)
