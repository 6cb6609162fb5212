"""The one door: a table of true counts goes in, what may be shown comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from kithkin.analysis.disclosure.attackers import count_attackers
from kithkin.analysis.disclosure.audit import Interval, audit
from kithkin.analysis.disclosure.boxes import boxes
from kithkin.analysis.disclosure.earlier import History, check_floors, histories, widened
from kithkin.analysis.disclosure.lattice import Lattice, Mask
from kithkin.analysis.disclosure.policy import Policy, Relation
from kithkin.analysis.disclosure.protected import Cell, Figure, ProtectedTable, Status
from kithkin.analysis.disclosure.scores import Scores, count_attackers_with_figures, figures
from kithkin.analysis.disclosure.search import Knowledge
from kithkin.analysis.disclosure.suppress import suppress
from kithkin.analysis.disclosure.table import Table
from kithkin.analysis.errors import BadParameter
from kithkin.analysis.inputs import Numbers

CHECKED_ATOMS = 40


def protect(table: Any, policy: Policy | None = None, *, released: Sequence[ProtectedTable] = ()) -> ProtectedTable:
    """What may be shown of a table of counts and scores: every cell, shown, blurred or hidden, with the reason.

    `table` is a `Table`, or a frame, Arrow table or mapping whose columns are all dimensions but `n`. Cells are all
    combinations of one level, or all, of every dimension. `released` lists earlier releases, oldest first; each says
    by `as_earlier` whether it counted the same people or some of those counted now, and is otherwise protected as
    either. Weights play no part: a floor counts people.

    The rule. Known to an attacker are all figures shown now and earlier, the policy, this method, that people are
    counted in whole numbers from 0 up, and that each label taken from the data has somebody. Shown are cells of at
    least `floor` people only. And for every finest cell (atom) there must be a table that agrees with all that is
    known in which it holds at least `floor` people; so must the people added to it since an earlier release, unless
    it is public that there are none. A group whose total were known to be v < floor would bound each of its atoms by
    v; so no sum or difference of shown figures isolates 1 … floor − 1 people, whatever they are added up to. Scores
    enter the same system: low·n ≤ sum ≤ high·n per atom; for every atom of 1 … cap_below − 1 people some agreeing
    table leaves one of them free to have given any answer on the scale. Scores of earlier releases tie the present
    counts too, so counts are chosen with them in mind. Up to `CHECKED_ATOMS` atoms, a release after others is attacked
    by `audit` at last, and more is hidden should that find anything.

    Which cells: cell suppression after Fischetti and Salazar-González (2001), Benders' cuts with an integer check of
    each alternative table where the lattice is small; goal by goal after Kelly, Golden and Assad (1992), then
    un-hiding, where it is large, in boxes of about 130 atoms above 260 atoms. Alternatives are verified exactly, in
    whole numbers. Hides few cells rather than many, narrow rather than wide, small rather than large ones. The same
    table gives the same release, whatever the order of its rows.

    Raises BadParameter for a floor below an earlier one and for releases that contradict the table, BadShape for
    releases cut in ways the table does not know, and what `Table.from_columns` raises.

    >>> shown = protect({"dept": ["HR", "IT", "Law"], "n": [8, 3, 20]}, Policy(floor=5))
    >>> print(shown)
    group           n
    everybody      31
    HR         hidden
    IT         hidden
    Law            20
    2 of 4 cells hidden: fewer than 5 people, or needed to protect such a group.
    """
    policy = Policy() if policy is None else policy
    check_floors(policy, released)
    whole = widened(Table.coerce(table), released)
    lattice = Lattice.of(whole.dimensions, whole.possible, whole.views)
    atoms = whole.counts.ravel()[lattice.atoms]
    counts = np.asarray(lattice.rows @ atoms)
    empty = (np.asarray(lattice.rows.sum(axis=1)).ravel() == 0) & (whole.counts.size > 0)
    hidden = (counts < policy.floor) & ~empty if policy.floor > 1 else np.zeros(counts.size, dtype=bool)
    readings = histories(lattice, released)
    if hidden.any() or released:
        parts = boxes(lattice, atoms)
        attackers = _attackers(whole, lattice, policy, readings, whole=len(parts) == 1)
        if policy.floor > 1 and not attackers:
            raise BadParameter(_CONTRADICTION)
        hidden = suppress(attackers, hidden, _costs(lattice, counts), parts, atoms.size)
    release = _release(whole, lattice, policy, readings, hidden=hidden, empty=empty)
    if released and atoms.size <= CHECKED_ATOMS:
        while (more := _more_hidden(release, released, hidden | empty)).any():
            hidden = hidden | (more & ~empty)
            release = _release(whole, lattice, policy, readings, hidden=hidden, empty=empty)
    return release


def _attackers(
    table: Table, lattice: Lattice, policy: Policy, readings: Sequence[History], *, whole: bool
) -> list[Knowledge]:
    told = any(cell.figures for history in readings for release in history.releases for cell in release.cells)
    counts = table.counts.ravel()[lattice.atoms]
    if not told or policy.floor < 2:
        return count_attackers(lattice, counts, policy.floor, readings, whole=whole)
    scores = _scores(table, lattice, policy, np.zeros(lattice.shown.size, dtype=bool))
    return count_attackers_with_figures(scores, readings, whole=whole)


def _release(
    table: Table, lattice: Lattice, policy: Policy, readings: Sequence[History], *, hidden: Mask, empty: Mask
) -> ProtectedTable:
    counts = np.asarray(lattice.rows @ table.counts.ravel()[lattice.atoms])
    shown = (
        figures(_scores(table, lattice, policy, ~hidden & ~empty), readings) if table.measures else [{} for _ in counts]
    )
    cells = _cells(lattice, hidden, empty, policy, counts=counts, shown=shown)
    return ProtectedTable(cells, policy, table.dimensions, table.measures)


def _more_hidden(release: ProtectedTable, released: Sequence[ProtectedTable], hidden: Mask) -> Mask:
    """The last check, by the attack itself: what is shown in the views of its finds, or else anywhere.

    Nothing, where hiding all would mend nothing: what earlier releases gave away for good cannot be asked back.
    """
    nothing = np.zeros(hidden.size, dtype=bool)
    found = [] if hidden.all() else audit(release, released=released)
    if not found:
        return nothing
    known = {(tuple(one.keys.items()), one.figure): one for one in audit(_blank(release), released=released)}
    mendable = [one for one in found if _closer(one, known.get((tuple(one.keys.items()), one.figure)))]
    views = {frozenset(one.keys) for one in mendable}
    inside = np.array([frozenset(cell.keys) in views for cell in release.cells], dtype=bool) & ~hidden
    return inside if inside.any() or not mendable else ~hidden


def _blank(release: ProtectedTable) -> ProtectedTable:
    cells = tuple(
        cell if cell.status is Status.IMPOSSIBLE else replace(cell, n=None, figures={}, status=Status.HIDDEN)
        for cell in release.cells
    )
    return replace(release, cells=cells)


def _closer(found: Interval, lost: Interval | None) -> bool:
    return lost is None or lost.high is None or (found.high is not None and found.high < lost.high)


_CONTRADICTION = (
    "released: the present counts contradict an earlier release, whichever way it is read: a group counted fewer "
    "people than before, or other people. Leave out releases that count other people or other answers; "
    f"state the relation of the others ({Relation.SAME.name} or {Relation.CUMULATIVE.name})."
)


def _costs(lattice: Lattice, counts: Numbers) -> Numbers:
    """What hiding a cell costs: one each, and up to a quarter more for wide and large ones, so that few are hidden."""
    size = np.log1p(counts) / max(1.0, float(np.log1p(counts).max(initial=0.0)))
    return 1.0 + 0.15 * lattice.breadth() ** 2 + 0.1 * size


def _scores(table: Table, lattice: Lattice, policy: Policy, shown: Mask) -> Scores:
    counts = table.counts.ravel()[lattice.atoms]
    parts = [
        (sums.ravel()[lattice.atoms] - measure.low * counts) / (measure.high - measure.low)
        for measure, sums in zip(table.measures, table.sums, strict=True)
    ]
    totals = np.clip(np.array(parts).reshape(len(parts), counts.size), 0.0, counts)
    return Scores(lattice, policy, table.measures, counts, totals, shown)


def _cells(
    lattice: Lattice, hidden: Mask, empty: Mask, policy: Policy, *, counts: Numbers, shown: list[dict[str, Figure]]
) -> tuple[Cell, ...]:
    cells = []
    for keys, n, is_hidden, is_empty, figure in zip(lattice.keys(), counts, hidden, empty, shown, strict=True):
        if is_empty:
            cells.append(Cell(keys, 0, {}, Status.IMPOSSIBLE, "this combination cannot exist"))
        elif is_hidden:
            cells.append(Cell(keys, None, {}, Status.HIDDEN, policy.reason))
        else:
            blurred = next((one for one in figure.values() if one.status is not Status.PUBLISHED), None)
            status, reason = (Status.CAPPED, blurred.reason) if blurred else (Status.PUBLISHED, None)
            cells.append(Cell(keys, int(n), figure, status, reason))
    return tuple(cells)
