"""The scores that ride on the counts: blurred at the ends of the scale, and safe from being added up.

A score is held as t = (sum − low·n)/(high − low), so that each person adds between 0 and 1. A group tells something
about each of its people only where n − t < 1 (nobody can have given the lowest answer) or t < 1 (nobody the highest).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from kithkin.analysis.disclosure.attackers import CLIP, labels_known, over_stages, stage_goals, still_items
from kithkin.analysis.disclosure.boxes import boxes
from kithkin.analysis.disclosure.earlier import History, Release, scale_of
from kithkin.analysis.disclosure.lattice import Lattice, Mask, Rows
from kithkin.analysis.disclosure.policy import Policy
from kithkin.analysis.disclosure.protected import Figure, Status
from kithkin.analysis.disclosure.search import TOLERANCE, Knowledge, reachable
from kithkin.analysis.disclosure.suppress import suppress
from kithkin.analysis.disclosure.table import Measure
from kithkin.analysis.inputs import Numbers

HIDDEN_VALUE = "needed so that the answers of a few people cannot be worked out"


@dataclass(frozen=True)
class Scores:
    """The true scores per atom (measures × atoms, as t), and the cells whose count is shown."""

    lattice: Lattice
    policy: Policy
    measures: tuple[Measure, ...]
    counts: Numbers
    totals: Numbers
    shown: Mask

    @property
    def people(self) -> Numbers:
        """People per cell."""
        return np.asarray(self.lattice.rows @ self.counts)

    @property
    def few(self) -> Mask:
        """The atoms whose people the cap protects: somebody, but fewer than `cap_below`."""
        return np.asarray((self.counts > 0) & (self.counts < self.policy.cap_below))

    def cell_totals(self, at: int) -> Numbers:
        """t per cell for one measure."""
        return np.asarray(self.lattice.rows @ self.totals[at])

    def limits(self, at: int) -> tuple[Numbers, Numbers]:
        """Per cell, the range of t that is told: one point, or a last person's worth at an end."""
        people, total = self.people, self.cell_totals(at)
        few = np.asarray(self.lattice.rows @ self.few.astype(float)) > 0
        top, bottom = few & (people - total < 1 - TOLERANCE), few & (total < 1 - TOLERANCE)
        low = np.where(top, people - 1, np.where(bottom, 0.0, total))
        high = np.where(bottom, np.minimum(people, 1.0), np.where(top, people, total))
        return low, high


def figures(scores: Scores, readings: Sequence[History]) -> list[dict[str, Figure]]:
    """Per cell, each measure as it may be shown; nothing where the count is hidden."""
    cells = np.flatnonzero(scores.shown & (scores.people > 0))
    hidden = np.zeros(len(scores.measures) * cells.size, dtype=bool)
    attackers = [known for history in readings for known in _attackers(scores, cells, history)]
    if attackers:
        breadth = scores.lattice.breadth()[cells]
        parts = boxes(scores.lattice, scores.counts)
        attackers = [reachable(known) for known in attackers] if len(parts) == 1 else attackers
        cost = np.tile(1.0 + 0.15 * breadth**2, len(scores.measures))
        hidden = suppress(attackers, hidden, cost, parts, scores.counts.size)
    shown: list[dict[str, Figure]] = [{} for _ in scores.shown]
    for cell in np.flatnonzero(scores.shown):
        shown[cell] = {measure.name: Figure(None, None, None, Status.PUBLISHED, None) for measure in scores.measures}
    for at, measure in enumerate(scores.measures):
        low, high = scores.limits(at)
        for cell, is_hidden in zip(cells, hidden[at * cells.size : (at + 1) * cells.size], strict=True):
            bounds = (float(low[cell]), float(high[cell]))
            shown[cell][measure.name] = _figure(measure, scores, float(scores.people[cell]), bounds, bool(is_hidden))
    return shown


def _figure(measure: Measure, scores: Scores, people: float, bounds: tuple[float, float], hidden: bool) -> Figure:
    if hidden:
        return Figure(None, None, None, Status.HIDDEN, HIDDEN_VALUE)
    low, high = (measure.low + (measure.high - measure.low) * bound / people for bound in bounds)
    if bounds[0] == bounds[1]:
        return Figure(low, low, low, Status.PUBLISHED, None)
    reason = f"nearly all at one end of the scale, some in a group of fewer than {scores.policy.cap_below} people"
    return Figure(None, low, high, Status.CAPPED, reason)


def count_attackers_with_figures(scores: Scores, readings: Sequence[History], *, whole: bool) -> list[Knowledge]:
    """Who knows the figures of earlier releases and all present counts that are shown: one attacker per reading.

    No present figure is known yet. What is out of reach here can't be mended by hiding figures later.
    """
    found = [known for history in readings for known in _attackers(scores, None, history)]
    return [reachable(known) for known in found] if whole else found


