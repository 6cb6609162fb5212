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

    Phone and number are only looked up among `profiles`, since colleagues do not see them. What is not a name is a
    lookup by its own index inside an IN, so that names are searched on the index of names alone.
    """
    others = _others(text, profiles)
    matches = Q(pk__in=others[0].union(*others[1:])) if others else Q(pk__in=[])
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


def _others(text: str, profiles: QuerySet[Person]) -> Sequence[QuerySet[Person, tuple[int]]]:
    found = [profiles.filter(external_id=text).values_list("pk")]
    if len(text) > 1 and " " not in text:
        found.append(Person.objects.filter(begins("email_normal", normal_email(text))).values_list("pk"))
    digits = "".join(letter for letter in text if letter.isdecimal())
    if len(digits) >= FEWEST_DIGITS and not any(letter.isalpha() for letter in text):
        found.append(profiles.filter(phone_normal__contains=digits.lstrip("0")).values_list("pk"))
    return found
