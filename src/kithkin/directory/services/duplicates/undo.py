"""A merge is taken back: what has not changed since is as it was, and what has is listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kithkin.directory.events.duplicates import MergeUndone
from kithkin.directory.models import Merge, Person
from kithkin.directory.services.duplicates.merge import TOLD
from kithkin.platform.events import publish


class CannotUndo(ValueError):
    """The merge cannot be taken back; the message says why."""


@dataclass(frozen=True)
class Undone:
    """The two people as they are now, and a sentence for each thing that had changed since and was left as it is."""

    kept: Person
    gone: Person
    left: tuple[str, ...]


@transaction.atomic
def undo_merge(*, merge: Merge) -> Undone:
    """They are two people again. Nothing that somebody did since the merge is overwritten."""
    merge = _locked(merge)
    kept, gone = Person.objects.get(pk=merge.kept_id), Person.objects.get(pk=merge.gone_id)
    if kept.merged_into_id is not None:
        raise CannotUndo(_("“%(name)s” has been merged into another record since. Undo that first.") % {"name": kept})
    left = _kept_restored(kept, merge)
    kept.save()
    if (user := merge.before.get("gone_user_id")) and kept.user_id is None:
        gone.user_id = user
    gone.merged_into = None
    gone.save()
    for label, moves in merge.moved.items():
        left += _moved_back(label, moves, kept)
    for label, rows in merge.dropped.items():
        left += _made_again(label, rows)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    publish(MergeUndone(merge_id=merge.pk, kept_id=kept.pk, gone_id=gone.pk))
    return Undone(kept, gone, tuple(left))


def _locked(merge: Merge) -> Merge:
    rows = Merge.objects.filter(pk=merge.pk)
    held = (rows.select_for_update() if connection.features.has_select_for_update else rows).get()
    if held.undone_at is not None:
        raise CannotUndo(_("This merge has been taken back already."))
    return held


def _kept_restored(kept: Person, merge: Merge) -> list[str]:
    """Set back what the merge set, where it still stands as the merge left it."""
    left = []
    for name in TOLD:
        if merge.before[name] == merge.after[name]:
            continue
        if getattr(kept, name) == merge.after[name]:
            setattr(kept, name, merge.before[name])
        else:
            field = Person._meta.get_field(name.removesuffix("_id"))
            title = getattr(field, "verbose_name", name)
            left.append(_("%(field)s of “%(name)s” was changed since and stays.") % {"field": title, "name": kept.name})
    return left


def _moved_back(label: str, moves: list[list[Any]], kept: Person) -> list[str]:
    """Give rows back to whom they belonged; told: rows that are gone, belong to somebody else now, or were changed."""
    model, left = apps.get_model(label), []
    title = model._meta.verbose_name
    rows = model._default_manager.in_bulk([move[0] for move in moves])
    for pk, name, old, version in reversed(moves):
        row = rows.get(pk)
        if row is None:
            left.append(_("%(kind)s %(pk)s was removed since.") % {"kind": title, "pk": pk})
            continue
        if name.endswith("_id") and getattr(row, name) != kept.pk:
            left.append(_("%(kind)s “%(row)s” belongs to somebody else since.") % {"kind": title, "row": row})
            continue
        if version is not None and getattr(row, "version", version) != version:
            left.append(
                _("%(kind)s “%(row)s” was changed since; it went back as it is now.") % {"kind": title, "row": row}
            )
        try:
            with transaction.atomic():
                model._default_manager.filter(pk=pk).update(**{name: old})
        except IntegrityError:
            left.append(_("%(kind)s “%(row)s” stays: another has taken its place since.") % {"kind": title, "row": row})
    return left


def _made_again(label: str, rows: list[dict[str, Any]]) -> list[str]:
    """Make rows again that the merge left out since they would have been doubled."""
    model, left = apps.get_model(label), []
    for made in serializers.deserialize("python", rows):
        row: models.Model = made.object
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:
            title = model._meta.verbose_name
            left.append(_("%(kind)s “%(row)s” could not be made again.") % {"kind": title, "row": row})
    return left
