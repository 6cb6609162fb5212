"""A plan taken back, edit by edit, the last first; refused where something was built on it since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kithkin.directory.organisation.draft import ONE_DAY, Act, Edit
from kithkin.directory.organisation.history import Field, History, Period, Periods
from kithkin.directory.organisation.refusals import ChangedSince


def without(history: History, edits: Sequence[Edit]) -> History:
    """The history as it would be had these edits never been made, all that was done since otherwise left in place."""
    for edit in reversed(edits):
        history = _UNDO[edit.act](history, edit)
    return history


def _value(history: History, edit: Edit) -> History:
    here, eve = history.at(edit.unit, edit.since), history.at(edit.unit, edit.since - ONE_DAY)
    assert edit.field is not None
    if here is None or here.get(edit.field) != edit.new:
        raise ChangedSince(history.name(edit.unit, edit.since), edit.since)
    old = eve.get(edit.field) if edit.follows and eve is not None else edit.old
    end = history.run_end(edit.unit, edit.since, edit.field)
    if edit.until is not None:
        end = edit.until if end is None else min(end, edit.until)
    return history.put(edit.unit, edit.since, edit.field, old, end)


def _opening(history: History, edit: Edit) -> History:
    before, _ = history.cut(edit.unit, edit.since)
    return history.with_unit(edit.unit, before)


def _closing(history: History, edit: Edit) -> History:
    before, after = history.cut(edit.unit, edit.since)
    if after:
        raise ChangedSince(history.name(edit.unit, edit.since), edit.since)
    eve = history.at(edit.unit, edit.since - ONE_DAY)
    return history.with_unit(edit.unit, (*before, *_carried_on(edit, eve)))


def _carried_on(edit: Edit, eve: Period | None) -> Periods:
    """The dropped periods; what only carried on from the day before the closing carries on what it has become since."""
    if eve is None or edit.eve is None:
        return edit.dropped
    running = {field for field in Field if edit.dropped[0].get(field) == edit.eve.get(field)}
    renewed = []
    for period in edit.dropped:
        running = {field for field in running if period.get(field) == edit.eve.get(field)}
        renewed.append(replace(period, **{field.value: eve.get(field) for field in running}))
    return tuple(renewed)


_UNDO = {Act.PUT: _value, Act.OPEN: _opening, Act.CLOSE: _closing}
