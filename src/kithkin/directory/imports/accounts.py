"""Importing customer organisations."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.events.imports import AccountsImported
from kithkin.directory.imports.lookups import Unfit, Units, first_with
from kithkin.directory.models import Account
from kithkin.directory.models.days import today
from kithkin.directory.rules.imports import may_import
from kithkin.platform.imports import values
from kithkin.platform.imports.lines import Change, Create, Line, Planned, Problem, changed
from kithkin.platform.registries.imports import Field, ImportKind, Setting
from kithkin.platform.text import fold

FIELDS: tuple[Field, ...] = (
    Field(
        "number", gettext_lazy("Customer number"), values.text(60), clears=False,
        synonyms=("id", "number", "account number", "account id", "nummer", "kundennummer", "kundennr", "debitor"),
    ),
    Field(
        "name", gettext_lazy("Name"), values.text(200), clears=False,
        synonyms=("account", "company", "customer", "organisation", "organization", "firma", "unternehmen", "kunde"),
    ),
    Field("industry", gettext_lazy("Industry"), values.text(100), ("sector", "branche", "segment")),
    Field("country", gettext_lazy("Country"), values.country, ("land", "country code", "staat")),
    Field(
        "unit", gettext_lazy("Looked after by"), values.text(200),
        synonyms=("unit", "department", "team", "abteilung", "betreut von", "zuständig", "einheit"),
    ),
)  # fmt: skip


class AccountPlanner:
    """An account is known by its number, else by a name that only one has."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._units = Units("unit", today()) if "unit" in setting.fields else None
        self._numbers: dict[str, int] = {}
        self._names: dict[str, int] = {}

    def same(self, line: Line, *, claims: bool = True) -> int | None:
        """An earlier line with the number, or with the name where one of the two has no number."""
        number, name = line.values.get("number", ""), fold(line.values.get("name", ""))
        seen, key = (self._numbers, number) if number else (self._names, name)
        earlier = first_with(seen, key, line.number, claims=claims) if key else line.number
        return None if earlier == line.number else earlier

    def plan(self, lines: Sequence[Line]) -> Sequence[Planned]:
        """A chunk of lines, with two queries."""
        numbers = {line.values["number"] for line in lines if "number" in line.values}
        names = {fold(line.values["name"]) for line in lines if "name" in line.values}
        read = self._setting.read
        by_number = {one.number: one for one in read(Account.objects.filter(number__in=numbers))} if numbers else {}
        by_name: dict[str, list[Account]] = defaultdict(list)
        for one in read(Account.objects.filter(name_folded__in=names)):
            by_name[one.name_folded].append(one)
        return [self._line(line, by_number, by_name) for line in lines]

    def _line(self, line: Line, by_number: dict[str, Account], by_name: dict[str, list[Account]]) -> Planned:
        found, after, problems = None, Account(), []
        try:
            found = self._found(line, by_number, by_name)
            after = copy.copy(found) if found else Account()
            self._name(line, after)
        except Unfit as unfit:
            problems.append(unfit.problem)
        try:
            self._fill(line, after)
        except Unfit as unfit:
            problems.append(unfit.problem)
        if problems:
            return Planned(problems=tuple(problems))
        if found is None:
            return Planned((Create(after),))
        fields = changed(found, after)
        return Planned((Change(found, after, fields),) if fields else (), target=found)

    def _found(self, line: Line, by_number: dict[str, Account], by_name: dict[str, list[Account]]) -> Account | None:
        number, name = line.values.get("number", ""), fold(line.values.get("name", ""))
        if number in by_number:
            return by_number[number]
        named = [one for one in by_name.get(name, ()) if not (number and one.number)]
        if len(named) > 1:
            raise Unfit(Problem("name", _("Several accounts have this name."), _("Give the customer number.")))
        return named[0] if named else None

    def _name(self, line: Line, after: Account) -> None:
        after.name = line.values.get("name", after.name)
        if not after.name and "number" not in line.unread:
            raise Unfit(Problem("name", _("There is no name, and no account of this number yet."), _("Add a name.")))

    def _fill(self, line: Line, after: Account) -> None:
        for key in ("industry", "country"):
            if key in line.values:
                setattr(after, key, line.values[key])
            elif key in line.cleared:
                setattr(after, key, "")
        after.number = after.number or line.values.get("number", "")
        after.name_folded = fold(after.name)
        if "unit" in line.values and self._units:
            after.unit_id = self._units.find(line.values["unit"])
        elif "unit" in line.cleared:
            after.unit_id = None


ACCOUNTS = ImportKind(
    "accounts",
    gettext_lazy("Accounts"),
    gettext_lazy("Each line is a customer organisation: a name, and best its customer number."),
    allowed=may_import,
    fields=lambda _user: FIELDS,
    planner=AccountPlanner,
    models=(Account,),
    imported=lambda import_id, count: AccountsImported(import_id=import_id, count=count),
    position=20,
)
