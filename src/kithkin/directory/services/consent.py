"""What people decide about one purpose, and the purposes themselves."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from kithkin.directory.events.privacy import ConsentRecorded
from kithkin.directory.models import Consent, LawfulBasis, Person, Purpose
from kithkin.platform.acting import now_acting
from kithkin.platform.events import publish


@transaction.atomic
def record_consent(*, person: Person, purpose: Purpose, given: bool, source: str = "") -> Consent:
    """The person gave, withdrew or objected; it holds from this moment, and what held before stays in the history.

    The same decision again changes nothing, and the earlier row is returned: a double click is no second consent.
    """
    present = Consent.objects.filter(person=person, purpose=purpose, is_current=True)
    if connection.features.has_select_for_update:
        Person.objects.select_for_update().get(pk=person.pk)
    held = present.first()
    if held is not None and held.given == given and held.lawful_basis == purpose.lawful_basis:
        return held
    present.update(is_current=False)
    made = Consent.objects.create(
        person=person,
        purpose=purpose,
        given=given,
        lawful_basis=purpose.lawful_basis,
        source=source,
        at=timezone.now(),
        recorded_by=now_acting().user,
    )
    publish(ConsentRecorded(person_id=person.pk, purpose_id=purpose.pk, given=given))
    return made


@transaction.atomic
def define_purpose(*, name: str, description: str = "", lawful_basis: str = LawfulBasis.CONSENT) -> Purpose:
    """A new purpose, which nobody has decided about yet."""
    return Purpose.objects.create(name=name.strip(), description=description.strip(), lawful_basis=lawful_basis)


@transaction.atomic
def change_purpose(*, purpose: Purpose, name: str, description: str, lawful_basis: str) -> Purpose:
    """Reword it, or put it on another basis: decisions made until now keep the basis they were made on."""
    purpose.name, purpose.description, purpose.lawful_basis = name.strip(), description.strip(), lawful_basis
    purpose.save()
    return purpose
