"""Accounts come and change."""

from __future__ import annotations

from typing import TypedDict, Unpack

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kithkin.directory.events.people import AccountAdded, AccountChanged
from kithkin.directory.models import Account, Unit
from kithkin.platform.events import publish
from kithkin.platform.text import fold


class AccountFields(TypedDict, total=False):
    """What is written down of an account; `unit` looks after it."""

    name: str
    number: str
    industry: str
    country: str
    unit: Unit | None


class AccountNumberTaken(Exception):
    """Another account has this number."""

    def __init__(self, number: str) -> None:
        super().__init__(_("The number “%(number)s” already belongs to another account.") % {"number": number})


@transaction.atomic
def add_account(**fields: Unpack[AccountFields]) -> Account:
    """Write an account down."""
    account = Account()
    _write(account, fields)
    publish(AccountAdded(account_id=account.pk))
    return account


@transaction.atomic
def change_account(*, account: Account, **fields: Unpack[AccountFields]) -> Account:
    """Change these fields. Nothing is written or told where nothing changes."""
    if all(getattr(account, name) == value for name, value in fields.items()):
        return account
    _write(account, fields)
    publish(AccountChanged(account_id=account.pk))
    return account


def _write(account: Account, fields: AccountFields) -> None:
    for name, value in fields.items():
        setattr(account, name, value)
    account.country = account.country.upper()
    account.name_folded = fold(account.name)  # which may be longer than the name
    account.clean_fields(exclude=["unit"])
    if not account.name.strip() or "\x00" in account.name + account.number + account.industry:
        raise ValidationError({"name": _("An account needs a name.")})
    if account.country and account.country not in phonenumbers.SUPPORTED_REGIONS:
        raise ValidationError(
            {"country": _("“%(country)s” is no country. Two letters, such as DE.") % {"country": account.country}}
        )
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        raise AccountNumberTaken(account.number) from error