def _attackers(scores: Scores, cells: np.ndarray | None, history: History) -> list[Knowledge]:
    """The attacker of one reading, who adds up counts and scores together; none where the truth refutes it.

    The items are the figures of some cells, all shown counts being sure; or, without `cells`, the counts.
    """
    for tied in history.answers():
        base = _base(scores, tied)
        if base is not None:
            return [_attacker(scores, cells, tied, *base)]
    return []


def _attacker(
    scores: Scores, cells: np.ndarray | None, history: History, people: Numbers, totals: Numbers
) -> Knowledge:
    stages, atoms = people.shape
    width, many = stages * atoms, len(totals)
    goals, need, idle = _goals(scores, people, totals)
    sure, low, high = _sure(scores, people, totals, history, counted=cells is not None)
    items, item_low, item_high, item_room, still = (
        _count_items(scores, goals, history, many) if cells is None else _figure_items(scores, cells, stages, many)
    )
    clip = CLIP * max(scores.policy.floor, scores.policy.cap_below)
    return Knowledge(
        lower=-np.minimum(np.concatenate([people.ravel(), totals.ravel()]), clip),
        whole=np.arange(width * (many + 1)) < width,
        sure=sure,
        sure_low=low,
        sure_high=high,
        items=items,
        item_low=item_low,
        item_high=item_high,
        item_room=item_room,
        goals=goals,
        need=need,
        idle=idle,
        still=still,
    )


Items = tuple[Rows, Numbers, Numbers, Numbers, Rows | None]


def _count_items(scores: Scores, goals: Rows, history: History, many: int) -> Items:
    lattice, stages = scores.lattice, history.stages
    people = sparse.csr_array(goals[:, : stages * scores.counts.size])
    people.eliminate_zeros()
    still = still_items(lattice, scores.counts, people, history) if stages > 1 else None
    items = _in_block(over_stages(lattice.rows, stages - 1, stages), 0, many + 1)
    nothing = np.zeros(items.shape[0])
    return items, nothing, nothing, scores.people, still


def _figure_items(scores: Scores, cells: np.ndarray, stages: int, many: int) -> Items:
    own = range(len(scores.measures))
    rows = over_stages(scores.lattice.rows[cells], stages - 1, stages)
    here = [scores.cell_totals(at)[cells] for at in own]
    limits = [tuple(bound[cells] for bound in scores.limits(at)) for at in own]
    return (
        sparse.vstack([_in_block(rows, at + 1, many + 1) for at in own], format="csr"),
        np.concatenate([limit[0] - t for limit, t in zip(limits, here, strict=True)]),
        np.concatenate([limit[1] - t for limit, t in zip(limits, here, strict=True)]),
        np.concatenate(here),
        None,
    )


def _base(scores: Scores, history: History) -> tuple[Numbers, Numbers] | None:
    """People (stages × atoms) and scores (measures × stages × atoms) that agree with all that was released."""
    if history.stages == 1 and not history.releases:
        return scores.counts[np.newaxis], scores.totals[:, np.newaxis, :]
    found = _some_base(scores, history, labelled=True)
    return _some_base(scores, history, labelled=False) if found is None else found


def _some_base(scores: Scores, history: History, *, labelled: bool) -> tuple[Numbers, Numbers] | None:
    measures = history.measures(scores.measures)
    stages, atoms, many = history.stages, scores.counts.size, len(measures)
    width = stages * atoms
    now = over_stages(sparse.eye_array(atoms, format="csr"), stages - 1, stages)
    truths = [scores.counts, *scores.totals]
    rows = [_in_block(now, block, many + 1) for block in range(len(truths))]
    low = [truth - (TOLERANCE if i else 0) for i, truth in enumerate(truths)]
    high = [truth + (TOLERANCE if i else 0) for i, truth in enumerate(truths)]
    for release in history.releases:
        if labelled:
            rows.append(_in_block(over_stages(release.labels, release.stage, stages), 0, many + 1))
            low.append(np.ones(release.labels.shape[0]))
            high.append(np.full(release.labels.shape[0], np.inf))
        for block, part, least, most in told_values(release, measures, stages):
            rows.append(_in_block(part, block, many + 1))
            slack = 1e-6 * (1 + np.abs(most)) if block else 0.0
            low.append(least - slack)
            high.append(most + slack)
    eye = sparse.eye_array(width, format="csr")
    for block in range(1, many + 1):
        rows.append(_in_block(eye, 0, many + 1) - _in_block(eye, block, many + 1))
        low.append(np.zeros(width))
        high.append(np.full(width, np.inf))
    size = width * (many + 1)
    found = milp(
        np.zeros(size),
        integrality=(np.arange(size) < width).astype(np.int8),
        constraints=LinearConstraint(sparse.vstack(rows, format="csc"), np.concatenate(low), np.concatenate(high)),
        bounds=Bounds(0, np.inf),
    )
    if found.x is None:
        return None
    return np.rint(found.x[:width]).reshape(stages, atoms), found.x[width:].reshape(many, stages, atoms)


