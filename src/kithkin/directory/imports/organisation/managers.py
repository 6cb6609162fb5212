"""Importing the organisation from its people: each line is somebody with their manager, and perhaps their unit."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.events.organisation import OrganisationImported
from kithkin.directory.imports.lookups import Persons, Unfit
from kithkin.directory.imports.organisation.lines import Derived, ManagedLine, derive
from kithkin.directory.imports.organisation.places import NO_PLACE, place
from kithkin.directory.imports.organisation.writes import Writes
from kithkin.directory.models import Membership, Person, Unit, UnitPeriod
from kithkin.directory.models.days import on_day, today
from kithkin.directory.queries.organisation import hold_still, tree_on, whole_history
from kithkin.directory.rules.imports import may_import
from kithkin.platform.imports import values
from kithkin.platform.imports.lines import Change, Create, Line, Planned, Problem, Write, changed
from kithkin.platform.registries.imports import Field, ImportKind, Setting

FIELDS: tuple[Field, ...] = (
    Field(
        "name", gettext_lazy("Name"), values.text(200), clears=False, required=True,
        synonyms=("employee", "full name", "person", "mitarbeiter", "mitarbeiterin"),
    ),
    Field(
        "number", gettext_lazy("Number"), values.text(80), clears=False,
        synonyms=("id", "employee number", "employee id", "personalnummer", "nummer", "personalnr"),
    ),
    Field(
        "email", gettext_lazy("E-mail"), values.email, ("mail", "email address", "e-mail-adresse"),
        looks_like=values.looks_like_email, clears=False,
    ),
    Field(
        "manager", gettext_lazy("Manager"), values.text(200), clears=False,
        synonyms=("manager", "reports to", "manager id", "manager email", "supervisor", "vorgesetzte", "vorgesetzter"),
    ),
    Field(
        "unit", gettext_lazy("Unit"), values.text(200), clears=False,
        synonyms=("department", "team", "abteilung", "einheit"),
    ),
    Field("title", gettext_lazy("Title"), values.text(120), ("job title", "position", "funktion"), clears=False),
)  # fmt: skip


class ManagerPlanner:
    """The file is the whole line of reporting; who is in it must be in the directory."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def same(self, line: Line, *, claims: bool = True) -> int | None:  # noqa: ARG002 (told by number and e-mail in `plan`)
        """Never: a person of two lines is told by the membership."""
        return None

    def plan(self, lines: Sequence[Line]) -> Sequence[Planned]:
        """The whole file, with seven queries."""
        if self._setting.running:
            hold_still()
        persons, refused = self._persons(lines)
        derived = derive([managed_line(line) for line in lines if line.number not in refused])
        places = place(derived.units, tree_on(today()))
        writes = Writes(whole_history(), places.placed, {}, today())
        read = self._setting.read
        units = {unit.pk: unit for unit in read(Unit.objects.filter(pk__in=writes.units()))}
        by_line = writes.by_line(units, read(UnitPeriod.objects.filter(unit_id__in=units)))
        refused |= derived.refused | places.refused | writes.refused
        for number, unit in derived.unit_of.items():
            if unit in refused:
                refused.setdefault(number, str(NO_PLACE))
        ids = [person.pk for person in persons.values()]
        locked = {person.pk: person for person in read(Person.objects.filter(pk__in=ids))}
        persons = {number: locked[person.pk] for number, person in persons.items()}
        work = _Work(derived, writes, persons, self._memberships(ids))
        return [
            Planned(problems=(Problem("", refused[line.number]),))
            if line.number in refused
            else work.planned(line, by_line.get(line.number, ()))
            for line in lines
        ]

    def _persons(self, lines: Sequence[Line]) -> tuple[dict[int, Person], dict[int, str]]:
        texts = [line.values[key] for line in lines for key in ("number", "email") if key in line.values]
        known = Persons("", texts)
        persons: dict[int, Person] = {}
        taken: dict[int, int] = {}
        refused: dict[int, str] = {}
        for line in lines:
            text = line.values.get("number") or line.values.get("email", "")
            if not text:
                refused[line.number] = _("Neither number nor e-mail address says who this is.")
                continue
            try:
                person = known.find(text)
            except Unfit as unfit:
                refused[line.number] = f"{unfit.problem.reason} {unfit.problem.remedy}"
                continue
            if person.pk in taken:
                refused[line.number] = _("Line %(line)d is about the same person.") % {"line": taken[person.pk]}
                continue
            taken[person.pk], persons[line.number] = line.number, person
        return persons, refused

    def _memberships(self, persons: Sequence[int]) -> dict[int, list[Membership]]:
        rows = self._setting.read(Membership.objects.filter(on_day(today()), person_id__in=persons))
        found: dict[int, list[Membership]] = {}
        for row in rows:
            found.setdefault(row.person_id, []).append(row)
        return found


