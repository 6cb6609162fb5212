"""Pages for understanding."""

from __future__ import annotations

from typing import Any

from kithkin.directory.services.stakeholders import Stake, add_stakeholder
from tests.access.table import ANALYSTS, MANAGERS, Row
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


ROWS = {
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
