"""People over the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from kithkin.directory.api.finding import person_seen, person_to_change
from kithkin.directory.models import Membership, Person, Side, TieKind
from kithkin.directory.models.people import normal_email
from kithkin.directory.queries.accounts import accounts_visible_to
from kithkin.directory.queries.people import people_visible_to, profiles_visible_to
from kithkin.directory.queries.people_list import PersonRow, of_side, rows_for, with_places
from kithkin.directory.queries.places import units_for_writing
from kithkin.directory.rules.people import can_add_into, can_add_person, can_give_numbers
from kithkin.directory.services.memberships import join_unit
from kithkin.directory.services.people import add_person as write_person
from kithkin.directory.services.people import change_person as rewrite_person
from kithkin.directory.services.ties import add_tie
from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import KEPT, UNSAID, Day, Flag, Id, InPath, Moment, Sent, Version, text
from kithkin.platform.api.once import once
from kithkin.platform.api.pages import Asked, Page, page_of
from kithkin.platform.api.references import named
from kithkin.platform.models import User

router = Router()

Name = Annotated[str, text(200, least=1, example="Ada Lovelace")]
Number = Annotated[str, text(80, says="The number that another system knows them by.", example="C-1815")]
Email = Annotated[str, text(254, example="ada@customer.example")]
Phone = Annotated[str, text(40, example="+44 20 7946 0018")]
Language = Annotated[str, text(10, example="en")]
Country = Annotated[str, text(2, says="Two letters (ISO 3166).", example="GB")]


class WorksInOut(Schema):
    """Where somebody works today, and as what."""

    unit: int
    name: str
    title: str


class PersonOut(Schema):
    """Somebody the company knows. Below `profile` the asker sees a colleague: what is not theirs to read is null."""

    id: int
    name: str
    email: str
    works_in: list[WorksInOut]
    profile: bool = Field(description="Whether the asker sees the whole profile.")
    version: int | None
    number: str | None
    phone: str | None
    language: str | None
    country: str | None
    is_kith: bool | None
    is_kin: bool | None
    changed_at: datetime | None


class WorksIn(Sent):
    """Where somebody works, from a day on."""

    unit: Id
    since: Day
    title: Annotated[str, text(120, example="Engineer")] = ""


class PersonIn(Sent):
    """Somebody new, with their place where they have one."""

    name: Name
    number: Number = ""
    email: Email = ""
    phone: Phone = ""
    language: Language = ""
    country: Country = ""
    is_kith: Flag = False
    is_kin: Flag = False
    works_in: WorksIn | None = None
    buys_for: Id | None = Field(None, description="The account that they buy for.")


class PersonChange(Sent):
    """What is different now; what is left out stays."""

    version: Version
    name: Name = UNSAID
    number: Number = UNSAID
    email: Email = UNSAID
    phone: Phone = UNSAID
    language: Language = UNSAID
    country: Country = UNSAID
    is_kith: Flag = UNSAID
    is_kin: Flag = UNSAID


class PeopleAsked(Asked):
    """Which people."""

    side: Side | None = Field(None, description="Those of that side; somebody who is both is on both.")
    email: Annotated[str | None, Field(max_length=254, pattern=KEPT)] = Field(None, description="With this address.")
    number: Annotated[str | None, Field(max_length=80, pattern=KEPT)] = Field(None, description="With this number.")
    changed_since: Moment | None = Field(None, description="Whose profile changed at this time or later.")


PeoplePage = Page[PersonOut]


@router.get("/people", response=PeoplePage)
def list_people(request: HttpRequest, asked: Query[PeopleAsked]) -> PeoplePage:
    """The people whom the asker sees. To filter by number, time or the side of kith one must see the profile."""
    user = asker(request)
    rows = _asked_for(user, asked)
    return page_of(with_places(rows), asked, lambda found: shown(user, found), PeoplePage)


@router.get("/people/{person_id}", response=PersonOut)
def get_person(request: HttpRequest, person_id: InPath) -> PersonOut:
    """One person."""
    person, _seen = person_seen(request, person_id)
    return _one(asker(request), person)


@router.post("/people", response={201: PersonOut})
@once
def add_person(request: HttpRequest, sent: PersonIn) -> Status[PersonOut]:
    """Write somebody down, with their unit or account where they have one.

    Whose role is over a part of the organisation names a unit or an account of that part, and no number.
    """
    user = asker(request)
    if not can_add_person(user):
        raise PermissionDenied(_("People are added by administrators and program managers."))
    return Status(201, _one(user, _added(user, sent)))


@router.patch("/people/{person_id}", response=PersonOut)
def change_person(request: HttpRequest, person_id: InPath, sent: PersonChange) -> PersonOut:
    """Say otherwise who it is and how to reach them. Numbers are given by those whose role is over everything."""
    person, _seen = person_to_change(request, person_id)
    person.expect(sent.version)
    if "number" in sent.model_fields_set and sent.number != person.external_id:
        _check_number(asker(request))
    rewrite_person(person=person, **_fields(sent.model_dump(exclude_unset=True, exclude={"version"})))
    return _one(asker(request), person)


def shown(user: User, people: Sequence[Person]) -> list[PersonOut]:
    """People who come from `with_places`, as the user sees each."""
    return [_shown(row) for row in rows_for(user, people)]


def _shown(row: PersonRow) -> PersonOut:
    person, profile = row.person, row.profile
    stays: Sequence[Membership] = person.places_of_work  # type: ignore[attr-defined]
    return PersonOut(
        id=person.pk,
        name=person.name,
        email=person.email,
        works_in=[WorksInOut(unit=one.unit_id, name=one.unit.name, title=one.title) for one in stays],
        profile=profile,
        version=person.version if profile else None,
        number=person.external_id if profile else None,
        phone=person.phone if profile else None,
        language=person.language if profile else None,
        country=person.country if profile else None,
        is_kith=person.is_kith if profile else None,
        is_kin=person.is_kin if profile else None,
        changed_at=person.changed_at if profile else None,
    )


def _one(user: User, person: Person) -> PersonOut:
    return shown(user, list(with_places(Person.objects.filter(pk=person.pk))))[0]


def _asked_for(user: User, asked: PeopleAsked) -> QuerySet[Person]:
    """By what colleagues show of everybody; by the rest only of those whose profile is seen."""
    of_profiles = asked.number is not None or asked.changed_since is not None
    rows = profiles_visible_to(user) if of_profiles else people_visible_to(user)
    if asked.side is not None:
        rows = of_side(rows, asked.side, user)
    if asked.email is not None:
        rows = rows.filter(email_normal=normal_email(asked.email))
    if asked.number is not None:
        rows = rows.filter(external_id=asked.number)
    if asked.changed_since is not None:
        rows = rows.filter(changed_at__gte=asked.changed_since)
    return rows


@transaction.atomic
def _added(user: User, sent: PersonIn) -> Person:
    work = sent.works_in
    unit = named(units_for_writing(user), work.unit if work else None, "works_in.unit")
    account = named(accounts_visible_to(user), sent.buys_for, "buys_for")
    places = {unit.pk if unit else None, account.unit_id if account else None}
    if not can_add_into(user, {pk for pk in places if pk is not None}):
        raise PermissionDenied(_("Your role is over a part of the organisation: name a unit, or an account, of it."))
    if sent.number:
        _check_number(user)
    person = write_person(**_fields(sent.model_dump(exclude={"works_in", "buys_for"})))
    if unit is not None and work is not None:
        join_unit(person=person, unit=unit, since=work.since, title=work.title)
    if account is not None:
        add_tie(person=person, kind=TieKind.BUYER, account=account)
    return person


def _check_number(user: User) -> None:
    if not can_give_numbers(user):
        raise PermissionDenied(_("Your role is over a part of the organisation: administrators give numbers."))


def _fields(said: dict[str, Any]) -> Any:
    """As the model calls them."""
    return {{"number": "external_id"}.get(name, name): value for name, value in said.items()}