class _Work:
    """Where each line's person works from today on, and under whom."""

    def __init__(
        self,
        derived: Derived,
        writes: Writes,
        persons: Mapping[int, Person],
        present: Mapping[int, Sequence[Membership]],
    ) -> None:
        self.derived, self.persons, self.present, self.day = derived, persons, present, today()
        self.units = {one.line: writes.unit(one) for one in writes.placed}

    def planned(self, line: Line, units: Sequence[Write]) -> Planned:
        """What the line does, with the writes of the unit that it speaks for."""
        try:
            return Planned((*units, *self.of(line)), subject=self.persons[line.number])
        except Unfit as unfit:
            return Planned(problems=(unfit.problem,))

    def of(self, line: Line) -> list[Write]:
        """The memberships that end, begin or change; and that the person is kin."""
        person, unit = self.persons[line.number], self.units.get(self.derived.unit_of.get(line.number, 0))
        if unit is None:
            return []
        manager = self.persons.get(self.derived.manager_of.get(line.number, 0))
        wanted = Membership(person=person, since=self.day, manager=manager, title=line.values.get("title", ""))
        if isinstance(unit, int):
            wanted.unit_id = unit
        else:
            wanted.unit = unit
        writes = self._instead(
            wanted,
            list(self.present.get(person.pk, ())),
            keep_title="title" not in line.values,
            new_unit=isinstance(unit, Unit),
        )
        if not person.is_kin:
            after = copy.copy(person)
            after.is_kin = True
            writes.append(Change(person, after, frozenset({"is_kin"})))
        return writes

    def _instead(
        self, wanted: Membership, present: Sequence[Membership], *, keep_title: bool, new_unit: bool
    ) -> list[Write]:
        """`wanted` instead of the one present membership; several are somebody's own arrangement and are left alone."""
        if len(present) > 1:
            return []
        if not present:
            return [Create(wanted)]
        (old,) = present
        wanted.kind, wanted.until = old.kind, old.until
        wanted.title = old.title if keep_title else wanted.title
        same = (old.unit_id, old.manager_id, old.title) == (wanted.unit_id, wanted.manager_id, wanted.title)
        if same:
            return []
        if old.since == self.day and new_unit:
            text = _("Their work in another unit begins today: move them on their page, or take this line in tomorrow.")
            raise Unfit(Problem("", text))
        if old.since == self.day:
            wanted.pk, wanted.version, wanted.created_at = old.pk, old.version, old.created_at
            return [Change(old, wanted, changed(old, wanted) | {"unit"})]
        ended = copy.copy(old)
        ended.until = self.day
        return [Change(old, ended, frozenset({"until"})), Create(wanted)]


def managed_line(line: Line) -> ManagedLine:
    """What the line says."""
    keys = tuple(line.values[key] for key in ("number", "email") if key in line.values)
    said = line.values
    return ManagedLine(line.number, said.get("name", ""), keys, said.get("manager", ""), said.get("unit", ""))


MANAGERS = ImportKind(
    "managers",
    gettext_lazy("Organisation by managers"),
    gettext_lazy(
        "Each line is somebody of the directory with their manager: units and reporting lines follow from that."
    ),
    allowed=may_import,
    fields=lambda _user: FIELDS,
    planner=ManagerPlanner,
    models=(Unit, UnitPeriod, Person, Membership),
    imported=lambda import_id, count: OrganisationImported(import_id=import_id, count=count),
    whole=True,
    position=40,
)
