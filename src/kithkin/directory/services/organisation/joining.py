"""Several units become one, one becomes several; who works there goes along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from kithkin.directory.events.organisation import UnitsMerged, UnitSplit
from kithkin.directory.models import Succession, SuccessionKind, Unit, UnitChange, UnitChangeKind
from kithkin.directory.organisation.draft import Part
from kithkin.directory.organisation.refusals import NoParts
from kithkin.directory.services.organisation import members
from kithkin.directory.services.organisation.writing import NewUnit, begin, finish, make_unit
from kithkin.platform.events import publish


@transaction.atomic
def merge_units(
    *,
    units: Sequence[Unit],
    into: Unit | NewUnit,
    on: date,
    parent: Unit | None = None,
    version: int | str | None = None,
) -> UnitChange:
    """All of `units` go into one: it takes over their people and what stands below them, and they close.

    Where `into` is a new unit it stands below `parent`; `version` is that of the first unit.
    """
    sources = [unit for unit in units if unit != into]
    if len(sources) + isinstance(into, Unit) < 2:
        raise NoParts
    draft = begin(on, units[0], version)
    if isinstance(into, NewUnit):
        target = make_unit(into)
        draft.open(target.pk, into.name, into.kind, parent.pk if parent else None)
    else:
        target = into
    ids = {unit.pk for unit in sources}
    draft.merge(sorted(ids), target.pk)
    moved = members.hand_over(ids, on, target.pk)
    change = finish(draft, kind=UnitChangeKind.MERGE, unit=target, members=moved)
    for unit_id in sorted(ids):
        Succession.objects.create(predecessor_id=unit_id, successor=target, kind=SuccessionKind.MERGE, on=on)
    publish(UnitsMerged(unit_ids=sorted(ids), into_id=target.pk, on=on.isoformat()))
    return change


@transaction.atomic
def split_unit(
    *,
    unit: Unit,
    into: Sequence[NewUnit],
    on: date,
    people: Mapping[int, int] | None = None,
    children: Mapping[int, int] | None = None,
    keep: bool = False,
    version: int | str | None = None,
) -> list[Unit]:
    """One goes into several new ones that stand where it stands; the new units, in the order of `into`.

    `people` and `children` say by their ids to which of `into` (0 is the first) somebody, or a unit below, goes;
    whoever is not named goes to the first, or stays where the unit is kept.
    """
    if len(into) + keep < 2:
        raise NoParts
    draft = begin(on, unit, version)
    parts = [make_unit(new) for new in into]
    made = [Part(part.pk, new.name, new.kind) for part, new in zip(parts, into, strict=True)]
    draft.split(unit.pk, made, {child: parts[at].pk for child, at in (children or {}).items()}, keep=keep)
    goes_to = {person: parts[at].pk for person, at in (people or {}).items()}
    moved = members.hand_over({unit.pk}, on, None if keep else parts[0].pk, goes_to)
    finish(draft, kind=UnitChangeKind.SPLIT, unit=unit, members=moved)
    for part in parts:
        Succession.objects.create(predecessor=unit, successor=part, kind=SuccessionKind.SPLIT, on=on)
    publish(UnitSplit(unit_id=unit.pk, into_ids=[part.pk for part in parts], kept=keep, on=on.isoformat()))
    return parts
