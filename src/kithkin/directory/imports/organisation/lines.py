"""From people and their managers to units and lines: pure, as `places` is.

Where the file names each person's unit, a unit stands below that of the manager to whom its people report from inside
it. Where it does not, everybody who manages somebody has a team named after them, which they are a part of.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from kithkin.directory.imports.organisation.places import UnitLine
from kithkin.platform.text import fold


@dataclass(frozen=True, slots=True)
class ManagedLine:
    """What a line says of somebody; `manager` is a number, an e-mail address or a name of another line."""

    number: int
    name: str
    keys: tuple[str, ...]
    manager: str = ""
    unit: str = ""


@dataclass
class Derived:
    """The units that the lines make, and by the number of each line: its unit's line, and its manager's line."""

    units: list[UnitLine] = field(default_factory=list)
    unit_of: dict[int, int] = field(default_factory=dict)
    manager_of: dict[int, int] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)


def derive(lines: Sequence[ManagedLine]) -> Derived:
    """Units and lines of these people, or why some have none."""
    found = Derived()
    known = {line.number: line for line in lines}
    _find_managers(lines, found)
    _refuse_rings(known, found)
    left = [line for line in lines if line.number not in found.refused]
    units = _unit_names(left, found)
    _place_units(left, units, found)
    return found


def _find_managers(lines: Sequence[ManagedLine], found: Derived) -> None:
    by_key = {fold(key): line.number for line in reversed(lines) for key in line.keys if key}
    by_name: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        by_name[fold(line.name)].append(line.number)
    for line in lines:
        if not line.manager:
            continue
        wanted = fold(line.manager)
        named = by_name.get(wanted, [])
        if wanted in by_key:
            found.manager_of[line.number] = by_key[wanted]
        elif len(named) == 1:
            found.manager_of[line.number] = named[0]
        elif named:
            text = _("The manager “%(name)s” may be line %(lines)s. Write the number or the e-mail address.")
            shown = ", ".join(str(number) for number in named[:5])
            found.refused[line.number] = text % {"name": line.manager, "lines": shown}
        else:
            text = _("The manager “%(name)s” is not in this file. Add a line for them.")
            found.refused[line.number] = text % {"name": line.manager}


def _refuse_rings(known: dict[int, ManagedLine], found: Derived) -> None:
    """Who reports to themselves in the end is refused, and so is whoever reports to somebody refused."""
    for start in known:
        way, here = [start], found.manager_of.get(start)
        while here is not None and here not in way and here not in found.refused:
            way.append(here)
            here = found.manager_of.get(here)
        if here is None:
            continue
        if here in way:
            ring = way[way.index(here) :]
            for at, number in enumerate(ring):
                found.refused[number] = _told(known, [*ring[at:], *ring[:at]])
            way = way[: way.index(here)]
        for number in way:
            text = _("They report to line %(line)d, which is refused.")
            found.refused.setdefault(number, text % {"line": found.manager_of.get(number, here)})


def _told(known: dict[int, ManagedLine], ring: Sequence[int]) -> str:
    name = known[ring[0]].name
    if len(ring) == 1:
        return _("“%(name)s” reports to themselves.") % {"name": name}
    text = _("“%(name)s” reports to “%(above)s” (line %(line)d)")
    text = text % {"name": name, "above": known[ring[1]].name, "line": ring[1]}
    for number in ring[2:10]:
        text += _(", who reports to “%(above)s” (line %(line)d)") % {"above": known[number].name, "line": number}
    return text + _(", who reports to “%(name)s”.") % {"name": name}


def _unit_names(lines: Sequence[ManagedLine], found: Derived) -> dict[int, str]:
    """What the unit of each line is called; those of nobody, who manage nobody, have none."""
    managing = {found.manager_of[line.number] for line in lines if line.number in found.manager_of}
    count = Counter(fold(line.name) for line in lines if line.number in managing)
    teams = {}
    for line in lines:
        if line.number in managing:
            again = count[fold(line.name)] > 1 and line.keys
            teams[line.number] = f"{line.name} ({line.keys[0]})" if again else line.name
    names = {}
    for line in lines:
        leader = line.number if line.number in teams else found.manager_of.get(line.number)
        if line.unit:
            names[line.number] = line.unit
        elif leader is not None:
            names[line.number] = _("Team of %(name)s") % {"name": teams[leader]}
    return names


def _place_units(lines: Sequence[ManagedLine], names: dict[int, str], found: Derived) -> None:
    """Each unit below that of the managers outside it; the first line that says where speaks for it."""
    above: dict[str, ManagedLine] = {}
    members: dict[str, list[ManagedLine]] = defaultdict(list)
    for line in lines:
        if line.number in names:
            members[fold(names[line.number])].append(line)
    for unit, people in members.items():
        for line in people:
            manager = found.manager_of.get(line.number)
            if manager is None or fold(names.get(manager, "")) in {unit, ""}:
                continue
            first = above.setdefault(unit, line)
            place, other = names[found.manager_of[first.number]], names[manager]
            if fold(place) != fold(other):
                text = _("Line %(line)d puts “%(unit)s” below “%(place)s”, this line below “%(other)s”.")
                said = {"line": first.number, "unit": names[line.number], "place": place, "other": other}
                found.refused.setdefault(line.number, text % said)
    for unit, people in members.items():
        speaker = above.get(unit, people[0])
        manager = found.manager_of.get(speaker.number) if unit in above else None
        parent = names[manager] if manager is not None else None
        found.units.append(UnitLine(speaker.number, names[speaker.number], parent=parent))
        found.unit_of |= {line.number: speaker.number for line in people if line.number not in found.refused}
