"""What was bought."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kithkin.directory.events.people import PurchaseRecorded
from kithkin.directory.models import Account, Person, Purchase
from kithkin.platform.events import publish


class PurchaseNumberTaken(Exception):
    """Another purchase has this number."""

    def __init__(self, number: str) -> None:
        super().__init__(_("Another purchase has the number “%(number)s” already.") % {"number": number})


@transaction.atomic
def record_purchase(
    *,
    what: str,
    at: datetime,
    person: Person | None = None,
    account: Account | None = None,
    amount: Decimal | None = None,
    currency: str = "",
    number: str = "",
) -> Purchase:
    """Write down what somebody, or an account, bought. The same number with the same purchase is written once."""
    made = Purchase(
        person=person, account=account, what=what, at=at, amount=amount, currency=currency.upper(), number=number
    )
    made.clean_fields(exclude=["person", "account"])
    if person is None and account is None:
        raise ValidationError(_("Who bought it: a person, an account or both?"))
    if (amount is None) != (not made.currency):
        raise ValidationError({"currency": _("An amount needs its currency, and a currency its amount.")})
    if made.currency and not (len(made.currency) == 3 and made.currency.isascii() and made.currency.isalpha()):
        raise ValidationError({"currency": _("Three letters, such as EUR.")})
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        return _written_before(made, error)
    publish(PurchaseRecorded(purchase_id=made.pk))
    return made


def _written_before(made: Purchase, error: IntegrityError) -> Purchase:
    known = Purchase.objects.filter(number=made.number).exclude(number="").first()
    if known is None:
        raise error
    same = ("person_id", "account_id", "what", "at", "amount", "currency")
    if all(getattr(known, name) == getattr(made, name) for name in same):
        return known
    raise PurchaseNumberTaken(made.number) from error
