"""How a draft becomes rows: one writer at a time, only what differs, audited, with the steps to take it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kithkin.directory.models import Unit, UnitChange, UnitKind, UnitPeriod
from kithkin.directory.organisation.draft import Act, Draft, Edit
from kithkin.directory.organisation.history import Field, History, Period
from kithkin.directory.organisation.refusals import CodeTaken
from kithkin.directory.queries.organisation import forget_tree_of_today, hold_still, whole_history
from kithkin.platform import audit
from kithkin.platform.acting import now_acting
from kithkin.platform.models import ChangedMeanwhile


@dataclass(frozen=True)
class NewUnit:
    """A unit to be made."""

    name: str
    kind: str = UnitKind.DEPARTMENT
    code: str = ""


def begin(on: date, unit: Unit | None = None, version: int | str | None = None) -> Draft:
    """A draft on the history as it is now, which nobody else can change until the transaction ends.

    Where `version` is given, and the unit has another by now, ChangedMeanwhile.
    """
    hold_still()
    if unit is not None and version is not None:
        Unit.objects.get(pk=unit.pk).expect(version)
    return Draft(whole_history(), on)


def make_unit(new: NewUnit) -> Unit:
    """The unit itself, still without a period."""
    if new.code and (holder := Unit.objects.filter(code=new.code).first()):
        raise CodeTaken(new.code, holder.name)
    return Unit.objects.create(name=new.name, code=new.code)


def finish(draft: Draft, *, kind: str, unit: Unit, members: Iterable[dict[str, Any]] = ()) -> UnitChange:
    """Check the draft on every day, and write it down."""
    history = draft.checked(unit.pk)
    touched = {edit.unit for edit in draft.edits}
    write_periods(draft.before, history, touched)
    return keep_change(draft, kind=kind, touched={unit.pk, *touched}, members=members)


def keep_change(
    draft: Draft, *, kind: str, touched: Iterable[int], members: Iterable[dict[str, Any]] = ()
) -> UnitChange:
    """Remember what was done, so that it can be taken back."""
    change = UnitChange.objects.create(
        kind=kind,
        on=draft.on,
        edits=[to_plain(edit) for edit in draft.edits],
        members=list(members),
        by=now_acting().user,
    )
    change.units.set(touched)
    return change


def write_periods(before: History, after: History, touched: Iterable[int]) -> None:
    """Write what differs, in the order that keeps every constraint, and let each unit be called as it is last."""
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=list(touched))}
    rows = {(row.unit_id, row.since): row for row in UnitPeriod.objects.filter(unit_id__in=list(units))}
    wanted = {(one.unit, one.since): one for pk in units for one in after.of_unit(pk)}
    for key in rows.keys() - wanted.keys():
        rows[key].delete()
    changed = [(rows[key], one) for key, one in wanted.items() if key in rows and _differs(rows[key], one)]
    for row, one in sorted(changed, key=lambda pair: pair[1].until is None):
        row.name, row.kind, row.parent_id, row.until = one.name, one.kind, one.parent, one.until
        row.save()
    made = UnitPeriod.objects.bulk_create([_row(one) for key, one in wanted.items() if key not in rows])
    audit.record_created(made)
    for pk, unit in units.items():
        some = after.of_unit(pk)
        if some and (before.of_unit(pk) or unit.name != some[-1].name):
            unit.name = some[-1].name
            _save(unit)
    forget_tree_of_today()


def _save(unit: Unit) -> None:
    try:
        unit.save(update_fields=["name"])
    except ChangedMeanwhile:  # its code was edited this instant; its periods are ours alone
        unit.refresh_from_db(fields=["version"])
        unit.save(update_fields=["name"])


def _differs(row: UnitPeriod, one: Period) -> bool:
    return (row.name, row.kind, row.parent_id, row.until) != (one.name, one.kind, one.parent, one.until)


def _row(one: Period) -> UnitPeriod:
    return UnitPeriod(
        unit_id=one.unit, name=one.name, kind=one.kind, parent_id=one.parent, since=one.since, until=one.until
    )


def to_plain(edit: Edit) -> dict[str, Any]:
    """An edit as JSON."""
    return {
        "act": edit.act.value,
        "unit": edit.unit,
        "since": edit.since.isoformat(),
        "until": edit.until and edit.until.isoformat(),
        "field": edit.field and edit.field.value,
        "old": edit.old,
        "new": edit.new,
        "follows": edit.follows,
        "dropped": [_period_to_plain(one) for one in edit.dropped],
        "eve": edit.eve and _period_to_plain(edit.eve),
    }


def from_plain(plain: dict[str, Any]) -> Edit:
    """The edit that `to_plain` wrote."""
    return Edit(
        act=Act(plain["act"]),
        unit=plain["unit"],
        since=date.fromisoformat(plain["since"]),
        until=plain["until"] and date.fromisoformat(plain["until"]),
        field=plain["field"] and Field(plain["field"]),
        old=plain["old"],
        new=plain["new"],
        follows=plain["follows"],
        dropped=tuple(_period_from_plain(one) for one in plain["dropped"]),
        eve=plain["eve"] and _period_from_plain(plain["eve"]),
    )


def _period_to_plain(one: Period) -> list[Any]:
    until = one.until and one.until.isoformat()
    return [one.unit, one.name, one.kind, one.parent, one.since.isoformat(), until]


def _period_from_plain(plain: list[Any]) -> Period:
    unit, name, kind, parent, since, until = plain
    return Period(unit, name, kind, parent, date.fromisoformat(since), until and date.fromisoformat(until))
