"""People and accounts in the search over everything, the best first: it is the text, begins with it, has a word so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from kithkin.directory.queries.accounts import accounts_visible_to, search_accounts
from kithkin.directory.queries.people import people_visible_to, profiles_visible_to
from kithkin.directory.queries.people_found import begins, exactly, search_people
from kithkin.directory.queries.people_list import PersonRow, rows_for, with_places
from kithkin.platform.models import User
from kithkin.platform.registries.search import Hit
from kithkin.platform.text import fold

M = TypeVar("M", bound=Model)


def find_people(user: User, text: str, limit: int) -> Sequence[Hit]:
    """Whom the user sees: address or number first, then names that begin so, then words of names."""
    profiles = profiles_visible_to(user)
    people = with_places(people_visible_to(user))
    steps = (
        lambda: people.filter(exactly(text, profiles)),
        lambda: people.filter(begins("name_folded", fold(text))) if fold(text) else people.none(),
        lambda: search_people(people, text, profiles),
    )
    found = _best(steps, limit)
    return [
        Hit(row.person.name, _line(row), reverse("person", args=[row.person.pk]), row.side)
        for row in rows_for(user, found)
    ]


def find_accounts(user: User, text: str, limit: int) -> Sequence[Hit]:
    """The accounts that the user sees: number first, then names that begin so, then words of names."""
    accounts = accounts_visible_to(user).select_related("unit")
    steps = (
        lambda: accounts.filter(Q(number=text)),
        lambda: accounts.filter(begins("name_folded", fold(text))) if fold(text) else accounts.none(),
        lambda: search_accounts(accounts, text),
    )
    return [
        Hit(one.name, one.unit.name if one.unit else one.industry, reverse("account", args=[one.pk]), "kith")
        for one in _best(steps, limit)
    ]


def _best(steps: Iterable[Callable[[], QuerySet[M]]], limit: int) -> list[M]:
    """The first `limit` of these questions, in their order, none twice; later ones are asked only if need be."""
    found: dict[int, M] = {}
    for ask in steps:
        if len(found) < limit:
            for one in ask().order_by("name_folded", "pk")[:limit]:
                found.setdefault(one.pk, one)
    return list(found.values())[:limit]


def _line(row: PersonRow) -> str:
    parts = [*row.titles, *(unit.name for unit in row.units)]
    if row.profile:
        parts += [account.name for account in row.accounts]
    if row.person.email:
        parts.append(row.person.email)
    return " · ".join(parts)
