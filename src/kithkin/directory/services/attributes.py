"""What is known of people beyond their names: values are set, and go again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from kithkin.directory.events.people import AttributesChanged, AttributeValuesCleared
from kithkin.directory.models import AttributeDefinition, Merge, Person, Sensitivity
from kithkin.directory.models.days import today
from kithkin.directory.values import Value, value_of
from kithkin.platform import audit
from kithkin.platform.events import publish

BATCH = 500


class AttributeRetired(Exception):
    """No values are taken for an attribute that was retired."""

    def __init__(self, definition: AttributeDefinition) -> None:
        super().__init__(_("“%(attribute)s” was retired: it takes no values.") % {"attribute": definition})


@transaction.atomic
def set_attributes(*, person: Person, values: Mapping[AttributeDefinition, Any], told_on: date | None = None) -> Person:
    """Set these attributes of the person; None or nothing clears one. ValueNotAllowed where one cannot be so.

    `told_on` is when the person told it, which retention counts from: today, unless it is known to be earlier.
    """
    kept, dates = dict(person.attributes), dict(person.attribute_dates)
    changes: dict[AttributeDefinition, tuple[Value | None, Value | None]] = {}
    for definition, given in values.items():
        if definition.retired_at is not None:
            raise AttributeRetired(definition)
        key, value = definition.key, value_of(definition, given)
        if value is None:
            dates.pop(key, None)
        else:
            dates[key] = (told_on or today()).isoformat()
        if (old := kept.get(key)) == value:
            continue
        changes[definition] = (old, value)
        kept.pop(key, None) if value is None else kept.update({key: value})
    if dates == person.attribute_dates and not changes:
        return person
    person.attributes, person.attribute_dates = kept, dates
    person.save(update_fields=["attributes", "attribute_dates"])
    if changes:
        audit.record_told([(person, {trail_name(one): _told(one, pair) for one, pair in changes.items()})])
        publish(AttributesChanged(person_id=person.pk, definition_ids=sorted(one.pk for one in changes)))
    return person


@transaction.atomic
def clear_values(
    *, definition: AttributeDefinition, older_than: date | None = None, after_id: int = 0, limit: int = BATCH
) -> int | None:
    """Clear the attribute's values for the next `limit` people behind `after_id`; the last id, None at the end.

    Only values told before `older_than`, where it is given. What they were goes from the audit trail, too; that they
    were cleared stands there. People who were merged away are cleared like everybody.
    """
    people = list(
        _having(definition.key, older_than).filter(pk__gt=after_id).order_by("pk").select_for_update()[:limit]
    )
    if not people:
        return None
    for person in people:
        person.attributes.pop(definition.key, None)
        person.attribute_dates.pop(definition.key, None)
        person.version += 1
    Person.objects.bulk_update(people, ["attributes", "attribute_dates", "version"], batch_size=BATCH)
    field, ids = trail_name(definition), [person.pk for person in people]
    _clear_in_merges(definition.key, ids)
    audit.mask(Person, ids, field)
    audit.record_told([(person, {field: [audit.MASKED, ""]}) for person in people])
    publish(AttributeValuesCleared(definition_id=definition.pk, person_ids=ids))
    return ids[-1]


def _clear_in_merges(key: str, person_ids: Sequence[int]) -> None:
    """What was kept to take a merge back is no second place where the value stays."""
    merges = list(Merge.objects.filter(kept__in=person_ids))
    for merge in merges:
        for told in (merge.before, merge.after):
            for name in ("attributes", "attribute_dates"):
                told.get(name, {}).pop(key, None)
    Merge.objects.bulk_update(merges, ["before", "after"], batch_size=BATCH)


def trail_name(definition: AttributeDefinition) -> str:
    """Under which name the audit trail keeps changes of this attribute."""
    return f"attributes.{definition.key}"


def _told(definition: AttributeDefinition, pair: Iterable[Value | None]) -> Sequence[str]:
    """Old and new as the trail tells them; values that only administrators see are never told there."""
    hidden = definition.sensitivity == Sensitivity.SENSITIVE
    return ["" if one is None else audit.MASKED if hidden else str(one) for one in pair]


def _having(key: str, older_than: date | None) -> Any:
    people = Person.objects.filter(attributes__has_key=key)
    if older_than is None:
        return people
    told = people.annotate(told=Cast(KeyTextTransform(key, "attribute_dates"), TextField()))
    untold = Q(told__isnull=True, created_at__date__lt=older_than)
    return told.filter(Q(told__lt=older_than.isoformat()) | untold)
