"""What one person, or one account, bought."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status
from pydantic import StrictStr

from kithkin.directory.api.finding import Ref, names_of, person_to_change, person_whole
from kithkin.directory.models import Purchase
from kithkin.directory.queries.accounts import accounts_visible_to
from kithkin.directory.rules.accounts import can_edit_account
from kithkin.directory.services.purchases import record_purchase
from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import Id, InPath, Moment, Sent, text
from kithkin.platform.api.once import once
from kithkin.platform.api.pages import Asked, Page, page_of
from kithkin.platform.api.references import named
from kithkin.platform.models import User

router = Router()


class PurchaseOut(Schema):
    """One purchase. A buyer whom the asker does not see is null."""

    id: int
    number: str
    what: str
    at: datetime
    person: Ref | None
    account: Ref | None
    amount: str | None = Field(description="With two digits behind the point, as text, so that no digit is lost.")
    currency: str


class OfAccount(Sent):
    """Something that was bought."""

    what: Annotated[str, text(200, least=1, example="Winter coat")]
    at: Moment
    number: Annotated[str, text(80, says="With a number, the same purchase sent twice is written once.")] = ""
    amount: Annotated[StrictStr, Field(pattern=r"^-?[0-9]{1,12}(\.[0-9]{1,2})?$")] | None = Field(
        None, description="As text, with its currency.", examples=["129.90"]
    )
    currency: Annotated[str, text(3, says="Three letters (ISO 4217).", example="EUR")] = ""


class OfPerson(OfAccount):
    """Something that the person bought, for an account or for themselves."""

    account: Id | None = None


PurchasesPage = Page[PurchaseOut]


@router.get("/people/{person_id}/purchases", response=PurchasesPage)
def list_purchases(request: HttpRequest, person_id: InPath, asked: Query[Asked]) -> PurchasesPage:
    """What the person bought."""
    person, _seen = person_whole(request, person_id)
    return _page(request, Purchase.objects.filter(person=person), asked)


@router.post("/people/{person_id}/purchases", response={201: PurchaseOut})
@once
def record_purchase_of_person(request: HttpRequest, person_id: InPath, sent: OfPerson) -> Status[PurchaseOut]:
    """The person bought something."""
    user = asker(request)
    person, _seen = person_to_change(request, person_id)
    account = named(accounts_visible_to(user), sent.account, "account")
    made = record_purchase(
        person=person,
        account=account,
        what=sent.what,
        at=sent.at,
        amount=_amount(sent),
        currency=sent.currency,
        number=sent.number,
    )
    return Status(201, _shown(user, [made])[0])


@router.get("/accounts/{account_id}/purchases", response=PurchasesPage)
def list_purchases_of_account(request: HttpRequest, account_id: InPath, asked: Query[Asked]) -> PurchasesPage:
    """What was bought for the account."""
    account = get_object_or_404(accounts_visible_to(asker(request)), pk=account_id)
    return _page(request, Purchase.objects.filter(account=account), asked)


@router.post("/accounts/{account_id}/purchases", response={201: PurchaseOut})
@once
def record_purchase_of_account(request: HttpRequest, account_id: InPath, sent: OfAccount) -> Status[PurchaseOut]:
    """The account bought something, and nobody knows who of it."""
    user = asker(request)
    account = get_object_or_404(accounts_visible_to(user), pk=account_id)
    if not can_edit_account(user, account):
        raise PermissionDenied
    made = record_purchase(
        account=account,
        what=sent.what,
        at=sent.at,
        amount=_amount(sent),
        currency=sent.currency,
        number=sent.number,
    )
    return Status(201, _shown(user, [made])[0])


def _amount(sent: OfAccount) -> Decimal | None:
    return None if sent.amount is None else Decimal(sent.amount)


def _page(request: HttpRequest, rows: QuerySet[Purchase], asked: Asked) -> PurchasesPage:
    return page_of(rows, asked, lambda found: _shown(asker(request), found), PurchasesPage)


def _shown(user: User, purchases: Sequence[Purchase]) -> list[PurchaseOut]:
    people = names_of(user, [one.person_id for one in purchases])
    ids = {one.account_id for one in purchases if one.account_id is not None}
    rows = accounts_visible_to(user).filter(pk__in=ids).values_list("pk", "name") if ids else ()
    accounts = {pk: Ref(id=pk, name=name) for pk, name in rows}
    return [
        PurchaseOut(
            id=one.pk,
            number=one.number,
            what=one.what,
            at=one.at,
            person=people.get(one.person_id or 0),
            account=accounts.get(one.account_id or 0),
            amount=None if one.amount is None else f"{one.amount:.2f}",
            currency=one.currency,
        )
        for one in purchases
    ]
