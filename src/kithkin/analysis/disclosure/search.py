"""What an attacker knows, and the search for other tables that fit it.

An attacker knows the published sums and that people are counted in whole, non-negative numbers. A group is safe
while some other table, equal in all that is known, gives it enough people. Such a table is kept as its difference
from the true one, in whole numbers, and checked exactly: the proof does not rest on a solver's tolerance.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from kithkin.analysis.disclosure.lattice import Mask, Rows
from kithkin.analysis.inputs import Numbers

TOLERANCE = 1e-6
MOST_NODES = 2000
TOGETHER = 8
SPARSE_PRICES = 200


@dataclass(frozen=True)
class Knowledge:
    """What is known, in differences from one table that fits it (the base).

    Variables stay ≥ `lower`; `sure` rows lie in [sure_low, sure_high]; an item, while published, lies in
    [item_low, item_high]. Goal i is met when its row can reach `need[i]`, or, where `idle`, when it can't leave 0;
    `still` (goals × items) marks the items that, while published, show that it can't.
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
    still: Rows | None = None

    def settled(self, published: Mask) -> Mask:
        """The goals that need no witness: nothing is lacking, or a published item shows that nobody was added."""
        done = self.need <= 0
        return done if self.still is None else done | (self.idle & (self.still @ published.astype(float) > 0))


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

    def __post_init__(self) -> None:
        self._contradicts = np.zeros((16, self.known.items.shape[0]), dtype=bool)
        self._meets = np.zeros((16, self.known.need.size), dtype=bool)

    def _remember(self, witness: Witness) -> None:
        at = len(self.witnesses)
        if at == len(self._contradicts):
            self._contradicts = np.concatenate([self._contradicts, np.zeros_like(self._contradicts)])
            self._meets = np.concatenate([self._meets, np.zeros_like(self._meets)])
        self._contradicts[at], self._meets[at] = witness.contradicts, witness.meets
        self.witnesses.append(witness)

    def open_goals(self, published: Mask) -> Mask:
        """The goals for which no witness agrees with everything published."""
        met = self.known.need <= 0
        if self.witnesses:
            agrees = ~(self._contradicts[: len(self.witnesses)] & published).any(axis=1)
            met = met | self._meets[: len(self.witnesses)][agrees].any(axis=0)
        return ~met

    def gaps(self, published: Mask, *, first: bool = False) -> list[Gap]:
        """The goals that cannot be met while `published` is known (only the first one found, if `first`)."""
        open_now = self.open_goals(published)
        if not open_now.any():
            return []
        rows = _Constraints(self.known, published)
        if int(open_now.sum()) > TOGETHER:
            self._meet_together(rows, published)
            open_now = self.open_goals(published)
        found: list[Gap] = []
        for goal in np.flatnonzero(open_now):
            if not open_now[goal]:
                continue
            gap = self._meet_alone(rows, int(goal), published, open_now)
            if gap is not None:
                found.append(gap)
                if first:
                    break
        return found

    def gap(self, goal: int, published: Mask) -> Gap | None:
        """The gap of one goal, if it has one."""
        open_now = self.open_goals(published)
        return (
            self._meet_alone(_Constraints(self.known, published), goal, published, open_now) if open_now[goal] else None
        )

    def _meet_together(self, rows: _Constraints, published: Mask) -> None:
        open_now = np.flatnonzero(self.open_goals(published))
        while open_now.size > 1:
            self._keep(rows.reach_many(open_now), published)
            left = np.flatnonzero(self.open_goals(published))
            if left.size > 0.9 * open_now.size:
                return
            open_now = left

    def _meet_alone(self, rows: _Constraints, goal: int, published: Mask, open_now: Mask) -> Gap | None:
        best, move, prices = rows.reach(goal)
        need = float(self.known.need[goal])
        if best <= TOLERANCE and self.known.idle[goal]:
            return None
        if best < need - TOLERANCE:
            return _gap(self.known, published, goal, prices, need - best)
        for found in (move, None):
            meets = self._keep(rows.reach_whole(goal) if found is None else found, published)
            open_now &= ~meets
            if meets[goal]:
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
            self._remember(Witness(contradicts, meets))
        return np.asarray(meets)


