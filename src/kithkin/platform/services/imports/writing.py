"""Writing a chunk: rows in bulk, their audit trail, and what it takes to take them back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from auditlog.registry import auditlog
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from kithkin.platform import audit
from kithkin.platform.imports.lines import Change, Create, Problem
from kithkin.platform.imports.tally import Tally
from kithkin.platform.models import Import, ImportRow, RowAction, Versioned
from kithkin.platform.registries.imports import ImportKind, Pair
from kithkin.platform.services.imports.planning import Plan

BATCH = 500
ONLY_LINKS = "links"
"""Stands for a model where a line came in and only what it says of other lines was refused."""
_COUNTED = ("version", "changed_at")


def write(one: Import, kind: ImportKind, plans: Sequence[Plan]) -> list[ImportRow]:
    """Make and change the rows, in the caller's transaction; returns what is to be remembered of them."""
    planned = [(plan, write) for plan in plans for write in plan.planned.writes]
    _create(kind, [write.made for _plan, write in planned if isinstance(write, Create) and write.shared])
    for model in kind.models:
        _change(
            [write for _plan, write in planned if isinstance(write, Change) and isinstance(write.after, model)], model
        )
    _create(kind, [write.made for _plan, write in planned if isinstance(write, Create) and not write.shared])
    if kind.told:
        pairs = [_pair(write) for _plan, write in planned]
        audit.record_told(kind.told([pair for pair in pairs if isinstance(pair[1], kind.models[0])]))
    if kind.touched and planned:
        kind.touched([_pair(write)[1] for _plan, write in planned])
    return [_row(one, plan, write) for plan, write in planned if not (isinstance(write, Create) and write.shared)]


def _create(kind: ImportKind, rows: Sequence[models.Model]) -> None:
    for model in kind.models:
        made = [row for row in rows if isinstance(row, model)]
        model._base_manager.bulk_create(made, batch_size=BATCH)
        if auditlog.contains(model):
            audit.record_created(made)


def _pair(write: Create | Change) -> Pair:
    return (None, write.made) if isinstance(write, Create) else (write.before, write.after)


def refused_rows(one: Import, plans: Iterable[Plan]) -> list[ImportRow]:
    """What is to be remembered of the refused lines."""
    columns = {key: column for column, key in one.mapping.items()}
    return [
        ImportRow(
            of=one,
            number=plan.line.number,
            action=RowAction.REFUSED,
            model=ONLY_LINKS if _only_links(plan) else "",
            problems=[
                *(plan.refused.problems if plan.refused else ()),
                *(_told(plan, problem, columns) for problem in plan.planned.problems),
            ],
        )
        for plan in plans
        if plan.planned.problems
    ]


def _only_links(plan: Plan) -> bool:
    return plan.second and not plan.refused


def _told(plan: Plan, problem: Problem, columns: Mapping[str, str]) -> list[str]:
    """As it is kept: column, value, reason, remedy."""
    remedy = problem.remedy
    if _only_links(plan):
        rest = _("The rest of the line comes in: mend this and send the line again.")
        remedy = f"{remedy} {rest}".strip()
    value = problem.value or plan.line.texts.get(problem.field, "")[:200]
    return [columns.get(problem.field, ""), value, problem.reason, remedy]


def remember(one: Import, plans: Sequence[Plan], rows: Sequence[ImportRow]) -> None:
    """Replace what was known of these lines."""
    if not plans:
        return
    numbers = [plan.line.number for plan in plans]
    refused = ImportRow.objects.filter(of=one, action=RowAction.REFUSED)
    refused.filter(number__gte=min(numbers), number__lte=max(numbers), number__in=numbers).delete()
    ImportRow.objects.bulk_create(rows, batch_size=BATCH)


def count(tally: Tally, one: Import, kind: ImportKind, plans: Iterable[Plan]) -> None:
    """Add these lines to the tally."""
    columns = {key: column for column, key in one.mapping.items()}
    for plan in plans:
        planned = plan.planned
        if planned.problems:
            tally.refused += not plan.refused
            for problem in planned.problems:
                column = columns.get(problem.field, "")
                tally.reasons[f"{column}: {problem.reason}" if column else problem.reason] += 1
            continue
        for write in planned.writes:
            if isinstance(write, Create):
                tally.wrote(write.made._meta.label_lower, "created")
            else:
                tally.wrote(write.after._meta.label_lower, "changed")
        if plan.second:
            tally.linked += bool(planned.writes)
            continue
        new = kind.makes or kind.models[0]
        makes = any(isinstance(write, Create) and isinstance(write.made, new) for write in planned.writes)
        if makes:
            tally.created += 1
        elif planned.writes:
            tally.changed += 1
        else:
            tally.unchanged += 1


def mark_of(row: models.Model) -> str:
    """By which a row is known to be as the import left it."""
    if isinstance(row, Versioned):
        return str(row.version)
    fields = row._meta.concrete_fields
    return hashlib.sha256("\x1f".join(_plain(field, row) for field in fields).encode()).hexdigest()[:32]


def _plain(field: Any, row: models.Model) -> str:
    value = field.to_python(getattr(row, field.attname))
    if isinstance(field, models.DecimalField) and value is not None:
        value = f"{value:.{field.decimal_places}f}"
    return f"{field.attname}={value!r}"


def _change(changes: Sequence[Change], model: type[models.Model]) -> None:
    if not changes:
        return
    now = timezone.now()
    fields = set().union(*(write.fields for write in changes))
    if issubclass(model, Versioned):
        fields |= set(_COUNTED)
        for write in changes:
            assert isinstance(write.before, Versioned)
            assert isinstance(write.after, Versioned)
            write.after.version, write.after.changed_at = write.before.version + 1, now
    overwrite(model, [write.after for write in changes], fields)
    if auditlog.contains(model):
        audit.record_changed([(write.before, write.after) for write in changes])


def overwrite(model: type[models.Model], rows: Sequence[Any], fields: Iterable[str]) -> None:
    """Write these fields of rows that are there and locked: an upsert, which costs a fifth of `bulk_update`."""
    names = sorted(fields)
    model._base_manager.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=names
    )


def _row(one: Import, plan: Plan, write: Create | Change) -> ImportRow:
    target = write.made if isinstance(write, Create) else write.after
    subject = plan.planned.subject
    return ImportRow(
        of=one,
        number=max(plan.line.number, plan.planned.stands_with),
        action=RowAction.CREATED if isinstance(write, Create) else RowAction.CHANGED,
        model=target._meta.label_lower,
        target_id=target.pk,
        mark=mark_of(target),
        before=_before(write) if isinstance(write, Change) else {},
        subject_id=subject.pk if subject is not None else None,
    )


def _before(write: Change) -> dict[str, Any]:
    meta = write.before._meta
    names = (meta.get_field(name).attname for name in sorted(write.fields))  # type: ignore[union-attr]
    return {name: getattr(write.before, name) for name in names}
