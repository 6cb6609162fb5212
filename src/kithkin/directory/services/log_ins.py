"""Which person logs in with which user."""

from __future__ import annotations

from django.db import transaction

from kithkin.directory.models import Person
from kithkin.directory.models.people import normal_email
from kithkin.platform.models import User


@transaction.atomic
def tie_person_of_address(*, user: User) -> Person | None:
    """Tie the person with the user's address to the user, and return them.

    None where nobody has the address, or several have and no single one of them works here: then a person decides.
    A user or a person who is tied already stays so; hence it can be called twice.
    """
    if tied := Person.objects.filter(user=user).first():
        return tied
    found = list(
        Person.objects.filter(
            email_normal=normal_email(user.email), merged_into__isnull=True, user__isnull=True
        ).order_by("pk")[:10]
    )
    kin = [person for person in found if person.is_kin]
    for candidates in (found, kin):
        if len(candidates) == 1:
            person = candidates[0]
            person.user = user
            person.save(update_fields=["user"])
            return person
    return None


def tie_people_who_log_in() -> None:
    """Tie everybody who may log in, is tied to nobody, and whose address came into the directory since."""
    waiting = {normal_email(user.email): user for user in User.objects.filter(person__isnull=True, is_active=True)}
    known = Person.objects.filter(email_normal__in=waiting, merged_into__isnull=True, user__isnull=True)
    for address in set(known.values_list("email_normal", flat=True)):
        tie_person_of_address(user=waiting[address])
