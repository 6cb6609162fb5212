"""What every table holds, told so that two runs can be compared: ids become places, times and random keys go."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models

UNTOLD = ("django_q", "contenttypes", "sessions", "auth")
"""The queue's own rows: a job that was started twice leaves two."""
Tables = dict[str, list[dict[str, Any]]]


def watched() -> list[type[models.Model]]:
    """The models of every table but the queue's."""
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label not in UNTOLD]


def highest() -> dict[str, int]:
    """The highest id of each table now."""
    numbered = [
        model._meta for model in watched() if isinstance(model._meta.pk, models.AutoField | models.BigAutoField)
    ]
    quote = connection.ops.quote_name
    each = ", ".join(f"(SELECT MAX({quote(one.pk.column)}) FROM {quote(one.db_table)})" for one in numbered)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {each}")
        found = cursor.fetchone()
    return {one.label_lower: most or 0 for one, most in zip(numbered, found, strict=True)}


def told(since: dict[str, int], prefix: str) -> Tables:
    """The rows made since, `prefix` in their texts left out."""
    places: dict[tuple[str, int], int] = {}
    rows: dict[str, list[models.Model]] = {}
    now = highest()
    for model in watched():
        label = model._meta.label_lower
        if now.get(label, 0) > since.get(label, 0):
            rows[label] = list(model._base_manager.filter(pk__gt=since[label]).order_by("pk"))
            places |= {(label, row.pk): place for place, row in enumerate(rows[label])}
    kinds = {kind.pk: f"{kind.app_label}.{kind.model}" for kind in ContentType.objects.all()}
    for entry in rows.get("platform.auditentry", []):
        gone = kinds[entry.content_type_id], entry.object_id
        if entry.object_id > since.get(gone[0], 0):
            places.setdefault(gone, 1000 + len(places))
    return {label: [_row(row, places, kinds, prefix) for row in found] for label, found in rows.items() if found}


def differences(found: Tables, expected: Tables) -> list[tuple[Any, ...]]:
    """(table, place, field, found, expected) wherever two differ."""
    seen: list[tuple[Any, ...]] = []
    for label in sorted({*found, *expected}):
        ours, theirs = found.get(label, []), expected.get(label, [])
        if len(ours) != len(theirs):
            seen.append((label, len(ours), len(theirs)))
        for place, (one, other) in enumerate(zip(ours, theirs, strict=False)):
            seen += [(label, place, name, one[name], other[name]) for name in one if one[name] != other[name]]
    return seen


def _row(row: Any, places: dict[tuple[str, int], int], kinds: dict[int, str], prefix: str) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.is_relation and field.attname != "content_type_id":
            value = places.get((field.related_model._meta.label_lower, value), value)
        told[field.attname] = _plain(value, prefix)
    told.pop("id", None)
    if "target_id" in told:
        told["target_id"] = places.get((told["model"], told["target_id"]), told["target_id"])
        told["subject_id"] = places.get(("directory.person", told["subject_id"]), told["subject_id"])
        told["mark"] = told["mark"] if len(told["mark"]) < 5 else "digest"
    if "object_pk" in told:
        told["object_id"] = places.get((kinds[told["content_type_id"]], told["object_id"]), told["object_id"])
        untold = {"id", "person", "other", "erasure_key"}
        told["changes"] = {name: value for name, value in told["changes"].items() if name not in untold}
        told.pop("object_pk")
    for name in ("folder", "facts", "lease"):
        told.pop(name, None)
    return told


def _plain(value: Any, prefix: str) -> Any:
    if isinstance(value, datetime | UUID):
        return "set"
    if isinstance(value, str):
        return value.replace(prefix, "")
    if isinstance(value, dict):
        return {_plain(key, prefix): _plain(one, prefix) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one, prefix) for one in value]
    return value
