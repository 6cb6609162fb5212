"""One place of the map with those around it: served by, me, serves."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.directory.queries.relations import Relation
from kithkin.directory.queries.service_map import Place, ServiceMap
from kithkin.directory.queries.where import where


@dataclass(frozen=True)
class Neighbour:
    """One end of somebody's relations: whom, for what, where to read more."""

    place: Place
    url: str
    relations: tuple[Relation, ...]


@dataclass(frozen=True)
class Neighbourhood:
    """Served by, me, serves."""

    me: Place
    url: str
    served_by: tuple[Neighbour, ...]
    serves: tuple[Neighbour, ...]

    @property
    def faces_outside(self) -> bool:
        """Whether all whom it serves are kith."""
        return all(relation.reaches_outside for one in self.serves for relation in one.relations)


def neighbourhood(whole: ServiceMap, key: str, query: str = "") -> Neighbourhood:
    """A place that is on the map, with those around it."""
    by = tuple(
        Neighbour(whole.places[way.start], where(way.start, query), way.relations)
        for way in whole.ways
        if way.end == key
    )
    to = tuple(
        Neighbour(whole.places[way.end], where(way.end, query), way.relations) for way in whole.ways if way.start == key
    )
    return Neighbourhood(whole.places[key], where(key, query), by, to)
