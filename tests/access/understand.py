"""Pages for understanding."""

from __future__ import annotations

from typing import Any

from kithkin.directory.models import Stage, Touchpoint
from kithkin.directory.services.journeys import Start, add_journey, place_touchpoint
from kithkin.directory.services.stakeholders import Stake, add_stakeholder
from tests.access.table import ANALYSTS, EVERYBODY, MANAGERS, Row
from tests.cast import Cast
from tests.directory.segments.making import make_segment


def segment(cast: Cast) -> dict[str, Any]:
    """Of Percy, with a customer in it."""
    return {"pk": make_segment("Customers", owner=cast.percy).pk}


def with_segment(cast: Cast) -> dict[str, Any]:
    """The list with something in it."""
    segment(cast)
    return {}


def stakeholder(cast: Cast) -> dict[str, Any]:
    """One on the grid."""
    return {"pk": add_stakeholder(stake=Stake("Town council", "external")).pk}


def with_stakeholder(cast: Cast) -> dict[str, Any]:
    """The grid with somebody on it."""
    stakeholder(cast)
    return {}


def journey(cast: Cast) -> dict[str, Any]:
    """With the stages of a customer."""
    return {"pk": add_journey(name="Buying a lamp", side="kith", start=Start.CUSTOMER).pk}


def stage(cast: Cast) -> dict[str, Any]:
    """Its first stage."""
    return {"pk": Stage.objects.filter(journey_id=journey(cast)["pk"])[0].pk}


def place(cast: Cast) -> dict[str, Any]:
    """A touchpoint on it."""
    shop = Touchpoint.objects.create(name="Shop")
    return {"pk": place_touchpoint(stage=Stage.objects.get(pk=stage(cast)["pk"]), touchpoint=shop).pk}


def with_journey(cast: Cast) -> dict[str, Any]:
    """The list with one in it."""
    journey(cast)
    return {}


ROWS = {
    "journeys": Row(EVERYBODY, with_journey, sees=lambda _: {"Buying a lamp": EVERYBODY}),
    "add_journey": Row(MANAGERS),
    "journey": Row(EVERYBODY, journey, sees=lambda _: {"Add a stage": MANAGERS}),
    "change_journey": Row(MANAGERS, journey),
    "remove_journey": Row(MANAGERS, journey, post=lambda _: {}, status=302),
    "add_stage": Row(MANAGERS, journey),
    "change_stage": Row(MANAGERS, stage),
    "move_stage": Row(MANAGERS, stage, post=lambda _: {"do": "down"}, status=302),
    "remove_stage": Row(MANAGERS, stage, post=lambda _: {}, status=302),
    "place_touchpoint": Row(MANAGERS, stage, post=lambda _: {"touchpoint": "1"}, status=302),
    "arrange_stage": Row(MANAGERS, stage, post=lambda _: {"place": "1"}, status=302),
    "move_touchpoint": Row(MANAGERS, place, post=lambda _: {"do": "down"}, status=302),
    "segments": Row(ANALYSTS, with_segment, sees=lambda _: {"Customers": ANALYSTS}),
    "add_segment": Row(ANALYSTS),
    "segment": Row(ANALYSTS, segment),
    "change_segment": Row(MANAGERS, segment),
    "freeze_segment": Row(MANAGERS, segment, post=lambda _: {"version": "1"}, status=302),
    "retire_segment": Row(MANAGERS, segment, post=lambda _: {}, status=302),
    "stakeholders": Row(ANALYSTS, with_stakeholder, sees=lambda _: {"Town council": ANALYSTS}),
    "add_stakeholder": Row(ANALYSTS),
    "stakeholder": Row(ANALYSTS, stakeholder),
    "finish_step": Row(ANALYSTS, stakeholder, post=lambda _: {}, status=302),
    "remove_stakeholder": Row(ANALYSTS, stakeholder, post=lambda _: {}, status=302),
}
