"""People found by what somebody types: a name, an address, a phone number or a customer number."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import Q, QuerySet

from kithkin.directory.models import Person
from kithkin.directory.models.people import normal_email
from kithkin.platform.text import fold

MOST_WORDS = 6
FEWEST_DIGITS = 4
MOST_NUMBERED = 200


def begins(field: str, text: str) -> Q:
    """Rows whose `field` begins with `text`, by an index where the database can.

    SQLite's LIKE folds case and so passes its indexes by; a range does not. PostgreSQL's order of letters depends on
    the language, so that a range would be wrong there.
    """
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": text, f"{field}__lt": f"{text}\U0010ffff"})
    return Q(**{f"{field}__startswith": text})


def search_people(rows: QuerySet[Person], text: str, profiles: QuerySet[Person]) -> QuerySet[Person]:
    """Those of `rows` whose words of the name begin as the text's words do, or whose address or number it is.

    Phone and number are only looked up among `profiles`, since colleagues do not see them, and beforehand: the list
    itself then reads the index of names alone until its page is full.
    """
    matches = Q(pk__in=_numbered(text, profiles))
    if len(text) > 1 and " " not in text:
        addressed = Person.objects.filter(begins("email_normal", normal_email(text)))
        matches |= Q(pk__in=addressed.values("pk"))
    if "@" not in text and any(letter.isalpha() for letter in text):
        matches |= named(text)
    return rows.filter(matches)


def named(text: str) -> Q:
    """People of whose name some word begins with each word of the text."""
    found = Q()
    for word in fold(text).split()[:MOST_WORDS]:
        found &= Q(name_folded__startswith=word) | Q(name_folded__contains=f" {word}")
    return found


def exactly(text: str, profiles: QuerySet[Person]) -> Q:
    """People whose address, or customer number where the profile is seen, is this text."""
    numbered = profiles.filter(external_id=text.strip())
    return Q(email_normal=normal_email(text)) | Q(pk__in=numbered.values("pk"))


def _numbered(text: str, profiles: QuerySet[Person]) -> Sequence[int]:
    """Ids of the people whose customer number, or a part of whose phone number, this is."""
    found = list(profiles.filter(external_id=text).values_list("pk", flat=True)[:MOST_NUMBERED])
    digits = "".join(letter for letter in text if letter.isdecimal()).lstrip("0")
    if len(digits) >= FEWEST_DIGITS and not any(letter.isalpha() for letter in text):
        phoned = profiles.filter(phone_normal__contains=digits).values_list("pk", flat=True)
        found += phoned.order_by("pk")[:MOST_NUMBERED]
    return found
