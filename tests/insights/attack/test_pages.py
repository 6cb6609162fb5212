"""Readers collude: an analyst and two heads pool everything that the pages show, and solve it as a linear system.

No group of one to four people may follow from it, by subtraction of units, months, spans or parts; where nothing was
promised the same attack succeeds, so it is no weak one.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from django.urls import reverse

from kithkin.directory.models import Side, UnitKind
from tests.cast import make_unit
from tests.insights.attack.reading import Equation, bounds, overall_of, rows_of
from tests.insights.listening import heard, inside, program, said

MONTHS = ("2026-05", "2026-06", "2026-07")
FLOOR = 5


@pytest.fixture
def places(cast):
    """Seven units below three departments: leaves and those who belong to a department itself."""
    sales = make_unit("Sales", cast.company)
    made = {"IT": cast.it, "Support": cast.support, "Logistics": cast.logistics, "Sales": sales}
    for name, parent in (("Network", cast.it), ("Fleet", cast.logistics), ("Shop", sales)):
        made[name] = make_unit(name, parent, kind=UnitKind.TEAM)
    return made


BELOW = {
    "IT": {"IT", "Support", "Network"}, "Logistics": {"Logistics", "Fleet"}, "Sales": {"Sales", "Shop"},
    "Support": {"Support"}, "Network": {"Network"}, "Fleet": {"Fleet"}, "Shop": {"Shop"},
}  # fmt: skip
DEPARTMENTS = ("IT", "Logistics", "Sales")


def answers(places, seed):
    rng = np.random.default_rng(seed)
    sizes = {(unit, month): int(rng.integers(0, 13)) for unit in places for month in MONTHS}
    rows = [
        said(month, int(rng.integers(1, 6)), places[unit].pk) for (unit, month), n in sizes.items() for _ in range(n)
    ]
    return sizes, rows


def spans():
    return [(MONTHS[i], MONTHS[j]) for i in range(len(MONTHS)) for j in range(i, len(MONTHS))]


def gathered(visit, places, made):
    """Every equation that the three read: by unit and department, every span, every filter by place."""
    known = set()
    for name in ("anna", "dora", "donald"):
        client = visit(name)
        for first, last in spans():
            months = [month for month in MONTHS if first <= month <= last]
            for inside_of in ("", *(places if name == "anna" else ())):
                where = {"in.unit": places[inside_of].pk} if inside_of else {}
                reach = _reach(name, inside_of)
                for by in ("unit", "unit-department"):
                    asked = {"program": made.pk, "from": first, "to": last, "by": by, **where}
                    page = client.get(reverse("scores"), asked).content.decode()
                    n = overall_of(page)
                    if n is not None and reach:
                        known.add(Equation(frozenset((unit, month) for unit in reach for month in months), n))
                    for label, count in rows_of(page).items() if by else ():
                        units = ({label} if by == "unit" else BELOW[label]) & reach if label in places else set()
                        if units:
                            known.add(Equation(frozenset((unit, month) for unit in units for month in months), count))
    return known


def _reach(name, inside_of):
    own = {"anna": set(BELOW), "dora": BELOW["IT"], "donald": BELOW["Logistics"]}[name]
    return own & BELOW[inside_of] if inside_of else own


def isolated(sizes, known, most=None):
    """Groups (one unit or two, in one month or two) whose number of people follows and is below the floor.

    The search ends at `most` of them.
    """
    atoms = set(sizes)
    groups = [frozenset({atom}) for atom in atoms]
    groups += [
        frozenset(pair)
        for pair in combinations(sorted(atoms), 2)
        if pair[0][1] == pair[1][1] or pair[0][0] == pair[1][0]
    ]
    found = []
    for group in groups:
        if len(found) == most:
            break
        n = sum(sizes[atom] for atom in group)
        if 0 < n < FLOOR and bounds(atoms, known, group) == (n, n):
            found.append((sorted(group), n))
    return found


@pytest.mark.parametrize("seed", [1])
def test_no_small_group_follows_from_all_that_is_shown(cast, visit, places, seed):
    sizes, rows = answers(places, seed)
    made = inside()
    heard(made, rows)
    known = gathered(visit, places, made)
    assert len(known) > 10  # something is shown
    assert isolated(sizes, known) == []


def test_the_same_attack_succeeds_where_nothing_was_promised(cast, visit, places):
    sizes, rows = answers(places, 1)
    made = program("Colleagues", Side.KIN, measures="engagement", high=5, identity="identified")
    heard(made, rows)
    assert len(isolated(sizes, gathered(visit, places, made), most=4)) == 4