def told_values(
    release: Release, measures: tuple[Measure, ...], stages: int
) -> list[tuple[int, Rows, Numbers, Numbers]]:
    """What a release told, as (block, rows, least, most): block 0 the people, then each measure's t."""
    rows = over_stages(release.rows, release.stage, stages)
    told = [(0, rows, release.counts, release.counts)]
    scales = {scale_of(measure) for measure in release.measures}
    for block, measure in enumerate(measures, 1):
        if scale_of(measure) not in scales:
            continue
        picked, least, most = [], [], []
        for i, cell in enumerate(release.cells):
            figure = cell.figures.get(measure.name)
            if figure is not None and figure.low is not None and figure.high is not None:
                span = measure.high - measure.low
                picked.append(i)
                least.append((figure.low - measure.low) / span * release.counts[i])
                most.append((figure.high - measure.low) / span * release.counts[i])
        if picked:
            told.append((block, rows[picked], np.array(least), np.array(most)))
    return told


def _sure(
    scores: Scores, people: Numbers, totals: Numbers, history: History, *, counted: bool
) -> tuple[Rows, Numbers, Numbers]:
    stages, atoms = people.shape
    measures = history.measures(scores.measures)
    many = len(measures)
    labels, labels_low = labels_known(scores.lattice, scores.counts, people, history)
    shown = scores.lattice.rows[np.flatnonzero(scores.shown if counted else np.zeros_like(scores.shown))]
    rows = [_in_block(part, 0, many + 1) for part in (labels, over_stages(shown, stages - 1, stages))]
    low = [labels_low, np.zeros(shown.shape[0])]
    high = [np.full(labels_low.size, np.inf), np.zeros(shown.shape[0])]
    for release in history.releases:
        for block, part, least, most in told_values(release, measures, stages):
            here = part @ (people.ravel() if block == 0 else totals[block - 1].ravel())
            exact = least == most
            rows.append(_in_block(part, block, many + 1))
            low.append(np.where(exact, 0.0, np.minimum(least - here, 0.0)))
            high.append(np.where(exact, 0.0, np.maximum(most - here, 0.0)))
    eye = sparse.eye_array(stages * atoms, format="csr")
    clip = CLIP * max(scores.policy.floor, scores.policy.cap_below)
    for at in range(many):
        rows.append(_in_block(eye, 0, many + 1) - _in_block(eye, at + 1, many + 1))
        low.append(-np.clip(people.ravel() - totals[at].ravel(), 0.0, clip))
        high.append(np.full(stages * atoms, np.inf))
    return sparse.vstack(rows, format="csr"), np.concatenate(low), np.concatenate(high)


def _goals(scores: Scores, people: Numbers, totals: Numbers) -> tuple[Rows, Numbers, Mask]:
    """Small groups stay possible to be large, and each person's answer stays possible to be any on the scale."""
    many = len(totals)
    goals, need, idle = stage_goals(scores.counts, people, scores.policy.floor)
    parts, needs, idles = [_in_block(goals, 0, many + 1)], [need], [idle]
    if scores.policy.cap_below > 1:
        for at in range(many):
            for rows, lack, quiet in _room_goals(scores, people, totals[at], at, many):
                wanted = lack > TOLERANCE
                parts.append(rows[wanted])
                needs.append(lack[wanted])
                idles.append(quiet[wanted])
    return sparse.vstack(parts, format="csr"), np.concatenate(needs), np.concatenate(idles)


def _room_goals(
    scores: Scores, people: Numbers, totals: Numbers, at: int, blocks: int
) -> list[tuple[Rows, Numbers, Mask]]:
    """For one measure. What only earlier releases told of has no present answers to protect."""
    stages, atoms = people.shape
    own = at < len(scores.measures)
    many = blocks + 1
    found = []
    eye = sparse.eye_array(atoms, format="csr")
    then = range(stages if stages > 1 or not own else 0)
    for stage in [*then, None] if own else then:
        if stage is None:
            rows, n, t = over_stages(eye, stages - 1, stages), scores.counts, scores.totals[at]
        else:
            rows = over_stages(eye, stage, stages) - (
                over_stages(eye, stage - 1, stages) if stage else 0 * over_stages(eye, 0, stages)
            )
            n, t = people[stage], totals[stage]
        counted, scored = _in_block(rows, 0, many), _in_block(rows, at + 1, many)
        empty = n == 0
        free = ~scores.few if stage is None else n >= scores.policy.cap_below
        found.append((counted - scored, np.where(free, 0.0, 1 - (n - t)), empty))
        found.append((scored, np.where(free, 0.0, 1 - t), empty))
    return found


def _in_block(rows: Rows, block: int, blocks: int) -> Rows:
    """Rows over one block of variables (0 the people, then each measure) as rows over all of them."""
    return sparse.kron(np.eye(1, blocks, block), rows, format="csr")
