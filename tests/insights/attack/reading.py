"""What an attacker reads off the pages: every figure that anybody was shown, as an equation over unknown groups.

An unknown is how many people of one unit answered in one month. A table row with its n is a sum of unknowns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

ROW = re.compile(r'<th scope="row">(.*?)</th>(.*?)</tr>', re.DOTALL)
FIGURES = re.compile(r'<td class="figure[^"]*">(.*?)</td>', re.DOTALL)
OVERALL = re.compile(r"from ([\d,]+) answers?")
TAGS = re.compile(r"<[^>]+>")
Atom = tuple[str, str]


@dataclass(frozen=True)
class Equation:
    """So many people in these groups together."""

    atoms: frozenset[Atom]
    n: int


def rows_of(page: str) -> dict[str, int]:
    """Label → n of every row that shows one, in the first table of the page."""
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    found = {}
    for label, rest in ROW.findall(table):
        figures = [TAGS.sub("", cell).replace(",", "") for cell in FIGURES.findall(rest)]
        if len(figures) >= 3 and figures[2].isdecimal():
            found[unescape(TAGS.sub("", label)).strip()] = int(figures[2])
    return found


def overall_of(page: str) -> int | None:
    """The n of everybody, where it is shown."""
    found = OVERALL.search(TAGS.sub("", page))
    return int(found.group(1).replace(",", "")) if found else None


def bounds(atoms: Iterable[Atom], known: Iterable[Equation], group: frozenset[Atom]) -> tuple[float, float]:
    """The least and the most people that the group can have, in whole numbers, given all that is known."""
    order = sorted(atoms)
    place: Mapping[Atom, int] = {atom: i for i, atom in enumerate(order)}
    equations = list(known)
    matrix = np.zeros((len(equations), len(order)))
    for i, one in enumerate(equations):
        for atom in one.atoms:
            matrix[i, place[atom]] = 1
    target = np.zeros(len(order))
    for atom in group:
        target[place[atom]] = 1
    right = [one.n for one in equations]
    found = []
    for sign in (1, -1):
        solved = milp(
            sign * target, constraints=LinearConstraint(matrix, right, right), integrality=np.ones(len(order)),
            bounds=Bounds(0, 200),
        )  # fmt: skip
        assert solved.success, solved.message
        found.append(sign * solved.fun)
    return found[0], found[1]
