"""One record of a person takes in another."""

from __future__ import annotations

from typing import Any

from django.core import serializers
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from kithkin.directory.events.duplicates import PeopleMerged
from kithkin.directory.models import Consent, Merge, Person
from kithkin.directory.services.duplicates.ties import PersonField, person_fields
from kithkin.platform.acting import now_acting
from kithkin.platform.events import publish

FILLED = ("external_id", "email", "phone", "language", "country")
"""Fields that the kept record takes over where it has nothing itself."""
TOLD = (*FILLED, "is_kith", "is_kin", "user_id", "attributes", "attribute_dates")
Moves = dict[str, list[list[Any]]]


class CannotMerge(ValueError):
    """These two cannot become one; the message says why."""


@transaction.atomic
def merge_people(*, kept: Person, gone: Person) -> Merge:
    """`kept` takes in `gone`: its rows move over, empty fields are filled, nothing that both have is overwritten.

    All that is done is written into the Merge, so that `undo_merge` can take it back. Raises CannotMerge.
    """
    kept, gone = _locked(kept, gone)
    moved = _consents_settled(kept, gone)
    dropped: dict[str, list[dict[str, Any]]] = {}
    for field in person_fields():
        done, left_out = _moved(field, kept, gone)
        moved.setdefault(field.label, []).extend(done)
        dropped.setdefault(field.label, []).extend(left_out)
    before = _told(kept)
    gone_user = gone.user_id
    gone.merged_into, gone.user = kept, None
    gone.save()
    _take_over(kept, gone, gone_user)
    kept.save()
    merge = Merge.objects.create(
        kept=kept,
        gone=gone,
        before={**before, "gone_user_id": gone_user},
        after=_told(kept),
        moved={label: rows for label, rows in moved.items() if rows},
        dropped={label: rows for label, rows in dropped.items() if rows},
        by=now_acting().user,
    )
    publish(PeopleMerged(merge_id=merge.pk, kept_id=kept.pk, gone_id=gone.pk))
    return merge


def _locked(kept: Person, gone: Person) -> tuple[Person, Person]:
    """Both as they are now, held until the end of the transaction."""
    if kept.pk == gone.pk:
        raise CannotMerge(_("These are the same record."))
    rows = Person.objects.filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    held = {one.pk: one for one in (rows.select_for_update() if connection.features.has_select_for_update else rows)}
    if len(held) < 2:
        raise CannotMerge(_("One of the two is not there any more."))
    for one in held.values():
        if one.merged_into_id is not None:
            raise CannotMerge(_("“%(name)s” has been merged into another record already.") % {"name": one.name})
    if held[kept.pk].user_id and held[gone.pk].user_id:
        raise CannotMerge(_("Both have a log-in. Take one of them away first: a person has one."))
    return held[kept.pk], held[gone.pk]


def _consents_settled(kept: Person, gone: Person) -> Moves:
    """Where both decided about one purpose, the later decision is the present one; the earlier stays in the history."""
    present = Consent.objects.filter(person__in=[kept, gone], is_current=True).order_by("at", "pk")
    latest = {one.purpose_id: one.pk for one in present}
    older = [one.pk for one in present if latest[one.purpose_id] != one.pk]
    Consent.objects.filter(pk__in=older).update(is_current=False)
    return {"directory.consent": [[pk, "is_current", True, None] for pk in older]}


def _moved(field: PersonField, kept: Person, gone: Person) -> tuple[list[list[Any]], list[dict[str, Any]]]:
    """Rows moved, as [id, field, old value, version], and whole rows left out since the kept record has their like."""
    rows = list(field.model._default_manager.filter(**{field.name: gone}))
    moved, dropped = [], []
    for row in rows:
        try:
            with transaction.atomic():
                type(row)._default_manager.filter(pk=row.pk).update(**{field.name: kept})
            moved.append([row.pk, f"{field.name}_id", gone.pk, getattr(row, "version", None)])
        except IntegrityError:
            dropped.append(_as_kept(row))
            row.delete()
    return moved, dropped


def _as_kept(row: models.Model) -> dict[str, Any]:
    """The whole row in Django's own serialised form, from which it can be made again."""
    found: dict[str, Any] = serializers.serialize("python", [row])[0]
    return _plain(found)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value if value is None or isinstance(value, bool | int | float | str | list) else str(value)


def _told(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in TOLD}


def _take_over(kept: Person, gone: Person, gone_user: int | None) -> None:
    for name in FILLED:
        if not getattr(kept, name):
            setattr(kept, name, getattr(gone, name))
    kept.is_kith, kept.is_kin = kept.is_kith or gone.is_kith, kept.is_kin or gone.is_kin
    kept.user_id = kept.user_id or gone_user
    told = {key: day for key, day in gone.attribute_dates.items() if key not in kept.attributes}
    kept.attributes = {**gone.attributes, **kept.attributes}
    kept.attribute_dates = {**told, **kept.attribute_dates}
