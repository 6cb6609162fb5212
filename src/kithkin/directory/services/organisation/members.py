"""Who works in a unit follows it: on the day the one membership ends and the next begins, all else as it was."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from kithkin.directory.models import Membership
from kithkin.directory.organisation.refusals import ChangedSince
from kithkin.platform import audit

BATCH = 500


def working_in(unit_ids: Collection[int], day: date) -> QuerySet[Membership]:
    """The memberships of these units that last on the day or begin later."""
    return Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=day), unit_id__in=unit_ids)


def hand_over(
    unit_ids: Collection[int], on: date, to: int | None, people: Mapping[int, int] | None = None
) -> list[dict[str, Any]]:
    """Everybody of these units goes to `to`, or where `people` says; the steps by which that is taken back.

    Where `to` is None, whoever is not named stays. Whoever works in the new unit already is there only once.
    """
    people = people or {}
    leaving = [
        (one, goes_to)
        for one in working_in(unit_ids, on).order_by("pk")
        if (goes_to := people.get(one.person_id, to)) is not None
    ]
    targets = {goes_to for _, goes_to in leaving}
    there = list(working_in(targets, on).filter(person_id__in=[one.person_id for one, _ in leaving]))
    taken: dict[tuple[int, int], list[Membership]] = {}
    for one in there:
        taken.setdefault((one.person_id, one.unit_id), []).append(one)
    steps, ended, begun, gone = [], [], [], []
    for one, goes_to in leaving:
        start = max(one.since, on)
        others = taken.setdefault((one.person_id, goes_to), [])
        successor = None
        if not any(_fills(other, start, one.until) for other in others):
            successor = _successor(one, goes_to, start)
            others.append(successor)
            begun.append(successor)
        if one.since < on:
            ended.append(one)
        else:
            gone.append(one)
        steps.append((one, successor))
    told = [_step(one, ended=one.since < on) for one, _ in steps]
    _end(ended, on)
    audit.record_deleted(gone)
    Membership.objects.filter(pk__in=[one.pk for one in gone]).delete()
    audit.record_created(Membership.objects.bulk_create(begun, batch_size=BATCH))
    for step, (_, successor) in zip(told, steps, strict=True):
        step["begun"] = successor.pk if successor else None
    return told


def take_back(steps: Sequence[dict[str, Any]], on: date) -> None:
    """Everybody goes back; whoever was erased meanwhile is not missed, whoever was moved again forbids it."""
    begun = Membership.objects.select_related("unit").in_bulk([one["begun"] for one in steps if one["begun"]])
    ended = Membership.objects.in_bulk([one["ended"] for one in steps if one["ended"]])
    restored, before, again = [], [], []
    for step in steps:
        until = step["until"] and date.fromisoformat(step["until"])
        new, old = begun.get(step["begun"]), ended.get(step["ended"])
        if new is not None and (new.version, new.until) != (1, until):
            raise ChangedSince(new.unit.name, on)
        if old is not None:
            if old.until != on:
                raise ChangedSince(old.unit.name, on)
            before.append(copy(old))
            old.until = until
            restored.append(old)
        elif step["ended"] is None and (new is not None or step["begun"] is None):
            again.append(_again(step, until))
    audit.record_deleted(list(begun.values()))
    Membership.objects.filter(pk__in=begun).delete()
    _update(restored, before)
    audit.record_created(Membership.objects.bulk_create(again, batch_size=BATCH))


def _fills(other: Membership, start: date, until: date | None) -> bool:
    """Whether the other membership makes a new one from `start` to `until` needless."""
    lasts = other.until is None or (until is not None and other.until >= until)
    return other.since == start or (other.since < start and lasts)


def _successor(one: Membership, unit_id: int, since: date) -> Membership:
    return Membership(
        person_id=one.person_id,
        unit_id=unit_id,
        kind=one.kind,
        title=one.title,
        manager_id=one.manager_id,
        since=since,
        until=one.until,
    )


def _step(one: Membership, *, ended: bool) -> dict[str, Any]:
    """How it was: a membership that ends keeps its row, one that never came to be is told whole."""
    until = one.until and one.until.isoformat()
    if ended:
        return {"ended": one.pk, "until": until}
    return {
        "ended": None,
        "until": until,
        "person": one.person_id,
        "unit": one.unit_id,
        "kind": one.kind,
        "title": one.title,
        "manager": one.manager_id,
        "since": one.since.isoformat(),
    }


def _again(step: dict[str, Any], until: date | None) -> Membership:
    return Membership(
        person_id=step["person"],
        unit_id=step["unit"],
        kind=step["kind"],
        title=step["title"],
        manager_id=step["manager"],
        since=date.fromisoformat(step["since"]),
        until=until,
    )


def _end(ended: Sequence[Membership], on: date) -> None:
    before = [copy(one) for one in ended]
    for one in ended:
        one.until = on
    _update(ended, before)


def _update(rows: Sequence[Membership], before: Sequence[Membership]) -> None:
    now = timezone.now()
    for one in rows:
        one.version += 1
        one.changed_at = now
    Membership.objects.bulk_update(rows, ["until", "version", "changed_at"], batch_size=BATCH)
    audit.record_changed(list(zip(before, rows, strict=True)))
