"""Importing people, with what ties them to accounts and units, what the company wants to know, and their consent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext_lazy as _

from kithkin.directory.events.imports import PeopleImported
from kithkin.directory.imports.lookups import Accounts, Unfit, Units
from kithkin.directory.imports.people.belonging import Memberships, Ties
from kithkin.directory.imports.people.consents import Consents, purposes_of
from kithkin.directory.imports.people.fields import ATTRIBUTE, KNOWN_BY, OPTIONS, TIED_TO, people_fields
from kithkin.directory.imports.people.kinship import KinshipPlanner
from kithkin.directory.imports.people.matching import Gone, Matches, Seen
from kithkin.directory.imports.people.part import check_number, check_place, covers, part_of, sees
from kithkin.directory.imports.people.person import Asked, plan_person
from kithkin.directory.imports.people.trail import told_attributes
from kithkin.directory.models import Account, AttributeDefinition, Consent, Membership, Person, Tie
from kithkin.directory.models.days import today
from kithkin.directory.queries.people_brought import brought_people
from kithkin.directory.rules.imports import may_import_people
from kithkin.platform.imports.lines import Line, Planned, Write
from kithkin.platform.registries.imports import ImportKind, SecondReading, Setting

Part = Callable[[Line, Person], tuple[Write, ...]]


class PeoplePlanner:
    """Plans what lines about people would do."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._today = today()
        keys = [field.removeprefix(ATTRIBUTE) for field in setting.fields if field.startswith(ATTRIBUTE)]
        self._definitions = {one.key: one for one in AttributeDefinition.objects.filter(key__in=keys)}
        self._purposes = purposes_of(setting.fields)
        self._within = part_of(setting)
        self._units = Units("unit", self._today) if "unit" in setting.fields else None
        self._gone = Gone()
        self._seen = Seen()

    def same(self, line: Line, *, claims: bool = True) -> int | None:
        """An earlier line about the same person."""
        return self._seen.same(line, claims=claims)

    def plan(self, lines: Sequence[Line]) -> Sequence[Planned]:
        """A chunk of lines, with at most eight queries."""
        matches = Matches(lines, self._setting, self._gone, self._within)
        known = matches.people.keys()
        parts: list[Part] = []
        if "account" in self._setting.fields:
            texts = (line.values.get("account", "") for line in lines)
            accounts = Accounts("account", texts, Account.objects.filter(self._within.limit("unit")))
            parts.append(Ties(known, accounts, self._setting).plan)
        if self._units:
            parts.append(Memberships(known, self._units, self._setting, self._today, self._within).plan)
        if self._purposes:
            parts.append(Consents(known, self._purposes, self._setting).plan)
        return [self._line(line, matches, parts) for line in lines]

    def _line(self, line: Line, matches: Matches, parts: Sequence[Part]) -> Planned:
        problems, found = [], None
        unsure = bool(line.unread & KNOWN_BY)
        try:
            found = matches.find(line)
        except Unfit as unfit:
            problems.append(unfit.problem)
            unsure = True
        for check in (check_number, check_place) if not unsure else ():
            try:
                check(self._within, line, found)
            except Unfit as unfit:
                problems.append(unfit.problem)
        asked = Asked(line, found, unsure, self._setting, self._definitions, self._today)
        person, writes, wrong = plan_person(asked)
        problems += wrong
        for part in parts:
            try:
                writes += part(line, person)
            except Unfit as unfit:
                problems.append(unfit.problem)
        if problems:
            return Planned(problems=tuple(problems))
        return Planned(writes, subject=person, target=found)


PEOPLE = ImportKind(
    "people",
    _("People"),
    _("Each line is a person: a name, and best a number or an e-mail address by which they are found again."),
    allowed=may_import_people,
    fields=people_fields,
    planner=PeoplePlanner,
    models=(Person, Membership, Tie, Consent),
    options=OPTIONS,
    imported=lambda import_id, count: PeopleImported(import_id=import_id, count=count),
    told=told_attributes,
    brought=brought_people,
    sees=sees,
    covers=covers,
    second=SecondReading(KinshipPlanner, frozenset({TIED_TO})),
    position=10,
)
