"""The organisation, opened, renamed and moved as it came to be."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kithkin.demo.roster import UnitPlan, organisation
from kithkin.directory.models import Unit
from kithkin.directory.services.organisation import NewUnit, move_unit, open_unit, rename_unit

Units = dict[str, Unit]


@transaction.atomic
def load(today: date) -> Units:
    """Every unit by its code; its history, and what is planned, as the roster tells."""
    made: Units = {}
    told: dict[str, UnitPlan] = {}
    for plan in organisation(today):
        parent = made[plan.parent] if plan.parent else None
        before = told.get(plan.code)
        if before is None:
            new = NewUnit(name=plan.name, kind=plan.kind, code=plan.code)
            made[plan.code] = open_unit(new=new, parent=parent, on=plan.since)
        elif before.name != plan.name:
            rename_unit(unit=made[plan.code], name=plan.name, on=plan.since)
        if before is not None and before.parent != plan.parent:
            move_unit(unit=made[plan.code], to=parent, on=plan.since)
        told[plan.code] = plan
    return made
