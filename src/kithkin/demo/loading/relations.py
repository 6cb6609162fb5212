"""Who serves whom in the simulated company."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kithkin.demo.loading.organisation import Units
from kithkin.demo.roster import AUDIENCES, PARTNERS, relations
from kithkin.demo.structure import TOUCHPOINTS
from kithkin.directory.models import Audience, Partner, ServiceLink, Touchpoint, Unit
from kithkin.directory.services.catalogue import add_thing, service_named
from kithkin.directory.services.relations import Ends, add_relation

Links = dict[tuple[str, str, str], ServiceLink]


@transaction.atomic
def load(units: Units, today: date) -> Links:
    """Every relation by provider, receiver and what it is about."""
    by_name: dict[str, Unit] = {unit.name: unit for unit in Unit.objects.filter(pk__in=[u.pk for u in units.values()])}
    partners = {name: add_thing(thing=Partner(name=name, kind=kind)) for name, kind in PARTNERS.items()}
    audiences = {name: add_thing(thing=Audience(name=name, description=said)) for name, said in AUDIENCES.items()}
    touchpoints = {
        place.name: add_thing(thing=Touchpoint(name=place.name, unit=by_name[place.department]))
        for place in TOUCHPOINTS
    }
    providers: dict[str, Unit | Partner] = {**by_name, **partners}
    receivers: dict[str, Unit | Partner | Audience] = {**by_name, **partners, **audiences}
    since, made = date(today.year - 3, 1, 1), {}
    for plan in relations():
        ends = Ends(
            provider=providers[plan.provider],
            receiver=receivers[plan.receiver],
            service=service_named(name=plan.service) if plan.service else None,
            touchpoint=touchpoints.get(plan.touchpoint),
        )
        link = add_relation(ends=ends, since=since, need=plan.need)
        made[plan.provider, plan.receiver, plan.service or plan.touchpoint] = link
    return made
