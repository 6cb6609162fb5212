"""The service map as a graph: who stands on it and what runs between them, put together from relations alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kithkin.directory.queries.relations import End, EndKind, Relation


class Standing(StrEnum):
    """How a box is drawn."""

    UNIT = "unit"
    PARTNER = "partner"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Place:
    """One box of the map: a unit, a partner, a person; outside a touchpoint, or kith served without one."""

    key: str
    name: str
    standing: Standing
    line: str = ""
    """A second, soft line: in a neighbourhood what is done; else, on a map of several audiences, whom it is for."""
    whom: tuple[str, ...] = ()
    """Of a touchpoint on a map of several audiences: all that are met there."""


@dataclass(frozen=True)
class Way:
    """One line of the map: everything that one place does for another."""

    start: str
    end: str
    relations: tuple[Relation, ...]

    @property
    def outside(self) -> bool:
        """Whether it reaches kith."""
        return any(relation.reaches_outside for relation in self.relations)


@dataclass(frozen=True)
class ServiceMap:
    """Places by key, and the ways between them."""

    places: dict[str, Place]
    ways: tuple[Way, ...]

    def __bool__(self) -> bool:
        return bool(self.ways)

    @cached_property
    def outside(self) -> frozenset[str]:
        """The places that stand with the customer."""
        return frozenset(key for key, place in self.places.items() if place.standing is Standing.OUTSIDE)

    @cached_property
    def audiences(self) -> tuple[str, ...]:
        """All kith that it reaches, by name."""
        return tuple(
            dict.fromkeys(one.receiver.name for way in self.ways for one in way.relations if one.reaches_outside)
        )

    def around(self, key: str) -> ServiceMap:
        """One place with those it serves and those that serve it; each says on its second line for what."""
        ways = tuple(way for way in self.ways if key in {way.start, way.end})
        places = {key: self.places[key]} if key in self.places else {}
        for way in ways:
            other = way.start if way.end == key else way.end
            said = ", ".join(dict.fromkeys(relation.what for relation in way.relations))
            if said == self.places[key].name:  # at the touchpoint itself only for whom is worth saying
                several = bool(self.places[key].whom)
                said = ", ".join(dict.fromkeys(one.receiver.name for one in way.relations)) if several else ""
            place = self.places[other]
            touched = place.standing is Standing.OUTSIDE and said == place.name
            earlier = places[other].line if other in places else ""
            line = place.line if touched else ", ".join(filter(None, (earlier, said)))
            places[other] = replace(place, line=line)
        return ServiceMap(places, ways)

    def finding(self) -> str:
        """What the map says, in one sentence, true of its relations: what runs between departments, and who faces out.

        What partners do for a department, or it for them, is drawn but no department depends on another by it.
        """
        among = [one for way in self.ways for one in way.relations if one.joins_units]
        units = {end.key for one in among for end in (one.provider, one.receiver)}
        services = len({one.what for one in among})
        facing = len({way.start for way in self.ways if way.outside and way.relations[0].provider.kind is EndKind.UNIT})
        if not among and not facing:
            return _("No department is seen to reach the customer yet")
        if not among:
            return ngettext("%(n)d department reaches the customer", "%(n)d departments reach the customer", facing) % {
                "n": facing
            }
        depend = ngettext(
            "%(units)d departments depend on one another through %(n)d service",
            "%(units)d departments depend on one another through %(n)d services",
            services,
        ) % {"units": len(units), "n": services}
        if not facing:
            return _("%(depend)s; none is seen to reach the customer yet") % {"depend": depend}
        reach = ngettext("%(n)d reaches the customer", "%(n)d reach the customer", facing) % {"n": facing}
        return f"{depend}; {reach}"


def service_map(relations: Iterable[Relation]) -> ServiceMap:
    """The map of these relations: where a touchpoint is named, kith are reached at it.

    A touchpoint says for whom it is only where the map knows several audiences: of one alone every box would say it.
    """
    places: dict[str, Place] = {}
    ways: dict[tuple[str, str], list[Relation]] = {}
    audiences: dict[str, dict[str, None]] = {}
    for relation in relations:
        start, end = _place(relation.provider), _outer(relation)
        for place in (start, end):
            places.setdefault(place.key, place)
        ways.setdefault((start.key, end.key), []).append(relation)
        if relation.touchpoint_id and relation.reaches_outside:
            audiences.setdefault(end.key, {})[relation.receiver.name] = None
    found = ServiceMap(places, tuple(Way(start, end, tuple(near)) for (start, end), near in ways.items()))
    if len(found.audiences) > 1:
        for key, names in audiences.items():
            places[key] = replace(places[key], line=_for_whom(list(names)), whom=tuple(names))
    return found


def _place(end: End) -> Place:
    standing = {EndKind.UNIT: Standing.UNIT, EndKind.AUDIENCE: Standing.OUTSIDE}.get(end.kind, Standing.PARTNER)
    if end.kind is EndKind.PERSON:
        standing = Standing.OUTSIDE if end.side == "kith" else Standing.UNIT
    return Place(end.key, end.name, standing)


def _outer(relation: Relation) -> Place:
    if relation.touchpoint_id and relation.reaches_outside:
        return Place(f"touchpoint-{relation.touchpoint_id}", relation.touchpoint, Standing.OUTSIDE)
    return _place(relation.receiver)


def _for_whom(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ngettext("%d audience", "%d audiences", len(names)) % len(names)
