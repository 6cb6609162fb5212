"""The person's own fields and attributes, as a line leaves them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from kithkin.directory.imports.lookups import Unfit
from kithkin.directory.imports.people.fields import ATTRIBUTE, BOTH
from kithkin.directory.imports.people.matching import name_of
from kithkin.directory.models import AttributeDefinition, Person, Side
from kithkin.platform.imports.lines import Change, Create, Line, Problem, Write, changed
from kithkin.platform.registries.imports import Setting

_FIELDS = {"email": "email", "phone": "phone", "language": "language", "country": "country"}


def plan_person(
    line: Line, found: Person | None, setting: Setting, definitions: Mapping[str, AttributeDefinition], today: date
) -> tuple[Person, tuple[Write, ...]]:
    """The person as the line leaves them, and what that takes; `Unfit` where it cannot be."""
    person = _copy(found) if found else Person()
    name = name_of(line)
    if name:
        person.name = name
    elif not found:
        raise Unfit(
            Problem("name", _("There is no name, and nobody with this number or address yet."), _("Add a name."))
        )
    if "number" in line.values and not person.external_id:
        person.external_id = line.values["number"]
    for key, field in _FIELDS.items():
        if key in line.values:
            setattr(person, field, line.values[key])
        elif key in line.cleared:
            setattr(person, field, "")
    _set_side(person, line, setting, new=found is None)
    _set_attributes(person, line, definitions, today)
    fields = changed(found, person) if found else frozenset()
    if found is None or fields & {"name", "email", "phone", "country"}:
        person.normalise()
    if found is None:
        return person, (Create(person),)
    fields = changed(found, person)
    return person, (Change(found, person, fields),) if fields else ()


def _copy(found: Person) -> Person:
    person = copy.copy(found)
    person.attributes, person.attribute_dates = dict(found.attributes), dict(found.attribute_dates)
    return person


def _set_side(person: Person, line: Line, setting: Setting, *, new: bool) -> None:
    """A file adds a side and never takes one away: who is kith does not stop being so by being hired."""
    side = line.values.get("side") or (setting.options.get("side", "") if "side" not in setting.fields else "")
    if side in (Side.KITH, BOTH):
        person.is_kith = True
    if side in (Side.KIN, BOTH):
        person.is_kin = True
    if new and not side:
        raise Unfit(Problem("side", _("Whether this is kith or kin is not said."), _("Write kith, kin or both.")))


def _set_attributes(person: Person, line: Line, definitions: Mapping[str, AttributeDefinition], today: date) -> None:
    for key, definition in definitions.items():
        field = f"{ATTRIBUTE}{key}"
        if field in line.values:
            if definition.side and not getattr(person, f"is_{definition.side}"):
                said = _("Only %(side)s have this attribute.") % {"side": definition.get_side_display()}
                raise Unfit(Problem(field, said, _("Leave it empty.")))
            if person.attributes.get(key) != line.values[field]:
                person.attributes[key] = line.values[field]
                person.attribute_dates[key] = today.isoformat()
        elif field in line.cleared and key in person.attributes:
            del person.attributes[key]
            person.attribute_dates.pop(key, None)
