"""The list of 500,000 people on SQLite: the first page, one far behind, other orders, searches, by two readers.

Each is measured against the first page of the same list with 500 people: what pages in constant time stays near it.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

_MANY, _FEW = 500_000, 500
_TURNS = 5
_BUDGET = 12.0
_SEARCH_BUDGET = 40.0
"""A search for a word inside names passes over the whole index of names: not constant, but quick."""


def run() -> list[tuple[str, float, float]]:
    """(name, ratio, budget) of each page."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KITHKIN_HOME"] = folder
        os.environ.pop("DATABASE_URL", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kithkin.config.settings")
        os.environ["KITHKIN_LOG_LEVEL"] = "ERROR"
        return list(_measured())


def _measured() -> Iterator[tuple[str, float, float]]:
    import django  # noqa: PLC0415 (settings read the environment)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    readers = _company()
    _people(0, _FEW)
    few = {name: _seconds(reader, "") for name, reader in readers.items()}
    _people(_FEW, _MANY)
    for name, reader in readers.items():
        for label, query, budget in _questions(reader):
            took = _seconds(reader, query)
            print(f"    {name}, {label}: {1000 * took:.0f} ms (500 people: {1000 * few[name]:.0f} ms)")
            yield f"people, {name}, {label}, 500,000 rows", took / few[name], budget


def _questions(reader: Any) -> list[tuple[str, str, float]]:
    return [
        ("first page", "", _BUDGET),
        ("far behind by name", f"after={_far(reader)}", _BUDGET),
        ("by e-mail", "sort=email", _BUDGET),
        ("last change first", "sort=-changed", _BUDGET),
        ("kin only", "side=kin", _BUDGET),
        ("search: an address", "q=p499000@", _BUDGET),
        ("search: a number", "q=C0450000", _SEARCH_BUDGET),
        ("search: a phone", "q=5550450000", _SEARCH_BUDGET),
        ("search: the beginning of a name", "q=zoe", _SEARCH_BUDGET),
        ("search: two words", "q=zoe+weber", _SEARCH_BUDGET),
        ("search: nobody", "q=xxxxyz", _SEARCH_BUDGET),
    ]


def _company() -> dict[str, Any]:
    """An administrator, a program manager of a large part, and a head of a small one."""
    from kithkin.directory.models import Account, Unit, UnitPeriod  # noqa: PLC0415
    from kithkin.platform.models import Role, RoleGrant, User  # noqa: PLC0415

    for name in ("Large", "Small"):
        unit = Unit.objects.create(name=name)
        UnitPeriod.objects.create(unit=unit, name=name, since=date(2020, 1, 1))
        for number in range(50):
            Account.objects.create(name=f"{name} account {number}", unit=unit)
    grants = {
        "administrator": (Role.ADMINISTRATOR, None),
        "manager of a large part": (Role.PROGRAM_MANAGER, "Large"),
        "head of a small part": (Role.DEPARTMENT_HEAD, "Small"),
    }
    made = {}
    for name, (role, over) in grants.items():
        made[name] = User.objects.create_user(f"{name.replace(' ', '-')}@company.example", name=name)
        scope = Unit.objects.get(name=over).pk if over else None
        RoleGrant.objects.create(user=made[name], role=role, scope_id=scope)
    return made


def _people(first: int, last: int) -> None:
    """3 in 5 tied to accounts of the large part, 1 in 500 to one of the small; 1 in 100 is kin."""
    from kithkin.directory.models import Account, Membership, Person, Tie, Unit  # noqa: PLC0415

    draw = random.Random(first)
    firsts = ("Ada", "Bela", "Carlos", "Dilek", "Émile", "Fatou", "Hana", "Ivo", "Kofi", "Lena", "Malik", "Nora", "Zoe")
    begun, ended = ("Web", "Ost", "Sil", "Mor", "Dia", "Nov", "Fis", "Had"), ("er", "son", "mann", "ström", "ini")
    lasts = [begin + end for begin in begun for end in ended]
    accounts = {name: list(Account.objects.filter(unit__name=name)) for name in ("Large", "Small")}
    small = Unit.objects.get(name="Small")
    for start in range(first, last, 5000):
        batch = [
            Person(
                name=f"{draw.choice(firsts)} {draw.choice(lasts)} {number}",
                email=f"p{number}@customer.example",
                phone=f"555{number:07}",
                external_id=f"C{number:07}",
                is_kith=number % 100 != 0,
                is_kin=number % 100 == 0,
            )
            for number in range(start, min(start + 5000, last))
        ]
        for person in batch:
            person.normalise()
        Person.objects.bulk_create(batch)
        ties, stays = [], []
        for person in batch:
            number = int(person.external_id[1:])
            if number % 500 == 1:
                ties.append(Tie(person=person, kind="buyer", account=draw.choice(accounts["Small"])))
            elif number % 5 < 3 and person.is_kith:
                ties.append(Tie(person=person, kind="buyer", account=draw.choice(accounts["Large"])))
            elif person.is_kin and number % 1000 == 0:
                stays.append(Membership(person=person, unit=small, since=date(2024, 1, 1)))
        Tie.objects.bulk_create(ties)
        Membership.objects.bulk_create(stays)


def _page(reader: Any, query: str) -> Any:
    from django.http import HttpRequest, QueryDict  # noqa: PLC0415

    from kithkin.directory.queries.people import people_visible_to  # noqa: PLC0415
    from kithkin.directory.queries.people_list import rows_for, with_places  # noqa: PLC0415
    from kithkin.directory.views.people.list import listing_for  # noqa: PLC0415
    from kithkin.platform.acting import Path, acting  # noqa: PLC0415

    request = HttpRequest()
    request.GET, request.user = QueryDict(query), reader
    with acting(reader, Path.PAGE):
        page = listing_for(reader).page(with_places(people_visible_to(reader)), request)
        rows_for(reader, page.rows)
    return page


def _far(reader: Any) -> str:
    """The key of a page in the middle of the names."""
    from kithkin.directory.queries.people import people_visible_to  # noqa: PLC0415
    from kithkin.platform.listing import _encoded  # noqa: PLC0415 (the key that a link would carry)

    middle = people_visible_to(reader).filter(name_folded__gte="lena").order_by("name_folded", "pk")[0]
    return _encoded(middle, "name_folded")


def _seconds(reader: Any, query: str, ask: Callable[[Any, str], Any] = _page) -> float:
    took = []
    for _ in range(_TURNS):
        began = time.perf_counter()
        ask(reader, query)
        took.append(time.perf_counter() - began)
    return statistics.median(took)
