"""Which cells to hide so that every goal can be met: exactly where the lattice is small, closely where it is large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from kithkin.analysis.disclosure.boxes import box_of
from kithkin.analysis.disclosure.dimension import Indices
from kithkin.analysis.disclosure.lattice import Mask
from kithkin.analysis.disclosure.search import Gap, Knowledge, Search, reachable
from kithkin.analysis.inputs import Numbers

EXACT_ITEMS = 150
EXACT_GOALS = 40
EXACT_ROUNDS = 12
EXACT_NODES = 400
PRUNE_CALLS = 1500


def suppress(attackers: Sequence[Knowledge], hidden: Mask, cost: Numbers, parts: Sequence[Indices], atoms: int) -> Mask:
    """`hidden` and as few further items as it takes, by cost, for every attacker to leave every goal in reach.

    `parts` are the boxes that the `atoms` are solved in, one after the other; one part is solved as a whole.
    """
    if all(known.need.size == 0 for known in attackers):
        return hidden.copy()
    if len(parts) > 1:
        return _piecewise(attackers, hidden, cost, parts, atoms)
    searches = [Search(known) for known in attackers]
    found = _prune(searches, hidden, _grow(searches, hidden, cost), cost)
    goals = sum(known.need.size for known in attackers)
    small = int((~hidden).sum()) <= EXACT_ITEMS and goals <= EXACT_GOALS
    return _exact(searches, hidden, found, cost) if small else found


def _piecewise(
    attackers: Sequence[Knowledge], hidden: Mask, cost: Numbers, parts: Sequence[Indices], atoms: int
) -> Mask:
    """Box after box; hiding for one can unsettle another, so until all hold. What no box can mend, the whole must."""
    now = hidden.copy()
    left = [np.zeros(known.need.size, dtype=bool) for known in attackers]
    met = [np.zeros(known.need.size, dtype=bool) for known in attackers]
    while any((~known.settled(~now) & ~m & ~x).any() for known, m, x in zip(attackers, met, left, strict=True)):
        for part in parts:
            box = box_of(attackers, part, atoms, ~now)
            for done, stuck, goals, lost in zip(met, left, box.goals, box.mend(), strict=True):
                done[goals[~lost]] = True
                stuck[goals[lost]] = True
            first = box.hidden(now)
            searches = [Search(known) for known in box.attackers]
            price = box.cost(now, cost)
            now[box.items(_prune(searches, first, _grow(searches, first, price), price))] = True
    rest = [replace(known, need=np.where(lost, known.need, 0.0)) for known, lost in zip(attackers, left, strict=True)]
    return _grow([Search(reachable(known)) for known in rest if (known.need > 0).any()], now, cost)


def _exact(searches: list[Search], hidden: Mask, best: Mask, cost: Numbers) -> Mask:
    """Cut generation: hide the least that meets all demands found so far, until no new demand appears.

    The demands are the Benders cuts of Fischetti and Salazar-González (2001), for one-sided protection. `best` is the
    way out known before: it is returned where the demands show that nothing is cheaper, or where this takes too long.
    """
    cuts: list[Gap] = []
    now = hidden
    for _ in range(EXACT_ROUNDS):
        fresh = [gap for search in searches for gap in search.gaps(~now)]
        if not fresh:
            return now
        cuts += fresh
        cheapest = _master(cuts, hidden, cost)
        if cheapest is None or cost[best].sum() <= cost[cheapest].sum() + 1e-9:
            return best
        now = cheapest
    return best


def _master(cuts: list[Gap], hidden: Mask, cost: Numbers) -> Mask | None:
    gains = sparse.csr_array(np.array([cut.gain / cut.size for cut in cuts]))
    found = milp(
        cost,
        integrality=np.ones(cost.size, dtype=np.int8),
        constraints=LinearConstraint(gains.tocsc(), 1.0 - 1e-9, np.inf),
        bounds=Bounds(hidden.astype(float), np.ones(cost.size)),
        options={"node_limit": EXACT_NODES},
    )
    return found.x > 0.5 if found.status == 0 else None


def _grow(searches: list[Search], hidden: Mask, cost: Numbers) -> Mask:
    """Goal by goal, hide what the cheapest move towards it would contradict (after Kelly, Golden and Assad 1992)."""
    now = hidden.copy()
    while found := [(search, gap.goal) for search in searches for gap in search.gaps(~now)]:
        if now.all():
            return now
        for search, goal in found:
            while not now.all() and (gap := search.gap(goal, ~now)):
                extra = _cheapest(search.known, ~now, goal, cost) & ~now
                now |= extra if extra.any() else gap.gain > 0
    return now


def _cheapest(known: Knowledge, published: Mask, goal: int, cost: Numbers) -> Mask:
    at = np.flatnonzero(published)
    items, size, count = known.items[at], known.items.shape[1], at.size
    slack = sparse.eye_array(count, format="csr")
    sure = sparse.hstack([known.sure, sparse.csr_array((known.sure.shape[0], 2 * count))], format="csr")
    rows = sparse.hstack([items, slack, -slack], format="csr")
    aim = sparse.hstack([-known.goals[[goal]], sparse.csr_array((1, 2 * count))], format="csr")
    both = sparse.vstack([rows, sure, -aim], format="csc")
    low = np.concatenate([known.item_low[at], known.sure_low, [known.need[goal]]])
    high = np.concatenate([known.item_high[at], known.sure_high, [np.inf]])
    found = milp(
        np.concatenate([np.zeros(size), cost[at], cost[at]]),
        constraints=LinearConstraint(both, low, high),
        bounds=Bounds(np.concatenate([known.lower, np.zeros(2 * count)]), np.full(size + 2 * count, np.inf)),
    )
    touched = np.zeros(published.size, dtype=bool)
    if found.x is not None:
        touched[at] = (found.x[size : size + count] + found.x[size + count :]) > 1e-7
    return touched


def _prune(searches: list[Search], first: Mask, hidden: Mask, cost: Numbers) -> Mask:
    """Show again what need not be hidden, the dearest first."""
    now = hidden.copy()
    extra = np.flatnonzero(hidden & ~first)
    for item in extra[np.argsort(-cost[extra], kind="stable")][:PRUNE_CALLS]:
        now[item] = False
        if any(search.gaps(~now, first=True) for search in searches):
            now[item] = True
    return now
