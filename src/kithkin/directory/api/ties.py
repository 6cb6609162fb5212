"""What ties one person to accounts, to other people and to the company."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from kithkin.directory.api.finding import Ref, names_of, person_to_change, person_whole
from kithkin.directory.models import Tie, TieKind
from kithkin.directory.queries.accounts import accounts_visible_to
from kithkin.directory.queries.people import people_visible_to
from kithkin.directory.services.ties import add_tie as tie
from kithkin.directory.services.ties import end_tie as end
from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import Day, Id, InPath, Sent
from kithkin.platform.api.once import once
from kithkin.platform.api.pages import Asked, Page, page_of
from kithkin.platform.api.references import named
from kithkin.platform.models import User

router = Router()


class TieOut(Schema):
    """One tie. An end that the asker does not see is null; with neither kind of end the tie is to the company."""

    id: int
    kind: TieKind
    to: str = Field(description="“account”, “person” or “company”.")
    account: Ref | None
    other: Ref | None
    since: date | None
    until: date | None = Field(description="The day on which it holds no longer.")


class TieIn(Sent):
    """A new tie, to an account or a person; with neither, to the company."""

    kind: TieKind
    account: Id | None = None
    other: Id | None = Field(None, description="Another person.")
    since: Day | None = None


class Until(Sent):
    """The first day on which it holds no longer."""

    until: Day


TiesPage = Page[TieOut]


@router.get("/people/{person_id}/ties", response=TiesPage)
def list_ties(request: HttpRequest, person_id: InPath, asked: Query[Asked]) -> TiesPage:
    """The person's ties, of today and of before."""
    person, _seen = person_whole(request, person_id)
    rows = Tie.objects.filter(person=person)
    return page_of(rows, asked, lambda found: _shown(asker(request), found), TiesPage)


@router.post("/people/{person_id}/ties", response={201: TieOut})
@once
def add_tie(request: HttpRequest, person_id: InPath, sent: TieIn) -> Status[TieOut]:
    """Tie the person to somebody. A tie that had ended begins again."""
    user = asker(request)
    person, _seen = person_to_change(request, person_id)
    account = named(accounts_visible_to(user), sent.account, "account")
    other = named(people_visible_to(user), sent.other, "other")
    made = tie(person=person, kind=sent.kind, account=account, other=other, since=sent.since)
    return Status(201, _shown(user, [made])[0])


@router.post("/people/{person_id}/ties/{tie_id}/end", response=TieOut)
def end_tie(request: HttpRequest, person_id: InPath, tie_id: InPath, sent: Until) -> TieOut:
    """The tie ends on a day."""
    person, _seen = person_to_change(request, person_id)
    ended = end(tie=get_object_or_404(Tie, pk=tie_id, person=person), until=sent.until)
    return _shown(asker(request), [ended])[0]


def _shown(user: User, ties: Sequence[Tie]) -> list[TieOut]:
    people = names_of(user, [one.other_id for one in ties])
    ids = {one.account_id for one in ties if one.account_id is not None}
    rows = accounts_visible_to(user).filter(pk__in=ids).values_list("pk", "name") if ids else ()
    accounts = {pk: Ref(id=pk, name=name) for pk, name in rows}
    return [
        TieOut(
            id=one.pk,
            kind=TieKind(one.kind),
            to="account" if one.account_id else "person" if one.other_id else "company",
            account=accounts.get(one.account_id or 0),
            other=people.get(one.other_id or 0),
            since=one.since,
            until=one.until,
        )
        for one in ties
    ]
