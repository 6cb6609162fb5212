"""Taking an import back: what it made goes, what it changed is as it was; what changed since is left and listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from auditlog.context import disable_auditlog
from auditlog.registry import auditlog
from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kithkin.platform import audit
from kithkin.platform.events import publish
from kithkin.platform.imports.facts import ImportUndone
from kithkin.platform.models import Import, ImportRow, ImportState, RowAction, Versioned
from kithkin.platform.registries.imports import ImportKind, kind_of
from kithkin.platform.services.imports.bulk import undo_bulk_chunk
from kithkin.platform.services.imports.lease import advance, hold
from kithkin.platform.services.imports.writing import BATCH, mark_of, overwrite

LINES = 300
Model = type[models.Model]
Key = tuple[Model, int]
_DID = (RowAction.CREATED, RowAction.CHANGED)


@dataclass
class _Chunk:
    """Some lines on their way back: their rows, what these are about now, and why a line has to stay."""

    one: Import
    rows: Sequence[ImportRow]
    now: dict[Key, models.Model] = field(default_factory=dict)
    stays: dict[int, str] = field(default_factory=dict)

    def key(self, row: ImportRow) -> Key:
        return apps.get_model(row.model), cast("int", row.target_id)

    def name(self, row: models.Model | None) -> str:
        """By what the row may be called to whoever imported it, who may no longer see it."""
        kind = kind_of(self.one.kind)
        seen = row is not None and (kind is None or kind.sees is None or kind.sees(self.one.by, row))
        return str(row) if seen else "–"

    def going(self, action: RowAction) -> list[ImportRow]:
        """The rows of this action whose line goes back."""
        return [row for row in self.rows if row.action == action and row.number not in self.stays]


def undo_chunk(one: Import) -> bool:
    """Take the last lines back that still stand; whether there are no more."""
    of_kind = kind_of(one.kind)
    if of_kind and of_kind.bulk:
        return undo_bulk_chunk(one, of_kind.bulk)
    with transaction.atomic():
        hold(one)
        chunk = _Chunk(one, _last_lines(one))
        lines = _lines(chunk)
        if chunk.rows:
            _load(chunk)
            _find_changed(chunk)
            _find_leaned_on(chunk)
            _take_back(chunk)
        known = one.counts.get("undo", {})
        undo = {
            "undone": known.get("undone", 0) + sum(number not in chunk.stays for number in lines),
            "kept": known.get("kept", 0) + sum(number in chunk.stays for number in lines),
        }
        counts = {**one.counts, "undo": undo}
        ending: dict[str, Any] = {}
        if not chunk.rows:
            ending = {"state": ImportState.UNDONE, "lease": None, "lease_until": None, "finished_at": timezone.now()}
            publish(ImportUndone(import_id=one.pk, import_kind=one.kind, count=undo["undone"]))
        cursor = one.cursor + 1
        advance(one, cursor=cursor, counts=counts, **ending)
    one.cursor, one.counts = cursor, counts
    return not chunk.rows


def _last_lines(one: Import) -> list[ImportRow]:
    """All rows of the last lines, some hundred, or of all where the kind is one whole."""
    did = ImportRow.objects.filter(of=one, action__in=_DID).order_by("-number", "-id")
    kind = kind_of(one.kind)
    if not (kind and kind.whole):
        first = did.values_list("number", flat=True)[LINES : LINES + 1]
        if first:
            did = did.filter(number__gte=first[0])
    return list(did)


def _lines(chunk: _Chunk) -> list[int]:
    """The number of each line; lines that belong together all have that of the last of them."""
    kind = kind_of(chunk.one.kind)
    if kind is None or not kind.gathered:
        return sorted({row.number for row in chunk.rows})
    made = (kind.makes or kind.models[0])._meta.label_lower
    return [row.number for row in chunk.rows if row.model == made and row.action == RowAction.CREATED]


def _load(chunk: _Chunk) -> None:
    wanted: dict[Model, list[int]] = defaultdict(list)
    for row in chunk.rows:
        model, pk = chunk.key(row)
        wanted[model].append(pk)
    for model, ids in wanted.items():
        found = model._base_manager.filter(pk__in=ids).order_by("pk")
        if connection.features.has_select_for_update:
            found = found.select_for_update()
        chunk.now.update({(model, cast("int", one.pk)): one for one in found})


def _find_changed(chunk: _Chunk) -> None:
    for row in chunk.rows:
        now = chunk.now.get(chunk.key(row))
        if now is None:
            if row.action == RowAction.CHANGED:
                chunk.stays.setdefault(row.number, _("It was deleted since."))
        elif mark_of(now) != row.mark:
            said = _("“%(what)s” was changed since.") % {"what": chunk.name(now)}
            chunk.stays.setdefault(row.number, said)


def _find_leaned_on(chunk: _Chunk) -> None:
    """Lines whose rows others point to by now, until no more are found: a line that stays holds what it points to."""
    found = True
    while found:
        found = False
        going = {chunk.key(row): row for row in chunk.going(RowAction.CREATED)}
        by_model: dict[Model, list[int]] = defaultdict(list)
        for model, pk in going:
            by_model[model].append(pk)
        for model, ids in by_model.items():
            for pk, leaning in _leaning(chunk, model, ids, going):
                row = going[model, pk]
                if row.number not in chunk.stays:
                    said = _("“%(what)s” has been given more since: %(more)s.")
                    label = leaning._meta.verbose_name
                    chunk.stays[row.number] = said % {"what": chunk.name(chunk.now.get((model, pk))), "more": label}
                    found = True


def _leaning(chunk: _Chunk, model: Model, ids: Sequence[int], going: Iterable[Key]) -> list[tuple[int, Model]]:
    """(id, model of what points to it) for rows that others than the import's own point to."""
    going = set(going)
    staying = {chunk.key(row) for row in chunk.rows} - going
    found: list[tuple[int, Model]] = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)):
            continue
        other = cast("Model", relation.related_model)
        name = relation.field.attname  # type: ignore[union-attr]
        pairs = list(other._base_manager.filter(**{f"{name}__in": ids}).values_list("pk", name))
        pairs = [(pk, held) for pk, held in pairs if (other, pk) not in going]
        if pairs:
            own = _own(chunk.one, other, [pk for pk, _held in pairs if (other, pk) not in staying])
            found += [(held, other) for pk, held in pairs if pk not in own]
    return found


