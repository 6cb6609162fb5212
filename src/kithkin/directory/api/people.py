"""People over the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from kithkin.directory.models import Person
from kithkin.directory.queries.people import profiles_visible_to
from kithkin.platform.api.pages import Asked, Page, page_of

router = Router()


class PersonOut(Schema):
    """Somebody the company knows."""

    id: int
    version: int
    number: str
    name: str
    email: str
    phone: str
    language: str
    country: str
    is_kith: bool
    is_kin: bool
    changed_at: datetime


def shown(person: Person) -> PersonOut:
    """As programs see a person."""
    return PersonOut(
        id=person.pk,
        version=person.version,
        number=person.external_id,
        name=person.name,
        email=person.email,
        phone=person.phone,
        language=person.language,
        country=person.country,
        is_kith=person.is_kith,
        is_kin=person.is_kin,
        changed_at=person.changed_at,
    )


@router.get("/people", response=Page[PersonOut])
def list_people(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """The people whose profile the token's user may see, in the order in which they came."""
    return page_of(profiles_visible_to(request.user), asked, shown)
