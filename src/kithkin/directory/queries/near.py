"""Who stands around a unit and around the reader: only their own relations are read, however large the company is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from kithkin.directory.models import Person
from kithkin.directory.models.days import today
from kithkin.directory.organisation.tree import Tree
from kithkin.directory.queries.neighbourhood import Neighbourhood, neighbourhood
from kithkin.directory.queries.organisation.trees import tree_of, tree_of_today
from kithkin.directory.queries.own import own_unit_ids
from kithkin.directory.queries.relations import Relation, relations_of
from kithkin.directory.queries.service_map import Place, Standing, service_map
from kithkin.platform.access import reach
from kithkin.platform.models import Role, User


def near_unit(user: User, unit_id: int, day: date, query: str = "") -> Neighbourhood | None:
    """A unit and all below it, with those around them; None where no relation names any of them."""
    tree = tree_of(day)
    below = tree.below([unit_id])
    return _around(tree, relations_of(user, day, units=below), unit_id, below, query)


def near_reader(user: User, person: Person | None) -> tuple[Neighbourhood, ...]:
    """Each unit that the reader heads or works in with all below it, or the nearest above; and themselves."""
    tree = tree_of_today()
    own = _stood_for(user, tree)
    if not own and person is None:
        return ()
    found: dict[int, Neighbourhood] = {}
    relations = relations_of(user, today(), units=tree.below(own), person=person)
    alone = []
    for unit_id in own:
        near = _around(tree, relations, unit_id, tree.below([unit_id]))
        if near:
            found[unit_id] = near
        else:
            alone.append([node.id for node in reversed(tree.path(unit_id)[:-1])])
    wanted = {unit_id for path in alone for unit_id in path}
    above = relations_of(user, today(), units=wanted) if wanted else ()
    for path in alone:
        for unit_id in path:
            near = _around(tree, above, unit_id, {unit_id})
            if near:
                found.setdefault(unit_id, near)
                break
    return (*found.values(), *_around_person(relations, person))


def _stood_for(user: User, tree: Tree) -> tuple[int, ...]:
    """The topmost units that the user heads, and those where they work besides: a head may work nowhere yet."""
    headed = reach(user, Role.DEPARTMENT_HEAD).unit_ids
    tops = [one for one in headed if tree.get(one) and not headed & {node.id for node in tree.path(one)[:-1]}]
    return (*sorted(tops), *(one for one in own_unit_ids(user) if one not in headed))


def _around(
    tree: Tree, relations: Iterable[Relation], unit_id: int, below: Collection[int], query: str = ""
) -> Neighbourhood | None:
    keys, key, node = {f"unit-{one}" for one in below}, f"unit-{unit_id}", tree.get(unit_id)
    whole = service_map(one for one in relations if keys & {one.provider.key, one.receiver.key})
    if not whole:
        return None
    me = Place(key, node.name if node else "", Standing.UNIT)
    return neighbourhood(replace(whole, places={key: me, **whole.places}), key, query, keys)


def _around_person(relations: Iterable[Relation], person: Person | None) -> list[Neighbourhood]:
    if person is None:
        return []
    key = f"person-{person.pk}"
    whole = service_map(one for one in relations if one.receiver.key == key)
    return [neighbourhood(whole, key)] if whole else []
