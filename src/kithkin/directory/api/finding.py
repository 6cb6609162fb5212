"""The person that an address names: 404 where the asker does not see them, 403 where they see too little."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Schema

from kithkin.directory.models import Person
from kithkin.directory.queries.people import people_visible_to
from kithkin.directory.rules.people import Sight, sight
from kithkin.platform.api.access import asker
from kithkin.platform.models import User


class Ref(Schema):
    """Something by its id, with its name."""

    id: int
    name: str


def person_seen(request: HttpRequest, person_id: int) -> tuple[Person, Sight]:
    """Somebody whom the asker sees, and how much of them."""
    user = asker(request)
    person = get_object_or_404(people_visible_to(user), pk=person_id)
    return person, sight(user, person)


def person_whole(request: HttpRequest, person_id: int) -> tuple[Person, Sight]:
    """Somebody whose whole profile the asker sees."""
    person, seen = person_seen(request, person_id)
    if not seen.profile:
        raise PermissionDenied(_("Of this person you see name, title, unit and e-mail."))
    return person, seen


def person_to_change(request: HttpRequest, person_id: int) -> tuple[Person, Sight]:
    """Somebody whom the asker may change."""
    person, seen = person_seen(request, person_id)
    if not seen.edit:
        raise PermissionDenied(_("People are changed by administrators and program managers within their reach."))
    return person, seen


def names_of(user: User, person_ids: Collection[int | None]) -> dict[int, Ref]:
    """Those of these people whom the asker sees at all."""
    ids = {pk for pk in person_ids if pk is not None}
    rows = people_visible_to(user).filter(pk__in=ids).values_list("pk", "name") if ids else ()
    return {pk: Ref(id=pk, name=name) for pk, name in rows}
