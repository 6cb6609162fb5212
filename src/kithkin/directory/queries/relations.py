"""Who serves whom, on a day. Everybody logged in sees every relation; a person's name only who sees the person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from kithkin.directory.models import Audience, Partner, Person, ServiceLink, Unit
from kithkin.directory.models.days import on_day, today
from kithkin.directory.queries.organisation.trees import tree_of
from kithkin.directory.queries.people import people_visible_to
from kithkin.platform.models import User


class EndKind(StrEnum):
    """What stands at one end of a relation."""

    UNIT = "unit"
    PARTNER = "partner"
    PERSON = "person"
    AUDIENCE = "audience"


_KINDS: dict[type[Model], EndKind] = {
    Unit: EndKind.UNIT,
    Partner: EndKind.PARTNER,
    Person: EndKind.PERSON,
    Audience: EndKind.AUDIENCE,
}


@dataclass(frozen=True)
class End:
    """One end of a relation as a page shows it. `side` is "kith", "kin" or "" (a partner is neither)."""

    kind: EndKind
    id: int
    name: str
    side: str
    shown: bool = True
    """False for a person whom the reader may not see: the name then is "somebody"."""

    @property
    def key(self) -> str:
        """Unique over all kinds: "unit-7"."""
        return f"{self.kind}-{self.id if self.shown else self.side}"


@dataclass(frozen=True)
class Relation:
    """One relation as a page shows it."""

    id: int
    provider: End
    receiver: End
    service: str
    touchpoint: str
    touchpoint_id: int | None
    need: str
    since: date
    until: date | None

    @property
    def what(self) -> str:
        """What is done, or where."""
        return self.service or self.touchpoint

    @property
    def reaches_outside(self) -> bool:
        """Whether kith are served by it."""
        return self.receiver.side == "kith"

    @property
    def joins_units(self) -> bool:
        """Whether one department serves another by it."""
        return self.provider.kind is EndKind.UNIT and self.receiver.kind is EndKind.UNIT

    @property
    def side(self) -> str:
        """Whose relation it is: that of the receiver."""
        return "kith" if self.reaches_outside else "kin"


def links() -> QuerySet[ServiceLink]:
    """Every relation with its ends, and with names to sort by."""
    return ServiceLink.objects.select_related(
        "provider_unit",
        "provider_partner",
        "receiver_unit",
        "receiver_partner",
        "receiver_person",
        "receiver_audience",
        "service",
        "touchpoint",
    ).annotate(
        provider_name=Coalesce("provider_unit__name", "provider_partner__name", Value("")),
        receiver_name=Coalesce("receiver_unit__name", "receiver_partner__name", "receiver_audience__name", Value("")),
        what_name=Coalesce("service__name", "touchpoint__name", Value("")),
    )


def links_on(day: date) -> QuerySet[ServiceLink]:
    """The relations of a day."""
    return links().filter(on_day(day))


def relations_on(user: User, day: date) -> tuple[Relation, ...]:
    """Every relation of a day, in the order of their names."""
    return as_shown(user, links_on(day).order_by("provider_name", "receiver_name", "what_name", "pk"), day)


def who_serves(user: User, who: Unit | Partner | Person | Audience, day: date) -> tuple[Relation, ...]:
    """The relations in which it is the receiver."""
    rows = links_on(day).filter(**{f"receiver_{_KINDS[type(who)]}": who})
    return as_shown(user, rows.order_by("provider_name", "what_name", "pk"), day)


def relations_of(
    user: User, day: date, *, units: Collection[int] = (), person: Person | None = None
) -> tuple[Relation, ...]:
    """The relations of a day at either end of which stands one of these units, or this person."""
    near = Q(provider_unit__in=units) | Q(receiver_unit__in=units)
    if person is not None:
        near |= Q(receiver_person=person)
    return as_shown(user, links_on(day).filter(near).order_by("provider_name", "receiver_name", "what_name", "pk"), day)


def as_shown(user: User, rows: Iterable[ServiceLink], day: date | None = None) -> tuple[Relation, ...]:
    """Relations for this reader, under the names that units had on the day."""
    found = list(rows)
    names = _unit_names(day or today())
    persons = _persons_shown(user, {row.receiver_person_id for row in found if row.receiver_person_id})
    return tuple(_relation(row, names, persons) for row in found)


def end_of(one: Unit | Partner | Person | Audience) -> End:
    """How it stands in relations, for a reader who may see it."""
    if isinstance(one, Person):
        return End(EndKind.PERSON, one.pk, one.name, "kin" if one.is_kin else "kith")
    side = {Unit: "kin", Audience: "kith"}.get(type(one), "")
    return End(_KINDS[type(one)], one.pk, one.name, side)


def receiver_for_all(link: ServiceLink) -> str:
    """Who is served, as everybody may read it and it may be kept: a person is "a colleague" or "a customer"."""
    found = end_of(link.receiver)
    return _somebody(found.side) if found.kind is EndKind.PERSON else found.name


def name_for_all(link: ServiceLink) -> str:
    """The relation's name, likewise."""
    return f"{link.provider} → {receiver_for_all(link)}: {link.service or link.touchpoint}"


def _relation(row: ServiceLink, names: dict[int, str], persons: Collection[int]) -> Relation:
    return Relation(
        id=row.pk,
        provider=_end(row.provider, names, persons),
        receiver=_end(row.receiver, names, persons),
        service=row.service.name if row.service else "",
        touchpoint=row.touchpoint.name if row.touchpoint else "",
        touchpoint_id=row.touchpoint_id,
        need=row.need,
        since=row.since,
        until=row.until,
    )


def _end(one: Unit | Partner | Person | Audience, names: dict[int, str], persons: Collection[int]) -> End:
    found = end_of(one)
    if found.kind is EndKind.UNIT:
        return End(found.kind, found.id, names.get(found.id, found.name), found.side)
    if found.kind is EndKind.PERSON and found.id not in persons:
        return End(found.kind, 0, _somebody(found.side), found.side, shown=False)
    return found


def _somebody(side: str) -> str:
    return _("a customer") if side == "kith" else _("a colleague")


def _unit_names(day: date) -> dict[int, str]:
    return {node.id: node.name for node in tree_of(day).nodes.values()}


def _persons_shown(user: User, ids: Collection[int]) -> frozenset[int]:
    """Of these people those whom the user may see by name."""
    return frozenset(people_visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)) if ids else frozenset()
