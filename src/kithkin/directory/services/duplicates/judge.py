"""Two records that look alike are two people."""

from __future__ import annotations

from django.db import transaction

from kithkin.directory.models import DistinctPair, Person
from kithkin.platform.acting import now_acting


@transaction.atomic
def tell_apart(*, one: Person, other: Person) -> DistinctPair:
    """Never show these two as duplicates again."""
    first, second = sorted((one.pk, other.pk))
    pair, _ = DistinctPair.objects.get_or_create(first_id=first, second_id=second, defaults={"by": now_acting().user})
    return pair
