"""Who serves whom in the simulated company."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kithkin.demo.loading.organisation import Units
from kithkin.demo.loading.people import People
from kithkin.demo.roster import AUDIENCES, PARTNERS, SERVICES, TOUCHPOINTS, RelationPlan, relations
from kithkin.demo.structure import TOUCHPOINTS as PLACES
from kithkin.directory.models import (
    Audience,
    Membership,
    Partner,
    Person,
    RelationSide,
    Service,
    ServiceLink,
    Touchpoint,
    Unit,
)
from kithkin.directory.services.catalogue import add_thing
from kithkin.directory.services.relations import Ends, add_relation, give_role

HEAD = "Head of "
Links = dict[tuple[str, str, str], ServiceLink]


@transaction.atomic
def load(units: Units, staff: People, today: date) -> Links:
    """Every relation by provider, receiver and what it is about; each is owned by whoever heads the department."""
    by_name: dict[str, Unit] = {unit.name: unit for unit in Unit.objects.filter(pk__in=[u.pk for u in units.values()])}
    partners = {name: add_thing(thing=Partner(name=name, kind=kind)) for name, kind in PARTNERS.items()}
    audiences = {name: add_thing(thing=Audience(name=name, description=said)) for name, said in AUDIENCES.items()}
    services = {name: add_thing(thing=Service(name=name, description=said)) for name, said in SERVICES.items()}
    touchpoints = {place.name: add_thing(thing=_touchpoint(place.name, by_name[place.department])) for place in PLACES}
    heads = _heads(staff)
    providers: dict[str, Unit | Partner] = {**by_name, **partners}
    receivers: dict[str, Unit | Partner | Audience] = {**by_name, **partners, **audiences}
    since, made = date(today.year - 3, 1, 1), {}
    for plan in relations():
        ends = Ends(
            provider=providers[plan.provider],
            receiver=receivers[plan.receiver],
            service=services[plan.service] if plan.service else None,
            touchpoint=touchpoints.get(plan.touchpoint),
        )
        link = add_relation(ends=ends, since=since, need=plan.need)
        _owned(link, plan, heads)
        made[plan.provider, plan.receiver, plan.service or plan.touchpoint] = link
    return made


def _owned(link: ServiceLink, plan: RelationPlan, heads: dict[str, Person]) -> None:
    """The provider's head owns it; what a partner does is owned by the head whom it serves."""
    if plan.provider in heads:
        give_role(link=link, person=heads[plan.provider], side=RelationSide.PROVIDER, role="owner")
    elif plan.receiver in heads:
        give_role(link=link, person=heads[plan.receiver], side=RelationSide.RECEIVER, role="owner")


def _touchpoint(name: str, unit: Unit) -> Touchpoint:
    channel, said = TOUCHPOINTS[name]
    return Touchpoint(name=name, unit=unit, channel=channel, description=said)


def _heads(staff: People) -> dict[str, Person]:
    """Who heads each department, by its name."""
    people = {person.pk: person for person in staff.values()}
    titled = Membership.objects.filter(person__in=people, title__startswith=HEAD).values_list("title", "person_id")
    return {title.removeprefix(HEAD): people[pk] for title, pk in titled}
