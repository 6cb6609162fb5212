"""What an attacker knows, and the search for other tables that fit it.

An attacker knows the published sums and that people are counted in whole, non-negative numbers. A group is safe
while some other table, equal in all that is known, gives it enough people. Such a table is kept as its difference
from the true one, in whole numbers, and checked exactly: the proof does not rest on a solver's tolerance.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from kithkin.analysis.disclosure.lattice import Mask, Rows
from kithkin.analysis.inputs import Numbers

TOLERANCE = 1e-6
MOST_NODES = 2000


@dataclass(frozen=True)
class Knowledge:
    """What is known, in differences from one table that fits it (the base).

    Variables stay ≥ `lower`; `sure` rows lie in [sure_low, sure_high]; an item, while published, lies in
    [item_low, item_high]. Goal i is met when its row can reach `need[i]`, or, where `idle`, when it can't leave 0.
    """

    lower: Numbers
    whole: Mask
    sure: Rows
    sure_low: Numbers
    sure_high: Numbers
    items: Rows
    item_low: Numbers
    item_high: Numbers
    item_room: Numbers
    goals: Rows
    need: Numbers
    idle: Mask


@dataclass(frozen=True)
class Witness:
    """Another table that fits: what it moves, which items it would contradict, which goals it meets."""

    contradicts: Mask
    meets: Mask


@dataclass(frozen=True)
class Gap:
    """A goal out of reach: at least `size` of it must come from hiding items, each giving at most its `gain`."""

    goal: int
    gain: Numbers
    size: float


@dataclass
class Search:
    """The witnesses found so far against one attacker."""

    known: Knowledge
    witnesses: list[Witness] = field(default_factory=list)

    def open_goals(self, published: Mask) -> Mask:
        """The goals for which no witness agrees with everything published."""
        met = self.known.need <= 0
        for witness in self.witnesses:
            if not (witness.contradicts & published).any():
                met |= witness.meets
        return ~met

    def gaps(self, published: Mask, *, first: bool = False) -> list[Gap]:
        """The goals that cannot be met while `published` is known (only the first one found, if `first`)."""
        rows = _Constraints(self.known, published)
        self._meet_together(rows, published)
        found: list[Gap] = []
        for goal in np.flatnonzero(self.open_goals(published)):
            if not self.open_goals(published)[goal]:
                continue
            gap = self._meet_alone(rows, int(goal), published)
            if gap is not None:
                found.append(gap)
                if first:
                    break
        return found

    def _meet_together(self, rows: _Constraints, published: Mask) -> None:
        open_now = np.flatnonzero(self.open_goals(published))
        while open_now.size > 1:
            self._keep(rows.reach_many(open_now), published)
            left = np.flatnonzero(self.open_goals(published))
            if left.size > 0.9 * open_now.size:
                return
            open_now = left

    def _meet_alone(self, rows: _Constraints, goal: int, published: Mask) -> Gap | None:
        best, move, prices = rows.reach(goal)
        need = float(self.known.need[goal])
        if best <= TOLERANCE and self.known.idle[goal]:
            return None
        if best < need - TOLERANCE:
            return _gap(self.known, published, goal, prices, need - best)
        if self._keep(move, published)[goal] or self._keep(rows.reach_whole(goal), published)[goal]:
            return None
        return Gap(goal, published.astype(float), 1.0)

    def _keep(self, move: Numbers | None, published: Mask) -> Mask:
        """Check a move exactly and keep it as a witness; which goals it meets."""
        nothing = np.zeros(self.known.need.size, dtype=bool)
        if move is None:
            return nothing
        known = self.known
        move = np.where(known.whole, np.rint(move), move)
        sums = known.items @ move
        contradicts = (sums < known.item_low - TOLERANCE) | (sums > known.item_high + TOLERANCE)
        sure = known.sure @ move
        fits = (move >= known.lower - TOLERANCE).all() and (sure >= known.sure_low - TOLERANCE).all()
        if not fits or (sure > known.sure_high + TOLERANCE).any() or (contradicts & published).any():
            return nothing
        meets = known.goals @ move >= known.need - TOLERANCE
        if meets.any():
            self.witnesses.append(Witness(contradicts, meets))
        return np.asarray(meets)


class _Constraints:
    """The linear programs over one state of knowledge."""

    def __init__(self, known: Knowledge, published: Mask) -> None:
        self.known = known
        self.at = np.flatnonzero(published)
        rows = sparse.vstack([known.items[self.at], known.sure], format="csr")
        self.rows, self.size = rows, rows.shape[1]
        self.low = np.concatenate([known.item_low[self.at], known.sure_low])
        self.high = np.concatenate([known.item_high[self.at], known.sure_high])
        self.fixed = self.low == self.high

    def reach(self, goal: int) -> tuple[float, Numbers | None, Numbers]:
        """The most that a goal can move (up to its need), the move, and the price of each published item."""
        aim, need = self.known.goals[[goal]], float(self.known.need[goal])
        found = self._solve(-aim.toarray().ravel(), aim, np.array([need]))
        prices = np.zeros(len(self.low))
        prices[self.fixed] = -found.eqlin.marginals
        bounded_high, bounded_low = self._bounded()
        prices[bounded_high] -= found.ineqlin.marginals[: bounded_high.size]
        prices[bounded_low] += found.ineqlin.marginals[bounded_high.size : bounded_high.size + bounded_low.size]
        return float(-found.fun), found.x, prices[: self.at.size]

    def reach_many(self, goals: Any) -> Numbers | None:
        """A move that meets many goals at once: the sum of all, each counted up to its need, is made largest."""
        count = len(goals)
        aims = sparse.hstack([-self.known.goals[goals], sparse.eye_array(count)], format="csr")
        need = self.known.need[goals]
        wide = sparse.csr_array((self.rows.shape[0], count))
        constraints = [LinearConstraint(sparse.hstack([self.rows, wide], format="csc"), self.low, self.high)]
        constraints.append(LinearConstraint(aims.tocsc(), -np.inf, 0.0))
        bounds = Bounds(
            np.concatenate([self.known.lower, np.full(count, -np.inf)]),
            np.concatenate([np.full(self.size, np.inf), need]),
        )
        cost = np.concatenate([np.zeros(self.size), -1.0 / need])
        found = milp(cost, constraints=constraints, bounds=bounds)
        return None if found.x is None else found.x[: self.size]

    def reach_whole(self, goal: int) -> Numbers | None:
        """A move in whole numbers that meets the goal, if there is one."""
        aim, need = self.known.goals[[goal]], float(self.known.need[goal])
        constraints = [LinearConstraint(self.rows.tocsc(), self.low, self.high)] if self.low.size else []
        constraints.append(LinearConstraint(aim.tocsc(), need, need + 1))
        found = milp(
            np.zeros(self.size),
            integrality=self.known.whole.astype(int),
            constraints=constraints,
            bounds=Bounds(self.known.lower, np.full(self.size, np.inf)),
            options={"node_limit": MOST_NODES},
        )
        return None if found.x is None else np.asarray(found.x)

    def _bounded(self) -> tuple[Any, Any]:
        loose = ~self.fixed
        return np.flatnonzero(loose & np.isfinite(self.high)), np.flatnonzero(loose & np.isfinite(self.low))

    def _solve(self, cost: Numbers, most: Rows, at_most: Numbers) -> Any:
        bounded_high, bounded_low = self._bounded()
        upper = sparse.vstack([self.rows[bounded_high], -self.rows[bounded_low], most], format="csr")
        limits = np.concatenate([self.high[bounded_high], -self.low[bounded_low], at_most])
        bounds: Any = np.column_stack([self.known.lower, np.full(self.size, np.inf)])
        return linprog(
            cost,
            A_ub=upper,
            b_ub=limits,
            A_eq=self.rows[self.fixed],
            b_eq=self.low[self.fixed],
            bounds=bounds,
            method="highs-ds",
        )


def _gap(known: Knowledge, published: Mask, goal: int, prices: Numbers, size: float) -> Gap:
    """The bound of a linear program as a demand on what to hide (Fischetti and Salazar-González 2001, section 4)."""
    at = np.flatnonzero(published)
    gain = np.zeros(published.size)
    up, down = prices > TOLERANCE, prices < -TOLERANCE
    gain[at[up]] = size
    gain[at[down]] = np.minimum(-prices[down] * known.item_room[at[down]], size)
    return Gap(goal, gain, size)
