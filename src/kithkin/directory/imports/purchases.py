"""Importing what people and accounts bought."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.directory.events.imports import PurchasesImported
from kithkin.directory.imports.lookups import Accounts, Persons, Unfit, first_with
from kithkin.directory.models import Purchase
from kithkin.directory.rules.imports import may_import
from kithkin.platform.imports import values
from kithkin.platform.imports.lines import Change, Create, Line, Planned, Problem, changed
from kithkin.platform.registries.imports import Field, ImportKind, Setting

Key = tuple[Any, ...]


def _currency(cell: str) -> str:
    known = {"€": "EUR", "$": "USD", "£": "GBP", "euro": "EUR"}
    code = known.get(cell.lower(), cell.upper())
    if not re.fullmatch(r"[A-Z]{3}", code, re.ASCII):
        raise values.BadValue(_("This is no currency."), _("Write its three letters, like EUR."))
    return code


FIELDS: tuple[Field, ...] = (
    Field(
        "number", gettext_lazy("Number"), values.text(80), clears=False,
        synonyms=("id", "order number", "invoice", "order", "bestellnummer", "rechnung", "rechnungsnummer"),
    ),
    Field(
        "person", gettext_lazy("Person"), values.text(254), clears=False, looks_like=values.looks_like_email,
        synonyms=("buyer", "e-mail", "email", "customer", "person number", "käufer", "kunde", "contact"),
    ),
    Field(
        "account", gettext_lazy("Account"), values.text(200), clears=False,
        synonyms=("company", "customer number", "account number", "firma", "kundennummer", "unternehmen"),
    ),
    Field(
        "at", gettext_lazy("When"), values.moment, looks_like=values.looks_like_day, clears=False, required=True,
        synonyms=("date", "order date", "purchased", "datum", "bestelldatum", "kaufdatum", "zeit", "bought at"),
    ),
    Field(
        "what", gettext_lazy("What"), values.text(200), clears=False, required=True,
        synonyms=("product", "item", "article", "service", "produkt", "artikel", "leistung", "description", "ware"),
    ),
    Field(
        "amount", gettext_lazy("Amount"), values.amount, looks_like=values.looks_like_number,
        synonyms=("price", "total", "sum", "betrag", "preis", "summe", "umsatz", "revenue", "value"),
    ),
    Field("currency", gettext_lazy("Currency"), _currency, ("währung", "currency code")),
)  # fmt: skip


class PurchasePlanner:
    """A purchase is known by its number, else by who bought what, when and for how much."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._seen: dict[Key, int] = {}

    def same(self, line: Line, *, claims: bool = True) -> int | None:
        """An earlier line with the number, or with everything else alike."""
        given = line.values
        key: Key = (given["number"],) if "number" in given else tuple(sorted(line.texts.items()))
        earlier = first_with(self._seen, key, line.number, claims=claims)
        return None if earlier == line.number else earlier

    def plan(self, lines: Sequence[Line]) -> Sequence[Planned]:
        """A chunk of lines, with at most six queries."""
        read = self._setting.read
        persons = Persons("person", (line.values.get("person", "") for line in lines))
        accounts = Accounts("account", (line.values.get("account", "") for line in lines))
        numbers = {line.values["number"] for line in lines if "number" in line.values}
        moments = {line.values["at"] for line in lines if "number" not in line.values and "at" in line.values}
        known: dict[Key, Purchase] = {}
        if numbers:
            known |= {(one.number,): one for one in read(Purchase.objects.filter(number__in=numbers))}
        if moments:
            known |= {_key(one): one for one in read(Purchase.objects.filter(at__in=moments, number=""))}
        return [self._line(line, persons, accounts, known) for line in lines]

    def _line(self, line: Line, persons: Persons, accounts: Accounts, known: dict[Key, Purchase]) -> Planned:
        found = known.get((line.values["number"],)) if "number" in line.values else None
        after, problems = _after(line, found, persons, accounts)
        if problems:
            return Planned(problems=tuple(problems))
        if found is None and not after.number:
            found = known.get(_key(after))
            if found:
                after.pk = found.pk
        if found is None:
            return Planned((Create(after),), subject=after.person)
        fields = changed(found, after)
        writes = (Change(found, after, fields),) if fields else ()
        return Planned(writes, subject=after.person, target=found)


def _key(one: Purchase) -> Key:
    return (one.person_id, one.account_id, one.at, one.what, one.amount, one.currency)


def _after(
    line: Line, found: Purchase | None, persons: Persons, accounts: Accounts
) -> tuple[Purchase, Sequence[Problem]]:
    after = copy.copy(found) if found else Purchase()
    given = line.values
    problems = []
    try:
        after.person = persons.find(given["person"]) if "person" in given else after.person
    except Unfit as unfit:
        problems.append(unfit.problem)
    try:
        after.account = accounts.find(given["account"]) if "account" in given else after.account
    except Unfit as unfit:
        problems.append(unfit.problem)
    unsure = problems or line.unread & {"number", "person", "account"}
    if after.person_id is None and after.account_id is None and not unsure:
        problems.append(Problem("person", _("Who bought it is not said."), _("Give a person or an account.")))
    for key in ("number", "at", "what", "amount", "currency"):
        if key in given:
            setattr(after, key, given[key])
        elif key in line.cleared:
            setattr(after, key, None if key == "amount" else "")
    for key, said in (("at", _("When it was bought is not said.")), ("what", _("What was bought is not said."))):
        if not getattr(after, key) and "number" not in line.unread:
            problems.append(Problem(key, said, _("Add it.")))
    return after, problems


PURCHASES = ImportKind(
    "purchases",
    gettext_lazy("Purchases"),
    gettext_lazy("Each line is something bought: by whom, what and when, and best its order number."),
    allowed=may_import,
    fields=lambda _user: FIELDS,
    planner=PurchasePlanner,
    models=(Purchase,),
    imported=lambda import_id, count: PurchasesImported(import_id=import_id, count=count),
    position=30,
)
