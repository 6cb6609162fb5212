"""What is done to one unit."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kithkin.directory.events.organisation import UnitClosed, UnitKindChanged, UnitMoved, UnitOpened, UnitRenamed
from kithkin.directory.models import Unit, UnitChange, UnitChangeKind
from kithkin.directory.organisation.history import Field
from kithkin.directory.organisation.refusals import HasMembers, NotOpen
from kithkin.directory.services.organisation import members
from kithkin.directory.services.organisation.writing import NewUnit, begin, finish, make_unit
from kithkin.platform.events import publish


@transaction.atomic
def open_unit(*, new: NewUnit, parent: Unit | None, on: date) -> Unit:
    """A new unit, below `parent` or at the top."""
    draft = begin(on)
    unit = make_unit(new)
    draft.open(unit.pk, new.name, new.kind, parent.pk if parent else None)
    finish(draft, kind=UnitChangeKind.OPEN, unit=unit)
    publish(UnitOpened(unit_id=unit.pk, parent_id=parent.pk if parent else None, on=on.isoformat()))
    return unit


@transaction.atomic
def rename_unit(*, unit: Unit, name: str, on: date, version: int | str | None = None) -> UnitChange:
    """Another name, until the next one that was planned."""
    draft = begin(on, unit, version)
    draft.put(unit.pk, Field.NAME, name)
    change = finish(draft, kind=UnitChangeKind.RENAME, unit=unit)
    publish(UnitRenamed(unit_id=unit.pk, on=on.isoformat()))
    return change


@transaction.atomic
def change_kind(*, unit: Unit, kind: str, on: date, version: int | str | None = None) -> UnitChange:
    """A team becomes a department."""
    draft = begin(on, unit, version)
    draft.put(unit.pk, Field.KIND, kind)
    change = finish(draft, kind=UnitChangeKind.KIND, unit=unit)
    publish(UnitKindChanged(unit_id=unit.pk, on=on.isoformat()))
    return change


@transaction.atomic
def move_unit(*, unit: Unit, to: Unit | None, on: date, version: int | str | None = None) -> UnitChange:
    """Below another unit, or to the top, with all that stands below it; until the next move that was planned."""
    draft = begin(on, unit, version)
    draft.put(unit.pk, Field.PARENT, to.pk if to else None)
    change = finish(draft, kind=UnitChangeKind.MOVE, unit=unit)
    publish(UnitMoved(unit_id=unit.pk, parent_id=to.pk if to else None, on=on.isoformat()))
    return change


@transaction.atomic
def close_unit(
    *,
    unit: Unit,
    on: date,
    children_to: Unit | None = None,
    members_to: Unit | None = None,
    version: int | str | None = None,
) -> UnitChange:
    """No more from the day on: empty by then, or with a unit named for what stands below and for who works there."""
    draft = begin(on, unit, version)
    draft.close_empty(unit.pk, children_to.pk if children_to else None)
    if members_to is not None:
        if members_to == unit:
            raise NotOpen(draft.history.name(unit.pk, on), on)
        draft.check_stays(members_to.pk)
    elif left := members.working_in({unit.pk}, on).count():
        raise HasMembers(draft.history.name(unit.pk, on), left)
    moved = members.hand_over({unit.pk}, on, members_to.pk) if members_to else []
    change = finish(draft, kind=UnitChangeKind.CLOSE, unit=unit, members=moved)
    publish(UnitClosed(unit_id=unit.pk, on=on.isoformat()))
    return change