def _own(one: Import, model: Model, ids: Sequence[int]) -> set[int | None]:
    """Those that this import made on lines which have not been taken back yet."""
    label = model._meta.label_lower
    made = ImportRow.objects.filter(of=one, action=RowAction.CREATED, model=label, target_id__in=ids)
    return set(made.values_list("target_id", flat=True))


def _take_back(chunk: _Chunk) -> None:
    kind = kind_of(chunk.one.kind)
    order = list(reversed(kind.models)) if kind else []
    back = [
        chunk.now[key] for row in chunk.rows if row.number not in chunk.stays and (key := chunk.key(row)) in chunk.now
    ]
    _remove(chunk, order)
    _set_back(chunk, kind)
    if kind and kind.touched and back:
        kind.touched(back)
    kept = [row for row in chunk.rows if row.number in chunk.stays]
    ImportRow.objects.filter(pk__in=[row.pk for row in chunk.rows if row.number not in chunk.stays]).delete()
    told: set[int] = set()
    for row in kept:
        row.action = RowAction.KEPT
        row.problems = [] if row.number in told else [["", "", chunk.stays[row.number], ""]]
        told.add(row.number)
    overwrite(ImportRow, kept, ["action", "problems"])


def _remove(chunk: _Chunk, order: list[Model]) -> None:
    by_model: dict[Model, list[models.Model]] = defaultdict(list)
    for row in chunk.going(RowAction.CREATED):
        now = chunk.now.get(chunk.key(row))
        if now is not None:
            by_model[type(now)].append(now)
    with disable_auditlog():
        for model in sorted(by_model, key=lambda one: order.index(one) if one in order else len(order)):
            gone = by_model[model]
            if auditlog.contains(model):
                audit.record_deleted(gone)
            model._base_manager.filter(pk__in=[one.pk for one in gone]).delete()


def _set_back(chunk: _Chunk, kind: ImportKind | None) -> None:
    by_model: dict[Model, list[tuple[models.Model, models.Model]]] = defaultdict(list)
    fields: dict[Model, set[str]] = defaultdict(set)
    for row in chunk.going(RowAction.CHANGED):
        now = chunk.now[chunk.key(row)]
        before = _as_it_was(now, row)
        by_model[type(now)].append((now, before))
        fields[type(now)] |= {_field(now, name).name for name in row.before}
        if isinstance(before, Versioned):
            fields[type(now)] |= {"version", "changed_at"}
    for model, pairs in by_model.items():
        for start in range(0, len(pairs), BATCH):
            overwrite(model, [before for _now, before in pairs[start : start + BATCH]], fields[model])
        if auditlog.contains(model):
            audit.record_changed(pairs)
        if kind and kind.told and issubclass(model, kind.models[0]):
            audit.record_told(kind.told(pairs))


def _as_it_was(now: models.Model, row: ImportRow) -> models.Model:
    values = {field.attname: getattr(now, field.attname) for field in now._meta.concrete_fields}
    values |= {name: _field(now, name).to_python(value) for name, value in row.before.items()}
    was = type(now)(**values)
    if isinstance(was, Versioned) and isinstance(now, Versioned):
        was.version, was.changed_at = now.version + 1, timezone.now()
    return was


def _field(one: models.Model, attname: str) -> Any:
    return next(field for field in one._meta.concrete_fields if field.attname == attname)
