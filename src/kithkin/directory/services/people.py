"""People come and change."""

from __future__ import annotations

from typing import TypedDict, Unpack

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kithkin.directory.events.people import PersonAdded, PersonChanged
from kithkin.directory.models import Person
from kithkin.platform.events import publish


class PersonFields(TypedDict, total=False):
    """What is written down of somebody."""

    name: str
    external_id: str
    email: str
    phone: str
    language: str
    country: str
    is_kith: bool
    is_kin: bool


class NumberTaken(Exception):
    """Somebody else has this number."""

    def __init__(self, number: str) -> None:
        super().__init__(_("The number “%(number)s” already belongs to somebody else.") % {"number": number})


@transaction.atomic
def add_person(**fields: Unpack[PersonFields]) -> Person:
    """Write somebody down; ValidationError where a field cannot be so, NumberTaken where the number is another's."""
    person = Person()
    _write(person, fields)
    publish(PersonAdded(person_id=person.pk))
    return person


@transaction.atomic
def change_person(*, person: Person, **fields: Unpack[PersonFields]) -> Person:
    """Change these fields. Nothing is written or told where nothing changes."""
    if all(getattr(person, name) == value for name, value in fields.items()):
        return person
    _write(person, fields)
    publish(PersonChanged(person_id=person.pk))
    return person


def _write(person: Person, fields: PersonFields) -> None:
    for name, value in fields.items():
        setattr(person, name, value)
    person.country = person.country.upper()
    check_person(person)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise NumberTaken(person.external_id) from error


def check_person(person: Person) -> None:
    """ValidationError unless the fields can be written: for services that write many at once, too."""
    person.normalise()
    person.clean_fields(exclude=["user", "merged_into", "attributes", "attribute_dates"])
    wrong = {}
    if any("\x00" in text for text in (person.name, person.phone, person.external_id)):
        wrong["name"] = _("There is a character in it that cannot be kept.")
    if not person.name.strip():
        wrong["name"] = _("Somebody needs a name.")
    if person.country and person.country not in phonenumbers.SUPPORTED_REGIONS:
        wrong["country"] = _("“%(country)s” is no country. Two letters, such as DE.") % {"country": person.country}
    if wrong:
        raise ValidationError(wrong)
