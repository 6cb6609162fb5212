"""The tree of the simulated company, and how it came to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kithkin.demo.structure import BACK_OFFICE, DEPARTMENTS, FRONT_LINE, OPERATIONS

COMPANY = "Harbour Street Stores"
TIME_ZONE = "Europe/Berlin"
"""Where all of it lies."""
BRANCHES = 40
REGIONS = ("North", "East", "South", "West")
DIVISIONS = {"Back office": BACK_OFFICE, "Operations": OPERATIONS, "Front line": FRONT_LINE}


@dataclass(frozen=True)
class UnitPlan:
    """One period of a unit: its code stays, name and parent may change with the next period of the same code."""

    code: str
    name: str
    kind: str
    parent: str | None
    since: date


def code_of(name: str) -> str:
    """A unit's code: "People & culture" → "PEOPLE-CULTURE"."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in name).upper().split())


def organisation(today: date) -> tuple[UnitPlan, ...]:
    """Every period of every unit, parents before children, the earliest first.

    The history: Quality was called Quality control until the middle of last year, the online shop belonged to
    Marketing until this January, and Facilities moves to the back office next year.
    """
    founded = date(today.year - 6, 1, 1)
    plans = [UnitPlan("COMPANY", COMPANY, "division", None, founded)]
    plans += [UnitPlan(code_of(name), name, "division", "COMPANY", founded) for name in DIVISIONS]
    division = {department: code_of(name) for name, members in DIVISIONS.items() for department in members}
    for name in DEPARTMENTS:
        first, parent = name, division[name]
        if name == "Quality":
            first = "Quality control"
        if name == "Online shop":
            parent = code_of("Marketing")
        plans.append(UnitPlan(code_of(name), first, "department", parent, founded))
    for region in REGIONS:
        plans.append(UnitPlan(code_of(region), f"Region {region}", "team", code_of("Branches"), founded))
    for number in range(1, BRANCHES + 1):
        region = REGIONS[(number - 1) * len(REGIONS) // BRANCHES]
        plans.append(UnitPlan(f"B{number:02d}", f"Branch {number:02d}", "site", code_of(region), founded))
    changes = (
        UnitPlan("QUALITY", "Quality", "department", division["Quality"], date(today.year - 1, 7, 1)),
        UnitPlan("ONLINE-SHOP", "Online shop", "department", division["Online shop"], date(today.year, 1, 1)),
        UnitPlan("FACILITIES", "Facilities", "department", code_of("Back office"), date(today.year + 1, 1, 1)),
    )
    return (*plans, *changes)
