"""Accounts: customer organisations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from kithkin.directory.api.finding import Ref
from kithkin.directory.models import Account, Unit
from kithkin.directory.queries.accounts import accounts_visible_to
from kithkin.directory.queries.places import units_for_writing
from kithkin.directory.rules.accounts import can_add_account, can_edit_account
from kithkin.directory.rules.people import can_add_into
from kithkin.directory.services.accounts import add_account as write_account
from kithkin.directory.services.accounts import change_account as rewrite_account
from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import BIGGEST, KEPT, UNSAID, Id, InPath, Moment, Sent, Version, text
from kithkin.platform.api.once import once
from kithkin.platform.api.pages import Asked, Page, each, page_of
from kithkin.platform.api.references import named
from kithkin.platform.models import User

router = Router()

Name = Annotated[str, text(200, least=1, example="Analytical Engines Ltd")]
Number = Annotated[str, text(60, says="The customer number.", example="A-1")]
Industry = Annotated[str, text(100, example="Machinery")]
Country = Annotated[str, text(2, says="Two letters (ISO 3166).", example="GB")]
LookedAfterBy = Annotated[
    Id | None, Field(description="The unit that looks after it, and within whose reach it is seen.")
]


class AccountOut(Schema):
    """A customer organisation."""

    id: int
    version: int
    name: str
    number: str
    industry: str
    country: str
    unit: Ref | None
    changed_at: datetime


class AccountIn(Sent):
    """A new account."""

    name: Name
    number: Number = ""
    industry: Industry = ""
    country: Country = ""
    unit: LookedAfterBy = None


class AccountChange(Sent):
    """What is different now; what is left out stays."""

    version: Version
    name: Name = UNSAID
    number: Number = UNSAID
    industry: Industry = UNSAID
    country: Country = UNSAID
    unit: LookedAfterBy = UNSAID


class AccountsAsked(Asked):
    """Which accounts."""

    number: Annotated[str | None, Field(max_length=60, pattern=KEPT)] = Field(None, description="With this number.")
    unit: Annotated[int | None, Field(ge=1, le=BIGGEST)] = Field(None, description="Looked after by this unit.")
    changed_since: Moment | None = Field(None, description="Changed at this time or later.")


AccountsPage = Page[AccountOut]


@router.get("/accounts", response=AccountsPage)
def list_accounts(request: HttpRequest, asked: Query[AccountsAsked]) -> AccountsPage:
    """The accounts within the asker's reach."""
    rows = accounts_visible_to(asker(request)).select_related("unit")
    if asked.number is not None:
        rows = rows.filter(number=asked.number)
    if asked.unit is not None:
        rows = rows.filter(unit=asked.unit)
    if asked.changed_since is not None:
        rows = rows.filter(changed_at__gte=asked.changed_since)
    return page_of(rows, asked, each(_shown), AccountsPage)


@router.get("/accounts/{account_id}", response=AccountOut)
def get_account(request: HttpRequest, account_id: InPath) -> AccountOut:
    """One account."""
    return _shown(_seen(request, account_id))


@router.post("/accounts", response={201: AccountOut})
@once
def add_account(request: HttpRequest, sent: AccountIn) -> Status[AccountOut]:
    """Write an account down. Whose role is over a part of the organisation names a unit of that part."""
    user = asker(request)
    if not can_add_account(user):
        raise PermissionDenied(_("Accounts are added by administrators and program managers."))
    fields = _fields(user, sent.model_dump(), keep=None)
    return Status(201, _shown(write_account(**fields)))


@router.patch("/accounts/{account_id}", response=AccountOut)
def change_account(request: HttpRequest, account_id: InPath, sent: AccountChange) -> AccountOut:
    """Say otherwise what it is, or who looks after it."""
    user, account = asker(request), _seen(request, account_id)
    if not can_edit_account(user, account):
        raise PermissionDenied(_("Accounts are changed by administrators and program managers within their reach."))
    account.expect(sent.version)
    fields = _fields(user, sent.model_dump(exclude_unset=True, exclude={"version"}), keep=account.unit_id)
    return _shown(rewrite_account(account=account, **fields))


def _seen(request: HttpRequest, account_id: int) -> Account:
    return get_object_or_404(accounts_visible_to(asker(request)).select_related("unit"), pk=account_id)


def _fields(user: User, said: dict[str, Any], *, keep: int | None) -> Any:
    """With the unit itself; it lies within the reach of whoever says so, or stays what it was."""
    if "unit" not in said:
        return said
    unit: Unit | None
    if said["unit"] == keep and keep is not None:
        unit = Unit.objects.get(pk=keep)
    else:
        unit = named(units_for_writing(user), said["unit"], "unit")
    if not can_add_into(user, {unit.pk} if unit else set()):
        raise PermissionDenied(_("Your role is over a part of the organisation: name a unit of it."))
    return {**said, "unit": unit}


def _shown(account: Account) -> AccountOut:
    return AccountOut(
        id=account.pk,
        version=account.version,
        name=account.name,
        number=account.number,
        industry=account.industry,
        country=account.country,
        unit=Ref(id=account.unit.pk, name=account.unit.name) if account.unit else None,
        changed_at=account.changed_at,
    )
