"""After a restore: who was erased since the backup was made is erased again."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from kithkin.directory.models import Erasure, Merge, Person
from kithkin.directory.services.duplicates import undo_merge
from kithkin.directory.services.erasure.erase import erase_person
from kithkin.directory.services.erasure.ledger import keys_noted, noted
from kithkin.platform import audit


def replay_erasures() -> int:
    """Bring ledger and database together, and erase every person whom either knows as erased; how many there were."""
    in_file, in_database = keys_noted(), frozenset(Erasure.objects.values_list("key", flat=True))
    for key in sorted(in_database - in_file):
        noted(key)
    with transaction.atomic():
        Erasure.objects.bulk_create([Erasure(key=key) for key in sorted(in_file - in_database)])
    back = Person.objects.filter(erasure_key__in=in_file | in_database)
    count = 0
    while person := back.order_by(F("merged_into").asc(nulls_first=True), "pk").first():
        with transaction.atomic(), audit.silence():
            for merge in _merges_around(person):
                undo_merge(merge=merge)
            person.refresh_from_db()
        erase_person(person=person)
        count += 1
    return count


def _merges_around(person: Person) -> list[Merge]:
    """How the person came to lie in records of others, the latest first: where the backup was made, they were merged.

    They were taken apart again before the erasure; else the others would have been erased, too.
    """
    found: list[Merge] = []
    inner = person
    while inner.merged_into is not None:
        found += Merge.objects.filter(gone=inner, undone_at__isnull=True)
        inner = inner.merged_into
    return found[::-1]
