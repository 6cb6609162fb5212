"""Everything about somebody goes, everywhere."""

from __future__ import annotations

from pathlib import Path

import structlog
from django.db import connection, transaction
from django.utils.translation import gettext as _

from kithkin.directory.events.privacy import PersonErased
from kithkin.directory.models import Erasure, Person, Segment
from kithkin.directory.queries.mentions import segments_naming, texts_of
from kithkin.directory.services.erasure.ledger import noted
from kithkin.platform import audit
from kithkin.platform.access import is_administrator
from kithkin.platform.acting import now_acting
from kithkin.platform.events import publish
from kithkin.platform.models import Role, RoleGrant, User
from kithkin.platform.registries.personal import personal_data

log = structlog.get_logger(__name__)


class CannotErase(ValueError):
    """This person cannot be erased; the message says why."""


def left_in_segments(person: Person) -> list[Segment]:
    """Segments in use that may speak of the person, or of a record merged into it: somebody puts them otherwise."""
    return segments_naming([text for one in with_merged(person) for text in texts_of(one.pk)])


def erase_person(*, person: Person) -> None:
    """Delete or untie all that any room keeps about the person, and about records merged into it. It cannot be undone.

    What others wrote in their own words stays: ask `left_in_segments` before.

    On SQLite no byte of it stays under the data directory: deleted rows are overwritten (`secure_delete`), and the
    write-ahead log is emptied afterwards. Files go once the database has let go.
    """
    files: list[str] = []
    with transaction.atomic(), audit.silence():
        _check_somebody_stays_administrator(person)
        for one in reversed(with_merged(person)):
            for data in personal_data:
                files += data.files(one.pk)
            noted(one.erasure_key)
            Erasure.objects.get_or_create(key=one.erasure_key, defaults={"by": now_acting().user})
            pk = one.pk
            for data in personal_data:
                data.erase(pk)
            publish(PersonErased(person_id=pk))
    for name in files:
        try:
            Path(name).unlink(missing_ok=True)
        except OSError:
            log.exception("file of an erased person stays", file=name)
    empty_write_ahead_log()


def with_merged(person: Person) -> list[Person]:
    """The person with every record that was merged into it, and into those: each before what it took in."""
    found = [person]
    for one in found:
        found += Person.objects.filter(merged_into=one).order_by("pk")
    return found


def empty_write_ahead_log() -> None:
    """Have SQLite copy its log into the database and cut it to nothing; readers are waited for briefly."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _check_somebody_stays_administrator(person: Person) -> None:
    user = person.user
    if user is None or not is_administrator(user):
        return
    # held until the end, so that two administrators who are erased at one moment are not both gone
    held = RoleGrant.objects.select_for_update().filter(role=Role.ADMINISTRATOR, scope_id=None).order_by("pk")
    ids = [grant.user_id for grant in held if grant.user_id != user.pk]
    if not User.objects.filter(pk__in=ids, is_active=True).exists():
        raise CannotErase(
            _("“%(name)s” is the last administrator. Make somebody else one first.") % {"name": person.name}
        )
