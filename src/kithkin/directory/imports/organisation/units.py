"""Importing units: each line is one, with the unit above it or its path."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.events.organisation import OrganisationImported
from kithkin.directory.imports.organisation.places import UnitLine, place, steps
from kithkin.directory.imports.organisation.writes import Writes
from kithkin.directory.models import Unit, UnitKind, UnitPeriod
from kithkin.directory.models.days import today
from kithkin.directory.queries.organisation import hold_still, tree_on, whole_history
from kithkin.directory.rules.imports import may_import
from kithkin.platform.imports import values
from kithkin.platform.imports.lines import Line, Planned, Problem
from kithkin.platform.registries.imports import Field, ImportKind, Setting
from kithkin.platform.text import fold

KINDS = {
    UnitKind.DIVISION.value: ("division", "business unit", "bereich", "sparte"),
    UnitKind.DEPARTMENT.value: ("department", "abteilung", "dept"),
    UnitKind.TEAM.value: ("team", "group", "gruppe"),
    UnitKind.SITE.value: ("site", "location", "standort", "branch", "filiale"),
}
FIELDS: tuple[Field, ...] = (
    Field(
        "name", gettext_lazy("Name"), values.text(200), clears=False,
        synonyms=("unit", "unit name", "department", "department name", "team", "einheit", "abteilung", "bezeichnung"),
    ),
    Field(
        "code", gettext_lazy("Code"), values.text(60), clears=False,
        synonyms=("id", "unit id", "unit code", "number", "cost centre", "cost center", "kürzel", "kostenstelle"),
    ),
    Field(
        "parent", gettext_lazy("Unit above it"), values.text(200),
        synonyms=("parent", "parent id", "parent code", "reports to", "part of", "übergeordnet", "eltern"),
    ),
    Field(
        "path", gettext_lazy("Path"), values.text(2000), clears=False,
        synonyms=("path", "full path", "hierarchy", "pfad", "hierarchie"),
        looks_like=lambda cell: len(steps(cell)) > 1,
    ),
    Field("kind", gettext_lazy("Kind"), values.choice(KINDS), ("type", "level", "art", "typ", "ebene"), clears=False),
    Field(
        "since", gettext_lazy("From when"), values.day, ("from", "since", "valid from", "start", "ab", "seit"),
        looks_like=values.looks_like_day, clears=False,
    ),
)  # fmt: skip


class UnitPlanner:
    """The file is one tree: parents may come after their children, and what has no place is told by name and line."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def same(self, line: Line, *, claims: bool = True) -> int | None:  # noqa: ARG002 (two lines of one unit are told by their places)
        """Never: see `places`."""
        return None

    def plan(self, lines: Sequence[Line]) -> Sequence[Planned]:
        """The whole file, with four queries."""
        if self._setting.running:
            hold_still()
        unit_lines = {line.number: one for line in lines if (one := unit_line(line)) is not None}
        nameless = {line.number for line in lines} - unit_lines.keys()
        taken = dict(Unit.objects.exclude(code="").values_list("code", "name"))
        tree = tree_on(today())
        open_codes = {fold(node.code) for node in tree.nodes.values() if node.code}
        elsewhere = {
            number: _("The code belongs to “%(name)s”, which is not open today.") % {"name": taken[one.code]}
            for number, one in unit_lines.items()
            if one.code in taken and fold(one.code) not in open_codes
        }
        places = place([one for number, one in unit_lines.items() if number not in elsewhere], tree)
        days = {line.number: line.values["since"] for line in lines if "since" in line.values}
        writes = Writes(whole_history(), places.placed, days, today())
        read = self._setting.read
        units = {unit.pk: unit for unit in read(Unit.objects.filter(pk__in=writes.units()))}
        by_line = writes.by_line(units, read(UnitPeriod.objects.filter(unit_id__in=units)))
        refused = places.refused | elsewhere | writes.refused
        refused |= dict.fromkeys(nameless, _("There is no name. Add one, or a path."))
        return [
            Planned(problems=(Problem("", refused[line.number]),))
            if line.number in refused
            else Planned(tuple(by_line.get(line.number, ())))
            for line in lines
        ]


def unit_line(line: Line) -> UnitLine | None:
    """What the line says; None where it names nothing."""
    path = line.values.get("path", "")
    name = line.values.get("name") or (steps(path) or [""])[-1]
    if not name:
        return None
    above = line.values.get("parent", "" if "parent" in line.cleared else None)
    kind = line.values.get("kind", "")
    return UnitLine(line.number, name, line.values.get("code", ""), above, path, kind)


UNITS = ImportKind(
    "organisation",
    gettext_lazy("Organisation"),
    gettext_lazy("Each line is a unit: its name, and the unit above it or a path like Company / IT / Support."),
    allowed=may_import,
    fields=lambda _user: FIELDS,
    planner=UnitPlanner,
    models=(Unit, UnitPeriod),
    imported=lambda import_id, count: OrganisationImported(import_id=import_id, count=count),
    whole=True,
    position=30,
)
