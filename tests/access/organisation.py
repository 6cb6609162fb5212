"""The organisation's pages: everybody looks, administrators and program managers change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kithkin.directory.models.days import today
from kithkin.directory.services.organisation import move_unit
from tests.access.table import EVERYBODY, MANAGERS, Row
from tests.cast import Cast


def support(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.support.pk}


def plan(cast: Cast) -> dict[str, Any]:
    return {"pk": move_unit(unit=cast.support, to=cast.logistics, on=today() + timedelta(days=9)).pk}


ROWS = {
    "organisation": Row(EVERYBODY, sees=lambda _: {"Logistics": EVERYBODY, "Move…": MANAGERS, "Add a unit": MANAGERS}),
    "unit": Row(
        EVERYBODY,
        kwargs=lambda cast: {"pk": cast.it.pk},
        sees=lambda _: {
            "Dora": frozenset({"alice", "percy", "anna", "dora", "gus", "bob"}),
            "Add a unit below": MANAGERS,
        },
    ),
    "unit_branch": Row(EVERYBODY, kwargs=lambda cast: {"pk": cast.it.pk}),
    "unit_open": Row(MANAGERS),
    "unit_plan_take_back": Row(MANAGERS, kwargs=plan, post=lambda _: {}, status=302),
    "unit_rename": Row(MANAGERS, kwargs=support),
    "unit_kind": Row(MANAGERS, kwargs=support),
    "unit_move": Row(MANAGERS, kwargs=support),
    "unit_merge": Row(MANAGERS, kwargs=support),
    "unit_split": Row(MANAGERS, kwargs=support),
    "unit_close": Row(MANAGERS, kwargs=support),
}
