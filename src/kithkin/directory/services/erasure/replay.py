"""After a restore: who was erased since the backup was made is erased again."""

from __future__ import annotations

from django.db import transaction

from kithkin.directory.models import Erasure, Person
from kithkin.directory.services.erasure.erase import erase_person
from kithkin.directory.services.erasure.ledger import keys_noted, noted


def replay_erasures() -> int:
    """Bring ledger and database together, and erase every person whom either knows as erased; how many there were."""
    in_file, in_database = keys_noted(), frozenset(Erasure.objects.values_list("key", flat=True))
    for key in sorted(in_database - in_file):
        noted(key)
    with transaction.atomic():
        Erasure.objects.bulk_create([Erasure(key=key) for key in sorted(in_file - in_database)])
    back = list(Person.objects.filter(erasure_key__in=in_file | in_database, merged_into__isnull=True))
    for person in back:
        erase_person(person=person)
    return len(back)
