"""Finding what a line speaks of: accounts, units and people, by their numbers or else by names that are unique."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kithkin.directory.models import Account, Person, UnitPeriod
from kithkin.directory.models.days import on_day
from kithkin.directory.models.people import normal_email
from kithkin.platform.imports.lines import Problem
from kithkin.platform.text import fold

K = TypeVar("K")


class Unfit(Exception):
    """The line cannot be taken: `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


def first_with(seen: dict[K, int], key: K, number: int, *, claims: bool) -> int:
    """The line that first had this key: this very line where none had, which then has it if it claims it."""
    return seen.setdefault(key, number) if claims else seen.get(key, number)


class Units:
    """The units of today, by code or by name."""

    def __init__(self, field: str, today: date) -> None:
        self._field = field
        open_today = UnitPeriod.objects.filter(on_day(today))
        self._by_code: dict[str, int] = {}
        self._by_name: dict[str, set[int]] = defaultdict(set)
        for unit_id, code, name in open_today.values_list("unit_id", "unit__code", "name"):
            if code:
                self._by_code[fold(code)] = unit_id
            self._by_name[fold(name)].add(unit_id)

    def among(self, text: str) -> set[int]:
        """The ids of the units that it may be: the one of this code, or all of this name."""
        folded = fold(text)
        if folded in self._by_code:
            return {self._by_code[folded]}
        return self._by_name.get(folded, set())

    def find(self, text: str) -> int:
        """The unit's id; `Unfit` where there is none or more than one."""
        named = self.among(text)
        if len(named) == 1:
            return next(iter(named))
        reason = _("There is no unit of this name or code today.") if not named else _("Several units have this name.")
        raise Unfit(Problem(self._field, reason, _("Write the unit's code.")))


class Accounts:
    """The accounts that some lines name, by customer number or by name."""

    def __init__(self, field: str, texts: Iterable[str], among: QuerySet[Account] | None = None) -> None:
        self._field = field
        wanted = {text for text in texts if text}
        accounts = Account.objects.all() if among is None else among
        self._by_number = {one.number: one for one in accounts.filter(number__in=wanted).exclude(number="")}
        self._by_name: dict[str, list[Account]] = defaultdict(list)
        for one in accounts.filter(name_folded__in={fold(text) for text in wanted}):
            self._by_name[one.name_folded].append(one)

    def find(self, text: str) -> Account:
        """The account; `Unfit` where there is none or more than one."""
        if text in self._by_number:
            return self._by_number[text]
        named = self._by_name.get(fold(text), [])
        if len(named) == 1:
            return named[0]
        if named:
            raise Unfit(Problem(self._field, _("Several accounts have this name."), _("Write the customer number.")))
        reason = _("There is no account of this number or name.")
        raise Unfit(Problem(self._field, reason, _("Import the accounts first, or correct it.")))


class Persons:
    """The people whom some lines name, by number or by e-mail address."""

    def __init__(self, field: str, texts: Iterable[str]) -> None:
        self._field = field
        wanted = {text for text in texts if text}
        present = Person.objects.filter(merged_into__isnull=True)
        self._by_number = {one.external_id: one for one in present.filter(external_id__in=wanted - {""})}
        self._by_email: dict[str, list[Person]] = defaultdict(list)
        for one in present.filter(email_normal__in={normal_email(text) for text in wanted if "@" in text}):
            self._by_email[one.email_normal].append(one)

    def find(self, text: str) -> Person:
        """The person; `Unfit` where there is none or more than one."""
        if text in self._by_number:
            return self._by_number[text]
        found = self._by_email.get(normal_email(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise Unfit(Problem(self._field, _("Several people have this e-mail address."), _("Write the number.")))
        reason = _("There is nobody with this number or e-mail address.")
        raise Unfit(Problem(self._field, reason, _("Import the people first, or correct it.")))
