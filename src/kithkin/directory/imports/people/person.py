"""The person's own fields and attributes, as a line leaves them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kithkin.directory.imports.people.fields import ATTRIBUTE, BOTH, TIED_TO
from kithkin.directory.imports.people.matching import name_of
from kithkin.directory.models import AttributeDefinition, Person, Side
from kithkin.platform.imports.lines import Change, Create, Line, Problem, Write, changed
from kithkin.platform.registries.imports import Setting

_FIELDS = {"email": "email", "phone": "phone", "language": "language", "country": "country"}
_NAMES = frozenset({"name", "first_name", "last_name"})


@dataclass(frozen=True)
class Asked:
    """A line and whom it was found to be about; where that is `unsure`, it is refused whatever else it says."""

    line: Line
    found: Person | None
    unsure: bool
    setting: Setting
    definitions: Mapping[str, AttributeDefinition]
    today: date


def plan_person(asked: Asked) -> tuple[Person, tuple[Write, ...], list[Problem]]:
    """The person as the line leaves them, what that takes, and all that is wrong with it."""
    line, found = asked.line, asked.found
    person = _copy(found) if found else Person()
    new = found is None and not asked.unsure
    problems = []
    name = name_of(line)
    if name:
        person.name = name
    elif new and not line.unread & _NAMES:
        said = _("There is no name, and nobody with this number or address yet.")
        problems.append(Problem("name", said, _("Add a name.")))
    if "number" in line.values and not person.external_id:
        person.external_id = line.values["number"]
    for key, field in _FIELDS.items():
        if key in line.values:
            setattr(person, field, line.values[key])
        elif key in line.cleared:
            setattr(person, field, "")
    if not _set_side(person, line, asked.setting) and new:
        said = _("Whether this is kith or kin is not said.")
        problems.append(Problem("side", said, _("Write kith, kin or both.")))
    problems += _set_attributes(person, asked)
    fields = changed(found, person) if found else frozenset()
    if found is None or fields & {"name", "email", "phone", "country"}:
        person.normalise()
    if found is None:
        return person, (Create(person),), problems
    fields = changed(found, person)
    return person, (Change(found, person, fields),) if fields else (), problems


def _copy(found: Person) -> Person:
    person = copy.copy(found)
    person.attributes, person.attribute_dates = dict(found.attributes), dict(found.attribute_dates)
    return person


def _set_side(person: Person, line: Line, setting: Setting) -> bool:
    """A file adds a side and never takes one away: who is kith does not stop being so by being hired.

    Who is tied to somebody is kith, as when that is written by hand. Returns whether any side is said.
    """
    side = line.values.get("side") or (setting.options.get("side", "") if "side" not in setting.fields else "")
    tied = bool(line.values.get(TIED_TO))
    if tied or side in (Side.KITH, BOTH):
        person.is_kith = True
    if side in (Side.KIN, BOTH):
        person.is_kin = True
    return tied or bool(side)


def _set_attributes(person: Person, asked: Asked) -> list[Problem]:
    line, problems = asked.line, []
    sure = not asked.unsure and "side" not in line.unread
    for key, definition in asked.definitions.items():
        field = f"{ATTRIBUTE}{key}"
        if field in line.values:
            if definition.side and sure and not getattr(person, f"is_{definition.side}"):
                said = _("Only %(side)s have this attribute.") % {"side": definition.get_side_display()}
                problems.append(Problem(field, said, _("Leave it empty.")))
            if person.attributes.get(key) != line.values[field]:
                person.attributes[key] = line.values[field]
                person.attribute_dates[key] = asked.today.isoformat()
        elif field in line.cleared and key in person.attributes:
            del person.attributes[key]
            person.attribute_dates.pop(key, None)
    return problems
