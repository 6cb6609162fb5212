"""Pages about who serves whom."""

from __future__ import annotations

from typing import Any

from tests.access.table import ANALYSTS, EVERYBODY, MANAGERS, Row
from tests.cast import Cast, make_kith
from tests.directory.relations.making import serves

HEADS = MANAGERS | {"dora", "donald"}
IT_ENDS = MANAGERS | {"dora", "donald"}


def relation(cast: Cast) -> dict[str, Any]:
    """IT serves Logistics: the heads of both ends may change it."""
    return {"pk": serves(cast.it, cast.logistics).pk}


def with_customer(cast: Cast) -> dict[str, Any]:
    """Support, below IT, serves a customer whom few may see."""
    return {"pk": serves(cast.support, make_kith("Kimberley")).pk}


def role(cast: Cast) -> dict[str, Any]:
    """Bob is somebody in a relation of IT."""
    link = serves(cast.support, make_kith("Kimberley"))
    return {"pk": link.roles.create(person=cast.bob.person, side="provider", role="owner").pk}


def map_with_customer(cast: Cast) -> dict[str, Any]:
    """The map with a customer on it."""
    with_customer(cast)
    return {}


ROWS = {
    "service_map": Row(
        EVERYBODY,
        map_with_customer,
        sees=lambda _: {"Kimberley": ANALYSTS, "a customer": EVERYBODY - MANAGERS - {"anna"}},
    ),
    "mine": Row(EVERYBODY),
    "add_relation": Row(HEADS),
    "relation": Row(EVERYBODY, with_customer, sees=lambda _: {"Kimberley": ANALYSTS}),
    "change_relation": Row(IT_ENDS, relation),
    "end_relation": Row(MANAGERS | {"dora"}, with_customer),
    "give_role": Row(MANAGERS | {"dora"}, with_customer),
    "take_role": Row(MANAGERS | {"dora"}, role, post=lambda _: {}, status=302),
}
