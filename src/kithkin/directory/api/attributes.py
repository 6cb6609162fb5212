"""What is known of one person beyond the name."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from pydantic import StrictFloat, StrictInt, StrictStr

from kithkin.directory.api.finding import person_to_change, person_whole
from kithkin.directory.models import Person
from kithkin.directory.queries.profile import definitions_for
from kithkin.directory.rules.people import Sight
from kithkin.directory.services.attributes import set_attributes
from kithkin.directory.values import LONGEST
from kithkin.platform.api.fields import KEPT, UNSAID, Day, Flag, InPath, Sent, Version
from kithkin.platform.api.problems import Refused, fault

router = Router()

Key = Annotated[str, Field(max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
Value = (
    Flag
    | Annotated[StrictInt, Field(ge=-(10**15), le=10**15)]
    | Annotated[StrictFloat, Field(ge=-1e15, le=1e15)]
    | Annotated[StrictStr, Field(max_length=LONGEST, pattern=KEPT)]
    | None
)


class AttributeOut(Schema):
    """One value: a text, a number, an ISO date, true or false, or one of the choices."""

    key: str
    label: str
    value: str | float | int | bool
    told_on: date | None


class AttributesOut(Schema):
    """The values that the asker may read, and the person's version."""

    version: int
    items: list[AttributeOut]


class AttributesChange(Sent):
    """Values by key; null clears one, what is left out stays."""

    version: Version
    values: dict[Key, Value] = Field(max_length=200, examples=[{"shoe_size": 42}])
    told_on: Day = UNSAID


@router.get("/people/{person_id}/attributes", response=AttributesOut)
def get_attributes(request: HttpRequest, person_id: InPath) -> AttributesOut:
    """What is known of the person, as far as the sensitivity of each attribute lets the asker read it."""
    person, seen = person_whole(request, person_id)
    return _shown(person, seen)


@router.patch("/people/{person_id}/attributes", response=AttributesOut)
def change_attributes(request: HttpRequest, person_id: InPath, sent: AttributesChange) -> AttributesOut:
    """Set or clear values. An attribute that the asker may not read cannot be set either: it is unknown to them."""
    person, seen = person_to_change(request, person_id)
    person.expect(sent.version)
    known = {one.key: one for one in definitions_for(person, seen)}
    unknown = [key for key in sent.values if key not in known]
    if unknown:
        faults = [fault(f"values.{key}", _("There is no such attribute, or it is not open to you.")) for key in unknown]
        raise Refused(422, "not-valid", _("Some of what was sent is not valid."), faults=faults)
    set_attributes(
        person=person, values={known[key]: value for key, value in sent.values.items()}, told_on=sent.told_on
    )
    return _shown(person, seen)


def _shown(person: Person, seen: Sight) -> AttributesOut:
    items = [
        AttributeOut(
            key=one.key,
            label=one.label,
            value=person.attributes[one.key],
            told_on=person.attribute_dates.get(one.key),
        )
        for one in definitions_for(person, seen)
        if one.key in person.attributes
    ]
    return AttributesOut(version=person.version, items=items)
