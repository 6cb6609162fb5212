"""The audit trail: models are watched once, single saves record themselves, bulk writers record what they wrote."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cache
from typing import Any, TypeVar, cast

from allauth.mfa.models import Authenticator
from auditlog.context import disable_auditlog
from auditlog.diff import get_field_value
from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.encoding import smart_str

from kithkin.platform.models import AuditEntry, Invitation, RoleGrant, User
from kithkin.platform.registries.trail import ToldRecord, told_records

BATCH = 500
MASKED = "***"
_ABSENT = "None"
"""What stands for every value of a row that is not there yet, or any more."""
M = TypeVar("M", bound=models.Model)
_UNTOLD = ("version", "created_at", "changed_at")


def watch(model: type[M], *, without: Iterable[str] = (), masked: Iterable[str] = ()) -> type[M]:
    """Record every change of this model, but of fields `without`, and of `masked` ones without their values."""
    kept = {field.name for field in model._meta.concrete_fields if not field.primary_key}
    told = sorted(kept - {*_UNTOLD, *without})  # named, since auditlog would tell of every table that points here
    auditlog.register(model, include_fields=told, mask_fields=list(masked))
    return model


def watch_own_models() -> None:
    """What the platform itself has watched."""
    watch(User, without=["last_login", "listings", "is_superuser"], masked=["password"])
    watch(RoleGrant)
    told_records.add(
        ToldRecord("platform.rolegrant", ("user",), lambda grant: f"{grant.user}: {grant.get_role_display()}")
    )
    watch(Invitation, masked=["token_hash"])
    watch(Authenticator, without=["last_used_at"], masked=["data"])


def hide(value: str) -> str:
    """What the trail keeps of a masked value: whether there was one. (auditlog would keep its second half.)"""
    return MASKED if value and value != "None" else ""


def record_created(made: Sequence[models.Model]) -> None:
    """Record rows made by `bulk_create`."""
    _record(AuditEntry.Action.CREATE, [(one, differences(None, one)) for one in made])


def record_changed(changed: Sequence[tuple[models.Model, models.Model]]) -> None:
    """Record rows changed by `bulk_update`, as (before, after)."""
    told = [(after, differences(before, after)) for before, after in changed]
    _record(AuditEntry.Action.UPDATE, [(after, changes) for after, changes in told if changes])


def record_deleted(gone: Sequence[models.Model]) -> None:
    """Record rows deleted by a query; call it before they go."""
    _record(AuditEntry.Action.DELETE, [(one, differences(one, None)) for one in gone])


def differences(before: models.Model | None, after: models.Model | None) -> dict[str, tuple[str, str]]:
    """What auditlog's `model_instance_diff` finds, which asks anew for each row what of its model is told."""
    known = after if after is not None else before
    assert known is not None
    found = {}
    for field, masked in _told_fields(type(known)):
        if before is not None and after is not None and before.__dict__[field.attname] == after.__dict__[field.attname]:
            continue
        old, new = (_ABSENT if one is None else get_field_value(one, field) for one in (before, after))
        if old != new:
            pair = smart_str(old), smart_str(new)
            found[field.name] = (hide(pair[0]), hide(pair[1])) if masked else pair
    return found


@cache
def _told_fields(model: type[models.Model]) -> tuple[tuple[Any, bool], ...]:
    """The fields of which the trail tells, and whether without their values."""
    watched = auditlog.get_model_fields(model)
    fields = [field for field in model._meta.concrete_fields if field.name in watched["include_fields"]]
    return tuple((field, field.name in watched["mask_fields"]) for field in fields)


def record_told(told: Sequence[tuple[models.Model, Mapping[str, Sequence[str]]]]) -> None:
    """Record changes in the caller's own words, field → [old, new]: of what is kept inside one field, for instance."""
    _record(AuditEntry.Action.UPDATE, [(one, dict(changes)) for one, changes in told if changes])


def mask(model: type[models.Model], ids: Collection[int], field: str) -> int:
    """Take the values of this field out of the trail of these rows; that it changed, and when, stays."""
    kind = ContentType.objects.get_for_model(model)
    entries = list(AuditEntry.objects.filter(content_type=kind, object_id__in=ids, changes__has_key=field))
    for entry in entries:
        entry.changes = {**(entry.changes or {}), field: [MASKED, MASKED]}
    return AuditEntry.objects.bulk_update(entries, ["changes"], batch_size=BATCH)


def mask_texts(model: type[models.Model], ids: Collection[int], texts: Collection[str]) -> int:
    """Take the values that are one of these texts out of the trail of these rows: they are somebody else's."""
    kind, held = ContentType.objects.get_for_model(model), set(texts)
    entries = [
        entry
        for entry in AuditEntry.objects.filter(content_type=kind, object_id__in=ids)
        if any(held.intersection(values) for values in (entry.changes or {}).values())
    ]
    for entry in entries:
        entry.changes = {
            name: [MASKED, MASKED] if held.intersection(values) else values for name, values in entry.changes.items()
        }
    return AuditEntry.objects.bulk_update(entries, ["changes"], batch_size=BATCH)


def mask_mentions(model: type[models.Model], texts: Collection[str]) -> int:
    """Take the values in which one of these texts stands out of the trail of this model."""
    kind, wanted = ContentType.objects.get_for_model(model), [text.casefold() for text in texts if len(text) > 2]

    def mentions(values: Sequence[str]) -> bool:
        return any(text in str(value).casefold() for value in values for text in wanted)

    entries = [
        entry
        for entry in AuditEntry.objects.filter(content_type=kind)
        if any(mentions(values) for values in (entry.changes or {}).values()) or mentions([entry.object_repr])
    ]
    for entry in entries:
        entry.changes = {
            name: [MASKED, MASKED] if mentions(values) else values for name, values in (entry.changes or {}).items()
        }
        entry.object_repr = MASKED if mentions([entry.object_repr]) else entry.object_repr
    return AuditEntry.objects.bulk_update(entries, ["changes", "object_repr"], batch_size=BATCH)


def silence() -> AbstractContextManager[None]:
    """Within this block nothing is recorded: for erasing, whose record would keep what is erased."""
    return cast("AbstractContextManager[None]", disable_auditlog())


def forget(model: type[models.Model], ids: Collection[int]) -> int:
    """Delete the trail of these rows, when the person they are about is erased; the number of entries that went."""
    kind = ContentType.objects.get_for_model(model)
    gone, _ = AuditEntry.objects.filter(content_type=kind, object_id__in=ids).delete()
    return gone


def forget_pointing(model: type[models.Model], field: str, pk: int) -> int:
    """Delete the trail of rows that pointed there, those included that are gone; the number of entries that went."""
    kind = ContentType.objects.get_for_model(model)
    pointed = models.Q(**{f"changes__{field}__0": str(pk)}) | models.Q(**{f"changes__{field}__1": str(pk)})
    gone, _ = AuditEntry.objects.filter(pointed, content_type=kind).delete()
    return gone


def _record(action: int, told: Sequence[tuple[models.Model, dict[str, Any]]]) -> None:
    kinds = {model: ContentType.objects.get_for_model(model).pk for model in {type(one) for one, _ in told}}
    signed = AuditEntry()
    signed.sign()
    entries = [
        AuditEntry(
            content_type_id=kinds[type(one)],
            object_pk=str(one.pk),
            object_id=one.pk,
            object_repr=str(one),
            action=action,
            changes=changes,
            actor_id=signed.actor_id,
            path=signed.path,
            request_id=signed.request_id,
        )
        for one, changes in told
    ]
    AuditEntry.objects.bulk_create(entries, batch_size=BATCH)
