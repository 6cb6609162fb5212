"""What ties people to accounts, to one another and to the company."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kithkin.directory.events.people import TieAdded, TieEnded
from kithkin.directory.models import Account, Person, Tie, TieKind
from kithkin.directory.models.days import today
from kithkin.platform.events import publish


class AlreadyTied(Exception):
    """The tie is there."""

    def __init__(self, person: Person) -> None:
        super().__init__(_("%(person)s has this tie already.") % {"person": person})


class TiedToNobody(Exception):
    """The tie cannot be so: family of nobody, of oneself, or two ends at once."""


class TieEndsBeforeItBegins(Exception):
    """The end lies before the beginning."""

    def __init__(self, since: date) -> None:
        super().__init__(_("The tie began on %(since)s: it can only end after that.") % {"since": date_format(since)})


@transaction.atomic
def add_tie(
    *,
    person: Person,
    kind: str,
    account: Account | None = None,
    other: Person | None = None,
    since: date | None = None,
) -> Tie:
    """Tie the person to an account, to another person or, with neither, to the company: that makes them kith.

    A tie that had ended begins again: there is one row for each tie, its earlier days stand in the audit trail.
    """
    _check(person, kind, account, other)
    Person.objects.select_for_update().get(pk=person.pk)
    tie = Tie.objects.filter(person=person, kind=kind, account=account, other=other).first()
    if tie is None:
        tie = Tie(person=person, kind=kind, account=account, other=other)
    elif tie.until is None or tie.until > today():
        raise AlreadyTied(person)
    tie.since, tie.until = since, None
    tie.clean_fields(exclude=["person", "account", "other"])
    try:
        with transaction.atomic():
            tie.save()
    except IntegrityError as error:
        raise AlreadyTied(person) from error
    if not person.is_kith:
        person.is_kith = True
        person.save(update_fields=["is_kith"])
    publish(TieAdded(tie_id=tie.pk, person_id=person.pk))
    return tie


@transaction.atomic
def end_tie(*, tie: Tie, until: date) -> Tie:
    """The tie holds up to but not including that day."""
    if tie.since is not None and until <= tie.since:
        raise TieEndsBeforeItBegins(tie.since)
    if tie.until == until:
        return tie
    tie.until = until
    tie.save()
    publish(TieEnded(tie_id=tie.pk, person_id=tie.person_id))
    return tie


def _check(person: Person, kind: str, account: Account | None, other: Person | None) -> None:
    if account is not None and other is not None:
        raise TiedToNobody(_("A tie has one other end: an account or a person."))
    if other is not None and other.pk == person.pk:
        raise TiedToNobody(_("Nobody is tied to themselves. Choose somebody else."))
    if kind == TieKind.FAMILY and other is None:
        raise TiedToNobody(_("Family of whom? Choose the person."))
