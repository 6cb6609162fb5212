"""Pages about who serves whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kithkin.directory.models import Audience, Partner, Service, Touchpoint
from kithkin.directory.services.needs import NeedDraft, write_need
from kithkin.directory.services.proposals import propose_relation
from tests.access.table import ANALYSTS, EVERYBODY, MANAGERS, Row
from tests.cast import Cast, make_kith
from tests.directory.relations.making import serves

HEADS = MANAGERS | {"dora", "donald"}


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


def thing(model: type[Any]) -> Callable[[Cast], dict[str, Any]]:
    """One of the things that relations are made of."""
    return lambda _: {"pk": model.objects.create(name="Something").pk}


def things() -> dict[str, Row]:
    """The pages of all four kinds: read by everybody, written by managers."""
    rows = {}
    for one, model in (("service", Service), ("touchpoint", Touchpoint), ("audience", Audience), ("partner", Partner)):
        rows[f"{one}s"] = Row(EVERYBODY)
        rows[one] = Row(EVERYBODY, thing(model))
        rows[f"add_{one}"] = Row(MANAGERS)
        rows[f"change_{one}"] = Row(MANAGERS, thing(model))
        rows[f"retire_{one}"] = Row(MANAGERS, thing(model), post=lambda _: {}, status=302)
    return rows


def proposal(cast: Cast) -> dict[str, Any]:
    """Bob of IT says that Logistics serves IT: Dora decides."""
    said = propose_relation(by=cast.bob, receiver=cast.it, provider=cast.logistics, what="transport")
    return {"pk": said.pk}


def need(cast: Cast) -> dict[str, Any]:
    """A need of a relation from Support to a customer, answered by Charlie, of quite another department."""
    link = serves(cast.support, make_kith("Kimberley"))
    return {"pk": write_need(draft=NeedDraft("Waits too long", "kith", link=link), owner=cast.charlie).pk}


def one_need(cast: Cast) -> dict[str, Any]:
    """The list with that need."""
    need(cast)
    return {}


NEED_WRITERS = MANAGERS | {"dora", "charlie"}

ROWS = {
    "service_map": Row(
        EVERYBODY, map_with_customer, sees=lambda _: {"Kimberley": ANALYSTS, "a customer": EVERYBODY - ANALYSTS}
    ),
    "mine": Row(EVERYBODY),
    "propose_relation": Row(
        EVERYBODY,
        post=lambda cast: {"receiver": f"unit-{cast.it.pk}", "provider": f"unit-{cast.logistics.pk}", "what": ""},
    ),
    "decide_proposal": Row(MANAGERS | {"dora", "bob"}, proposal, otherwise=404),
    "add_relation": Row(HEADS),
    "relation": Row(EVERYBODY, with_customer, sees=lambda _: {"Kimberley": ANALYSTS}),
    "change_relation": Row(HEADS, relation),
    "end_relation": Row(MANAGERS | {"dora"}, with_customer),
    "give_role": Row(MANAGERS | {"dora"}, with_customer),
    "take_role": Row(MANAGERS | {"dora"}, role, post=lambda _: {}, status=302),
    "needs": Row(EVERYBODY, one_need, sees=lambda _: {"Waits too long": ANALYSTS | {"dora", "charlie"}}),
    "add_need": Row(MANAGERS),
    "need": Row(ANALYSTS | {"dora", "charlie"}, need, otherwise=404, sees=lambda _: {"Kimberley": ANALYSTS}),
    "change_need": Row(NEED_WRITERS, need, otherwise=404),
    "answer_need": Row(NEED_WRITERS, need, otherwise=404),
    "add_evidence": Row(NEED_WRITERS, need, otherwise=404),
    **things(),
}
