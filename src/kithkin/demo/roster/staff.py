"""The people inside."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kithkin.demo.roster.names import Names, address_of
from kithkin.demo.roster.organisation import BRANCHES, REGIONS, code_of
from kithkin.demo.structure import DEPARTMENTS

SIZE = 1250
DOMAIN = "harbourstreet.example"
PASSWORD = "kithkin demo"  # noqa: S105 (printed by `make demo`, for a server that listens on this machine alone)
_TITLES = {
    "IT": ("Support engineer", "Systems engineer", "Developer", "Till technician"),
    "Contact centre": ("Advisor", "Senior advisor", "Shift lead"),
    "Logistics": ("Picker", "Driver", "Planner"),
    "Field service": ("Technician", "Dispatcher"),
    "Finance": ("Accountant", "Refund clerk", "Controller"),
}
_USUAL = ("Specialist", "Coordinator", "Assistant")
_CLERKS = ("Sales assistant", "Cashier", "Advisor")
_LARGE = {"IT": 26, "Contact centre": 34, "Logistics": 28, "Field service": 18, "Online shop": 14, "Finance": 12}


_FULL = 341
"""So many besides the heads are needed for departments of their whole size."""


@dataclass(frozen=True)
class EmployeePlan:
    """Somebody who works here; `manager` is the number of another employee."""

    number: str
    name: str
    email: str
    unit: str
    title: str
    since: date
    manager: str | None
    is_contractor: bool
    language: str
    weekly_hours: int


def staff(today: date, seed: int = 1, size: int = SIZE) -> tuple[EmployeePlan, ...]:
    """So many people, managers before those who report to them; the first is the managing director."""
    chance = random.Random(f"staff {seed}")
    names, made = Names(chance), []
    for number, (unit, title, head) in enumerate(_places(size), start=1):
        name = names.next()
        made.append(
            EmployeePlan(
                number=f"E{number:04d}",
                name=name,
                email=address_of(name, DOMAIN),
                unit=unit,
                title=title,
                since=today - timedelta(days=chance.randint(40, 2000)),
                manager=head,
                is_contractor=chance.random() < 0.04 and head not in (None, "E0001"),
                language=chance.choices(("en", "de"), (3, 1))[0],
                weekly_hours=chance.choices((40, 32, 20), (7, 2, 1))[0],
            )
        )
    heads: dict[str | None, str] = {
        one.unit: one.number for one in made if one.title.startswith(("Head", "Manager", "Managing"))
    }
    return tuple(replace(one, manager=heads.get(one.manager)) for one in made)


def _places(size: int) -> Iterator[tuple[str, str, str | None]]:
    """Unit, title and the unit whose head is the manager, for each. A small company has small departments."""
    yield "COMPANY", "Managing director", None
    for name in DEPARTMENTS:
        yield code_of(name), f"Head of {name}", "COMPANY"
    for region in REGIONS:
        yield code_of(region), f"Manager region {region}", code_of("Branches")
    branches = [(f"B{number:02d}", code_of(REGIONS[(number - 1) * 4 // BRANCHES])) for number in range(1, BRANCHES + 1)]
    for branch, region in branches:
        yield branch, "Manager of the branch", region
    filled = 1 + len(DEPARTMENTS) + len(REGIONS) + BRANCHES
    full = min((size - filled) / _FULL, 1.0)
    for name in DEPARTMENTS:
        if name == "Branches":
            continue
        titles = _TITLES.get(name, _USUAL)
        for place in range(round(full * _LARGE.get(name, 8))):
            filled += 1
            yield code_of(name), titles[place % len(titles)], code_of(name)
    for place in range(size - filled):
        branch, _ = branches[place % BRANCHES]
        yield branch, _CLERKS[place // BRANCHES % len(_CLERKS)], branch
