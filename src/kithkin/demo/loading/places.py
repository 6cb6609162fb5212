"""Where in the installation the simulated company's branches, relations, touchpoints and people are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kithkin.demo.structure import SERVICES, TOUCHPOINTS
from kithkin.directory.models import Membership, Person, ServiceLink, Tie, Touchpoint, Unit


@dataclass(frozen=True)
class Places:
    """Ids by their places in the simulation's own lists.

    `staff`: (person, unit, place of the branch or None), of everybody inside; `raters`: those of each branch;
    `customers`: (person, account or None) of everybody known outside.
    """

    units: Sequence[int]
    links: Sequence[int]
    touchpoints: Sequence[int]
    staff: Sequence[tuple[int, int, int | None]]
    raters: Sequence[Sequence[int]]
    customers: Sequence[tuple[int, int | None]]


def places_of(branches: Sequence[str]) -> Places:
    """Read from an installation into which the directory was loaded."""
    units = dict(Unit.objects.values_list("name", "pk"))
    place = {units[name]: number for number, name in enumerate(branches)}
    links = {
        (provider, receiver, service): pk
        for pk, provider, receiver, service in ServiceLink.objects.filter(service__isnull=False).values_list(
            "pk", "provider_unit__name", "receiver_unit__name", "service__name"
        )
    }
    touchpoints = dict(Touchpoint.objects.values_list("name", "pk"))
    staff = [
        (person, unit, place.get(unit))
        for person, unit in Membership.objects.filter(person__is_kin=True)
        .order_by("person_id", "pk")
        .values_list("person_id", "unit_id")
    ]
    accounts = dict(Tie.objects.filter(account__isnull=False).values_list("person_id", "account_id"))
    customers = Person.objects.filter(is_kith=True).order_by("pk").values_list("pk", flat=True)
    return Places(
        units=[units[name] for name in branches],
        links=[links[one.provider, one.receiver, one.name] for one in SERVICES],
        touchpoints=[touchpoints[one.name] for one in TOUCHPOINTS],
        staff=staff,
        raters=[[person for person, _, at in staff if at == number] for number in range(len(branches))],
        customers=[(person, accounts.get(person)) for person in customers],
    )
