"""Which attributes there are, and how they are used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from kithkin.directory.models import AttributeDefinition, Person, Sensitivity
from kithkin.directory.values import shown
from kithkin.platform.access import is_administrator
from kithkin.platform.models import User

SAMPLE = 200
EXAMPLES = 3


@dataclass(frozen=True)
class DefinitionRow:
    """One attribute: how many people have a value, and a few values as examples where the reader may see them."""

    definition: AttributeDefinition
    people: int
    examples: Sequence[str]
    may_change: bool


def definition_rows(user: User) -> list[DefinitionRow]:
    """Every attribute, those in use first: three statements, whatever their number.

    Examples come from the people who changed last. Values of a sensitive attribute are shown to administrators only.
    """
    definitions = list(AttributeDefinition.objects.order_by("group", "label"))
    if not definitions:
        return []
    people = Person.objects.filter(merged_into__isnull=True)
    counts = people.aggregate(
        **{f"n_{one.pk}": Count("pk", filter=Q(attributes__has_key=one.key)) for one in definitions}
    )
    sample = list(people.exclude(attributes={}).order_by("-changed_at").values_list("attributes", flat=True)[:SAMPLE])
    administrator = is_administrator(user)
    rows = [
        DefinitionRow(
            one,
            counts[f"n_{one.pk}"],
            () if hidden else _examples(one, sample),
            may_change=not hidden,
        )
        for one in definitions
        for hidden in [one.sensitivity == Sensitivity.SENSITIVE and not administrator]
    ]
    return sorted(rows, key=lambda row: row.definition.retired_at is not None)


def _examples(definition: AttributeDefinition, sample: Sequence[dict[str, object]]) -> list[str]:
    values = (shown(definition, one[definition.key])[:40] for one in sample if definition.key in one)
    return list(dict.fromkeys(values))[:EXAMPLES]
