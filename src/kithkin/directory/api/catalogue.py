"""What relations are made of, as far as services, touchpoints, audiences and partners are alike."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Schema

from kithkin.directory.models import Audience, Partner, Service, Touchpoint
from kithkin.directory.rules.relations import can_edit_catalogue
from kithkin.directory.services.catalogue import change_thing, retire_thing, take_back_thing
from kithkin.platform.api.access import asker
from kithkin.platform.api.fields import UNSAID, Flag, Sent, Version, text
from kithkin.platform.api.pages import Asked

T = TypeVar("T", Service, Touchpoint, Audience, Partner)
LONGEST = 4000
Name = Annotated[str, text(120, least=1, example="Till support")]
Description = Annotated[str, text(LONGEST)]


class ThingOut(Schema):
    """Something that relations are made of. A retired one is offered for no new relation."""

    id: int
    version: int
    name: str
    retired: bool


class DescribedOut(ThingOut):
    """With its description."""

    description: str


class ThingChange(Sent):
    """What is different now; what is left out stays."""

    version: Version
    name: Name = UNSAID
    retired: Flag = Field(UNSAID, description="Refused while relations of today or later are made of it.")


class DescribedChange(ThingChange):
    """With its description."""

    description: Description = UNSAID


class ThingsAsked(Asked):
    """Which of them."""

    retired: bool | None = Field(None, description="Only those retired, or only those that are not.")


def asked_for(rows: QuerySet[T], asked: ThingsAsked) -> QuerySet[T]:
    """All of them, or as they are retired or not."""
    return rows if asked.retired is None else rows.filter(retired_at__isnull=not asked.retired)


def check_may_edit(request: HttpRequest) -> None:
    """403 for those who only read."""
    if not can_edit_catalogue(asker(request)):
        raise PermissionDenied(_("This is changed by administrators and program managers of the whole organisation."))


@transaction.atomic
def changed(request: HttpRequest, thing: T, sent: ThingChange, **also: Any) -> T:
    """Change what was said (`also`: the unit or the segment itself), then retire it or take it back if asked to."""
    check_may_edit(request)
    thing.expect(sent.version)
    said = sent.model_dump(exclude_unset=True, exclude={"version", "retired", "unit", "segment"}) | also
    if said:
        change_thing(thing=thing, **said)
    if sent.retired is not None:
        retire_thing(thing=thing) if sent.retired else take_back_thing(thing=thing)
    return thing


def thing_fields(thing: Service | Touchpoint | Audience | Partner) -> dict[str, Any]:
    """What all of them show."""
    return {
        "id": thing.pk,
        "version": thing.version,
        "name": thing.name,
        "retired": thing.retired_at is not None,
    }
