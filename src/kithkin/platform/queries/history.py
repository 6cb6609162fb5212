"""The audit trail as people read it: who changed what, from which value to which, when and by which path."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.platform.acting import Path
from kithkin.platform.audit import MASKED
from kithkin.platform.models import AuditEntry, RoleGrant, User
from kithkin.platform.registries.scopes import scopes
from kithkin.platform.registries.trail import told_fields, told_records

LONGEST = 400
"""Of a value that is longer only the beginning is shown."""
MOST_OF_A_TITLE = 120
NEAR = 100
_NOTHING = {"None", "", "{}", "[]", "null"}

ACTIONS: Mapping[int, Promise] = {
    AuditEntry.Action.CREATE: gettext_lazy("made"),
    AuditEntry.Action.UPDATE: gettext_lazy("changed"),
    AuditEntry.Action.DELETE: gettext_lazy("deleted"),
}
SAID: Mapping[int, Promise] = {
    AuditEntry.Action.CREATE: gettext_lazy("made the %(kind)s “%(record)s”"),
    AuditEntry.Action.UPDATE: gettext_lazy("changed the %(kind)s “%(record)s”"),
    AuditEntry.Action.DELETE: gettext_lazy("deleted the %(kind)s “%(record)s”"),
}
PATHS: Mapping[str, Promise] = {
    Path.PAGE: gettext_lazy("page"),
    Path.API: gettext_lazy("API"),
    Path.IMPORT: gettext_lazy("import"),
    Path.JOB: gettext_lazy("job"),
    Path.COMMAND: gettext_lazy("command"),
}
KINDS: Mapping[str, Promise] = {"mfa.authenticator": gettext_lazy("second factor")}
"""Models of others, which have no name for people of their own."""


@dataclass(frozen=True)
class Change:
    """One field, before and after, in words; "" stands for nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One entry of the trail in words."""

    pk: int
    at: datetime
    who: str
    kind: str
    record: str
    action: str
    path: str
    request_id: str
    changes: Sequence[Change]
    said: str
    """What was done to what, as a sentence without its subject."""


def trail() -> models.QuerySet[AuditEntry]:
    """Every entry, with who and what kind."""
    return AuditEntry.objects.select_related("actor", "content_type").order_by("-id")


def history_of(record: models.Model, limit: int = 50) -> list[Told]:
    """The latest entries of one record; who may read the record's page is the page's affair."""
    kind = ContentType.objects.get_for_model(record)
    return in_words(trail().filter(content_type=kind, object_id=record.pk)[:limit])


def beside(entry: AuditEntry, limit: int = 20) -> models.QuerySet[AuditEntry]:
    """What the same request changed right before and after; its entries stand close together."""
    if not entry.request_id:
        return trail().none()
    near = trail().filter(pk__range=(entry.pk - NEAR, entry.pk + NEAR), request_id=entry.request_id)
    return near.exclude(pk=entry.pk)[:limit]


def kinds() -> list[tuple[str, str]]:
    """The kinds of things that are watched, for a filter."""
    watched = ContentType.objects.get_for_models(*auditlog.get_models())
    return sorted(((str(kind.pk), _kind(kind)) for kind in watched.values()), key=lambda pair: pair[1].casefold())


def in_words(entries: Iterable[AuditEntry]) -> list[Told]:
    """The entries as people read them: one statement more for each kind of record that they point to, however many."""
    entries = list(entries)
    words = _Words(_names_of(entries), _tellers(entries), _titles_of(entries))
    return [words.told(entry) for entry in entries]


def by_person(rows: models.QuerySet[AuditEntry], text: str) -> models.QuerySet[AuditEntry]:
    """The entries of those whose name or address holds this text."""
    people = User.objects.filter(models.Q(name__icontains=text) | models.Q(email__icontains=text))
    return rows.filter(actor__in=people)


Names = Mapping[tuple[type[models.Model], int], str]
Titles = Mapping[tuple[int, int], str]
Tellers = Mapping[tuple[str, str], Callable[[str], str]]


@dataclass(frozen=True)
class _Words:
    """All that entries need to be told, read once for a page."""

    names: Names
    tellers: Tellers
    titles: Titles

    def told(self, entry: AuditEntry) -> Told:
        changes = tuple(_changes(entry, self.names, self.tellers))
        record = self.titles.get((entry.content_type_id, entry.object_id or 0)) or _title(entry, changes)
        said = {"kind": _kind(entry.content_type), "record": Truncator(record).chars(MOST_OF_A_TITLE)}
        return Told(
            pk=entry.pk,
            at=entry.timestamp,
            who=str(entry.actor) if entry.actor else _("the system"),
            kind=said["kind"],
            record=record,
            action=str(ACTIONS.get(entry.action, entry.action)),
            path=str(PATHS.get(entry.path, entry.path)),
            request_id=entry.request_id,
            changes=changes,
            said=str(SAID.get(entry.action, entry.action)) % said,
        )


def _title(entry: AuditEntry, changes: Sequence[Change]) -> str:
    """Of a record that is gone: by its first two values where its kept name says too little, else as it was kept."""
    whole = entry.action in {AuditEntry.Action.CREATE, AuditEntry.Action.DELETE}
    if whole and _label(entry) in {one.model for one in told_records}:
        return ": ".join([one.after or one.before for one in changes][:2]) or entry.object_repr
    return entry.object_repr


def _label(entry: AuditEntry) -> str:
    return f"{entry.content_type.app_label}.{entry.content_type.model}"


def _titles_of(entries: Sequence[AuditEntry]) -> Titles:
    """Of records that are still there and whose kept name says too little: one statement for each kind."""
    wanted: dict[ContentType, set[int]] = defaultdict(set)
    for entry in entries:
        if entry.object_id is not None:
            wanted[entry.content_type].add(entry.object_id)
    told = {one.model: one for one in told_records}
    found: dict[tuple[int, int], str] = {}
    for kind, ids in wanted.items():
        one, model = told.get(f"{kind.app_label}.{kind.model}"), kind.model_class()
        if one is None or model is None:
            continue
        records = model._default_manager.select_related(*one.related).in_bulk(ids)
        found |= {(kind.pk, pk): one.title(record) for pk, record in records.items()}
    return found


def _tellers(entries: Sequence[AuditEntry]) -> Tellers:
    """By model and field, for those that occur."""
    shown = {(_label(entry), name) for entry in entries for name in entry.changes or {}}
    return {(one.model, one.field): one.teller() for one in told_fields if (one.model, one.field) in shown}


def _kind(kind: ContentType) -> str:
    model = kind.model_class()
    known = KINDS.get(f"{kind.app_label}.{kind.model}")
    return str(known or model._meta.verbose_name) if model else kind.model


def _field(entry: AuditEntry, name: str) -> models.Field[Any, Any] | None:
    model = entry.content_type.model_class()
    try:
        found = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, models.Field) else None


def _names_of(entries: Sequence[AuditEntry]) -> Names:
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    for entry in entries:
        for name, values in (entry.changes or {}).items():
            field = _field(entry, name)
            if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type):
                wanted[field.related_model].update(int(value) for value in values if str(value).isdecimal())
    named: dict[tuple[type[models.Model], int], str] = {
        (model, pk): str(record)
        for model, ids in wanted.items()
        for pk, record in model._default_manager.in_bulk(ids).items()
    }
    if any("scope_id" in (entry.changes or {}) for entry in entries):
        named.update({(RoleGrant, unit): name for unit, name in scopes().names().items()})
    return named


def _changes(entry: AuditEntry, names: Names, tellers: Tellers) -> Iterable[Change]:
    """In the order of the model's fields; derived ones, which have no name for people, are left out."""
    changes = entry.changes or {}
    model = entry.content_type.model_class()
    order = [field.name for field in model._meta.concrete_fields] if model else []
    for name in sorted(changes, key=lambda name: (order.index(name) if name in order else len(order), name)):
        field = _field(entry, name)
        if field is not None and _is_derived(field):
            continue
        told = [str(value) for value in (*changes[name], "", "")[:2]]
        teller = tellers.get((_label(entry), name))
        before, after = (
            teller(text) if teller and text not in {*_NOTHING, MASKED} else _value(field, text, names) for text in told
        )
        if before or after:
            label = str(getattr(field, "verbose_name", name))
            yield Change(label[:1].upper() + label[1:], before, after)


def _is_derived(field: models.Field[Any, Any]) -> bool:
    return not field.editable and str(field.verbose_name) == field.name.replace("_", " ")


def _value(field: models.Field[Any, Any] | None, text: str, names: Names) -> str:
    """A stored value as people read it."""
    if text in _NOTHING:
        return ""
    if text == MASKED:
        return _("hidden")
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(text, text))
    if isinstance(field, models.BooleanField):
        text = {"True": _("yes"), "False": _("no")}.get(text, text)
    elif isinstance(field, models.DateField):
        text = _moment(text)
    if (model := _points_to(field)) and text.isdecimal():
        return names.get((model, int(text)), f"#{text}")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _points_to(field: models.Field[Any, Any] | None) -> type[models.Model] | None:
    """What the field's value is an id of; over what a role reaches is kept by number alone."""
    if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type):
        return field.related_model
    return RoleGrant if field is not None and field.name == "scope_id" else None


def _moment(text: str) -> str:
    try:
        if len(text) == 10:
            return formats.date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return formats.date_format(timezone.localtime(aware), "SHORT_DATETIME_FORMAT")