class _Constraints:
    """The linear programs over one state of knowledge, over the variables that are not fixed by a row of their own."""

    def __init__(self, known: Knowledge, published: Mask) -> None:
        self.known = known
        at = np.flatnonzero(published)
        rows = sparse.vstack([known.items[at], known.sure], format="csr")
        low = np.concatenate([known.item_low[at], known.sure_low])
        high = np.concatenate([known.item_high[at], known.sure_high])
        large = rows.shape[0] > SPARSE_PRICES
        self.free, self.held, holders = _free(rows, (low == 0) & (high == 0) & large)
        kept = _distinct(rows[:, self.free], low, high) if large else np.arange(rows.shape[0])
        self.full, rows = rows[kept], rows[:, self.free]
        self.rows, self.low, self.high, self.size = rows[kept], low[kept], high[kept], self.free.size
        self.items = np.concatenate([at, np.full(known.sure.shape[0], -1)])[kept]
        self.holders = np.concatenate([at, np.full(known.sure.shape[0], -1)])[holders]
        self.fixed = self.low == self.high
        self.lower = known.lower[self.free]

    def reach(self, goal: int) -> tuple[float, Numbers | None, Numbers]:
        """The most that a goal can move (up to its need), the move, and the price of each item."""
        aim, need = self.known.goals[[goal]][:, self.free], float(self.known.need[goal])
        found = self._solve(-aim.toarray().ravel(), aim, np.array([need]))
        price = np.zeros(len(self.low))
        price[self.fixed] = -found.eqlin.marginals
        above, below = self._bounded()
        price[above] -= found.ineqlin.marginals[: above.size]
        price[below] += found.ineqlin.marginals[above.size : above.size + below.size]
        return float(-found.fun), self._whole(found.x), self._prices(aim=self.known.goals[[goal]], price=price)

    def _prices(self, *, aim: Rows, price: Numbers) -> Numbers:
        """The price of each item; a row that held its one variable at zero gets what that variable would have cost."""
        prices = np.zeros(self.known.items.shape[0])
        prices[self.items[self.items >= 0]] = price[self.items >= 0]
        left = aim.toarray().ravel() - self.full.T @ price
        prices[self.holders[self.holders >= 0]] = left[self.held[self.holders >= 0]]
        return prices

    def reach_many(self, goals: Any) -> Numbers | None:
        """A move that meets many goals at once: the sum of all, each counted up to its need, is made largest."""
        count = len(goals)
        aims = sparse.hstack([-self.known.goals[goals][:, self.free], sparse.eye_array(count)], format="csr")
        need = self.known.need[goals]
        wide = sparse.csr_array((self.rows.shape[0], count))
        constraints = [LinearConstraint(aims.tocsc(), -np.inf, 0.0)]
        if self.low.size:
            constraints.append(LinearConstraint(sparse.hstack([self.rows, wide], format="csc"), self.low, self.high))
        bounds = Bounds(
            np.concatenate([self.lower, np.full(count, -np.inf)]),
            np.concatenate([np.full(self.size, np.inf), need]),
        )
        cost = np.concatenate([np.zeros(self.size), -1.0 / need])
        return self._whole(milp(cost, constraints=constraints, bounds=bounds).x)

    def reach_whole(self, goal: int) -> Numbers | None:
        """A move in whole numbers that meets the goal, if there is one."""
        aim, need = self.known.goals[[goal]][:, self.free], float(self.known.need[goal])
        constraints = [LinearConstraint(self.rows.tocsc(), self.low, self.high)] if self.low.size else []
        constraints.append(LinearConstraint(aim.tocsc(), need, need + 1))
        found = milp(
            np.zeros(self.size),
            integrality=self.known.whole[self.free].astype(np.int8),
            constraints=constraints,
            bounds=Bounds(self.lower, np.full(self.size, np.inf)),
            options={"node_limit": MOST_NODES},
        )
        return self._whole(found.x)

    def _whole(self, move: Numbers | None) -> Numbers | None:
        """A move of the free variables as one of all."""
        if move is None:
            return None
        whole = np.zeros(self.known.lower.size)
        whole[self.free] = move[: self.size]
        return whole

    def _bounded(self) -> tuple[Any, Any]:
        loose = ~self.fixed
        return np.flatnonzero(loose & np.isfinite(self.high)), np.flatnonzero(loose & np.isfinite(self.low))

    def _solve(self, cost: Numbers, most: Rows, at_most: Numbers) -> Any:
        above, below = self._bounded()
        upper = sparse.vstack([self.rows[above], -self.rows[below], most], format="csr")
        limits = np.concatenate([self.high[above], -self.low[below], at_most])
        bounds: Any = np.column_stack([self.lower, np.full(self.size, np.inf)])
        return linprog(
            cost,
            A_ub=upper,
            b_ub=limits,
            A_eq=self.rows[self.fixed],
            b_eq=self.low[self.fixed],
            bounds=bounds,
            method="highs-ds",
        )


def _free(rows: Rows, zero: Mask) -> tuple[Any, Any, Any]:
    """The variables that no row of one entry holds at zero; the others, and the row that holds each."""
    free = np.ones(rows.shape[1], dtype=bool)
    single = np.flatnonzero(zero & (np.diff(rows.indptr) == 1))
    held = rows.indices[rows.indptr[single]]
    free[held] = False
    return np.flatnonzero(free), held, single


def _distinct(rows: Rows, low: Numbers, high: Numbers) -> Any:
    """One row of each kind, told apart by a random sum; a mistaken match would only cost a witness its check."""
    mixed = rows @ np.random.default_rng(0).random(rows.shape[1])
    key = np.round(np.column_stack([mixed, low, high]), 9)
    first = np.unique(key, axis=0, return_index=True)[1]
    return np.sort(first[np.diff(rows.indptr)[first] > 0])


def _gap(known: Knowledge, published: Mask, goal: int, prices: Numbers, size: float) -> Gap:
    """The bound of a linear program as a demand on what to hide (Fischetti and Salazar-González 2001, section 4)."""
    gain = np.zeros(published.size)
    gain[prices > TOLERANCE] = size
    down = prices < -TOLERANCE
    gain[down] = np.minimum(-prices[down] * known.item_room[down], size)
    return Gap(goal, np.where(published, gain, 0.0), size)


def reachable(known: Knowledge) -> Knowledge:
    """What an earlier release gave away for good cannot be asked back: such goals shrink to what is left."""
    if not (known.sure_low == known.sure_high).any():
        return known
    nothing = np.zeros(known.items.shape[0], dtype=bool)
    need = known.need.copy()
    while gaps := Search(replace(known, need=need)).gaps(nothing):
        for gap in gaps:
            need[gap.goal] = max(0.0, np.ceil(need[gap.goal] - max(gap.size, 1.0)))
    return replace(known, need=need)
