"""Who could work out what: the knowledge behind each reading of the releases, over counts of people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from kithkin.analysis.disclosure.earlier import History
from kithkin.analysis.disclosure.lattice import Lattice, Rows
from kithkin.analysis.disclosure.search import Knowledge, reachable
from kithkin.analysis.inputs import Numbers

CLIP = 100


def count_attackers(
    lattice: Lattice, counts: Numbers, floor: int, readings: Sequence[History], *, whole: bool = True
) -> list[Knowledge]:
    """One attacker per reading that the true counts do not refute; all readings are protected at once.

    With `whole`, what earlier releases gave away for good is looked for here, over the whole lattice.
    """
    if floor < 2:
        return []
    found = []
    for history in readings:
        base = base_counts(counts, history)
        if base is not None:
            known = _attacker(lattice, counts, base, floor, history)
            found.append(reachable(known) if whole else known)
    return found


def base_counts(counts: Numbers, history: History) -> Numbers | None:
    """Counts per stage and atom that agree with the present counts and every earlier release; None if none do."""
    if history.stages > 1:  # whoever knows the labels of earlier data knows more
        found = _base_counts(counts, history, labelled=True)
        return _base_counts(counts, history, labelled=False) if found is None else found
    return _base_counts(counts, history, labelled=False)


def _base_counts(counts: Numbers, history: History, *, labelled: bool) -> Numbers | None:
    if history.stages == 1:
        fits = all(np.array_equal(release.rows @ counts, release.counts) for release in history.releases)
        return counts[np.newaxis] if fits else None
    atoms, stages = counts.size, history.stages
    now = LinearConstraint(sparse.kron(np.ones((1, stages)), sparse.eye_array(atoms), format="csc"), counts, counts)
    constraints = [now]
    for release in history.releases:
        rows = over_stages(release.rows, release.stage, stages).tocsc()
        constraints.append(LinearConstraint(rows, release.counts, release.counts))
        if labelled and release.labels.shape[0]:
            constraints.append(LinearConstraint(over_stages(release.labels, release.stage, stages).tocsc(), 1, np.inf))
    size = stages * atoms
    found = milp(
        np.zeros(size), integrality=np.ones(size, dtype=np.int8), constraints=constraints, bounds=Bounds(0, np.inf)
    )
    return None if found.x is None else np.rint(found.x).reshape(stages, atoms)


def over_stages(rows: Rows, last: int, stages: int) -> Rows:
    """Rows over atoms as rows over stages × atoms, adding up the stages to `last`."""
    upto = (np.arange(stages) <= last).astype(float)[np.newaxis]
    return sparse.kron(upto, rows, format="csr")


def _attacker(lattice: Lattice, counts: Numbers, base: Numbers, floor: int, history: History) -> Knowledge:
    stages, atoms = base.shape
    goals, need, idle = stage_goals(counts, base, floor)
    still = still_items(lattice, counts, goals, history) if stages > 1 else None
    labels, labels_low = labels_known(lattice, counts, base, history)
    earlier = [over_stages(release.rows, release.stage, stages) for release in history.releases]
    sure = sparse.vstack([labels, *earlier], format="csr")
    same = np.zeros(sure.shape[0] - labels.shape[0])
    items = over_stages(lattice.rows, stages - 1, stages)
    nothing = np.zeros(items.shape[0])
    return Knowledge(
        lower=-np.minimum(base, CLIP * floor).ravel(),
        whole=np.ones(stages * atoms, dtype=bool),
        sure=sure,
        sure_low=np.concatenate([labels_low, same]),
        sure_high=np.concatenate([np.full(labels_low.size, np.inf), same]),
        items=items,
        item_low=nothing,
        item_high=nothing,
        item_room=np.asarray(lattice.rows @ counts),
        goals=goals,
        need=need,
        idle=idle,
        still=still,
    )


def stage_goals(counts: Numbers, base: Numbers, floor: int) -> tuple[Rows, Numbers, np.ndarray]:
    """Every atom of people must be able to hold `floor` of them; people added since may also be surely none."""
    stages, atoms = base.shape
    eye = sparse.eye_array(stages * atoms, format="csr")
    rows, need = [eye], [floor - base.ravel()]
    if stages > 1:
        rows.append(over_stages(sparse.eye_array(atoms, format="csr"), stages - 1, stages))
        need.append(floor - counts)
    goals, needs = sparse.vstack(rows, format="csr"), np.concatenate(need)
    idle = np.zeros(needs.size, dtype=bool)
    idle[atoms : stages * atoms] = base.ravel()[atoms:] == 0
    small = needs > 0
    return goals[small], needs[small], idle[small]


def still_items(lattice: Lattice, counts: Numbers, goals: Rows, history: History) -> Rows:
    """Goals × items: the cells of now that equal what a release said, and so show that nobody was added there."""
    stages, atoms = history.stages, counts.size
    wide = sparse.csr_array((stages * atoms, lattice.rows.shape[0]))
    where = {place: item for item, place in enumerate(lattice.shown)}
    for release in history.releases:
        places = [lattice.row_of(cell.keys) for cell in release.cells]
        same = np.asarray(release.rows @ counts) == release.counts
        pairs = [(row, where[place]) for row, place in enumerate(places) if place in where and same[row]]
        if release.stage < stages - 1 and pairs:
            rows, items = np.array(pairs).T
            pick = sparse.csr_array((np.ones(items.size), (np.arange(items.size), items)), (items.size, wide.shape[1]))
            later = (np.arange(stages) > release.stage).astype(float)[:, np.newaxis]
            wide += sparse.kron(later, release.rows[rows].T @ pick, format="csr")
    single = np.diff(goals.indptr) == 1
    return sparse.diags_array(single.astype(float), format="csr") @ (goals @ wide)


def labels_known(lattice: Lattice, counts: Numbers, base: Numbers, history: History) -> tuple[Rows, Numbers]:
    """The labels of now and of every earlier release, over stages × atoms, and how far each may fall from the base."""
    stages = history.stages
    labels, low = known_labels(lattice, counts)
    rows, lows = [over_stages(labels, stages - 1, stages)], [low]
    for release in history.releases:
        then = over_stages(release.labels, release.stage, stages)
        rows.append(then)
        lows.append(np.minimum(1.0 - np.asarray(then @ base.ravel()), 0.0))
    return sparse.vstack(rows, format="csr"), np.concatenate(lows)


def known_labels(lattice: Lattice, counts: Numbers) -> tuple[Rows, Numbers]:
    """Labels that come from the data: each one shown has somebody. Rows, and how far each may fall."""
    rows = []
    for at, dimension in enumerate(lattice.dimensions):
        if dimension.declared:
            continue
        finest = [i for i, group in enumerate(lattice.groups[at]) if group.depth == len(dimension.levels)]
        place = [np.zeros(len(finest), dtype=np.intp) for _ in lattice.dimensions]
        place[at] = np.array(finest, dtype=np.intp)
        rows.append(lattice.everything[np.ravel_multi_index(tuple(place), lattice.shape)])
    if not rows:
        return sparse.csr_array((0, counts.size)), np.zeros(0)
    labels = sparse.vstack(rows, format="csr")
    people = np.asarray(labels @ counts)
    return labels, np.minimum(1.0 - people, 0.0)
