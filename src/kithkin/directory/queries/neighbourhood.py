"""One place of the map with those around it: served by, me, serves. A unit stands for all units below it too."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kithkin.directory.queries.relations import Relation
from kithkin.directory.queries.service_map import Place, ServiceMap, Way
from kithkin.directory.queries.where import where

MOST_NEIGHBOURS, MOST_LINES, MOST_WITHIN = 30, 6, 40


@dataclass(frozen=True)
class Line:
    """One relation of the neighbourhood, and the unit below that it belongs to; "" where it is one's own."""

    relation: Relation
    through: str = ""


@dataclass(frozen=True)
class Neighbour:
    """One end of somebody's relations: whom, for what, where to read more."""

    place: Place
    url: str
    lines: tuple[Line, ...]

    @property
    def shown(self) -> tuple[Line, ...]:
        """As many as a box holds."""
        return self.lines[:MOST_LINES]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return len(self.lines) - len(self.shown)


@dataclass(frozen=True)
class Neighbourhood:
    """Served by, me, serves; and what runs between units that all stand below me."""

    me: Place
    url: str
    served_by: tuple[Neighbour, ...]
    serves: tuple[Neighbour, ...]
    within: tuple[Relation, ...] = ()

    @property
    def faces_outside(self) -> bool:
        """Whether all whom it serves are kith."""
        return all(line.relation.reaches_outside for one in self.serves for line in one.lines)

    @property
    def serves_count(self) -> int:
        """Through how many relations it serves."""
        return sum(len(one.lines) for one in self.serves)

    @property
    def served_count(self) -> int:
        """Through how many relations it is served."""
        return sum(len(one.lines) for one in self.served_by)

    @property
    def below_count(self) -> int:
        """How many of these belong to units below it."""
        return sum(bool(line.through) for one in (*self.serves, *self.served_by) for line in one.lines)

    @property
    def shown_by(self) -> tuple[Neighbour, ...]:
        """Of those who serve it, as many as a page holds."""
        return self.served_by[:MOST_NEIGHBOURS]

    @property
    def shown_to(self) -> tuple[Neighbour, ...]:
        """Of those whom it serves, as many as a page holds."""
        return self.serves[:MOST_NEIGHBOURS]

    @property
    def more_by(self) -> int:
        """How many who serve it are not shown."""
        return len(self.served_by) - len(self.shown_by)

    @property
    def more_to(self) -> int:
        """How many whom it serves are not shown."""
        return len(self.serves) - len(self.shown_to)

    @property
    def shown_within(self) -> tuple[Relation, ...]:
        """Of what runs between its units, as much as a page holds."""
        return self.within[:MOST_WITHIN]

    @property
    def more_within(self) -> int:
        """How much of that is not shown."""
        return len(self.within) - len(self.shown_within)


def neighbourhood(whole: ServiceMap, key: str, query: str = "", below: Collection[str] = ()) -> Neighbourhood:
    """A place that is on the map, or whose units `below` are, with those around it."""
    ours = {key, *below}
    by: dict[str, list[Line]] = {}
    to: dict[str, list[Line]] = {}
    within: list[Relation] = []
    for way in whole.ways:
        if way.start in ours and way.end in ours:
            within += way.relations
        elif way.start in ours:
            to.setdefault(way.end, []).extend(_lines(whole, way, way.start, key))
        elif way.end in ours:
            by.setdefault(way.start, []).extend(_lines(whole, way, way.end, key))
    return Neighbourhood(
        whole.places[key],
        where(key, query),
        _neighbours(whole, by, query),
        _neighbours(whole, to, query),
        tuple(within),
    )


def _lines(whole: ServiceMap, way: Way, own: str, key: str) -> list[Line]:
    """The relations of one line of the map; each says through which unit below, unless it is the place's own."""
    through = "" if own == key else whole.places[own].name
    return [Line(relation, through) for relation in way.relations]


def _neighbours(whole: ServiceMap, found: dict[str, list[Line]], query: str) -> tuple[Neighbour, ...]:
    """Each neighbour once, its own relations before those of units below."""
    return tuple(
        Neighbour(
            whole.places[key],
            where(key, query),
            tuple(sorted(lines, key=lambda line: (bool(line.through), line.through))),
        )
        for key, lines in found.items()
    )
