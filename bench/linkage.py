"""The weak link: its error rates on fresh companies, its power, and its cost against one fit.

`python -m bench.linkage` prints the power curve too; KITHKIN_BENCH_RUNS sets how many companies a rate is of.
"""

from __future__ import annotations

import os
import secrets
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.stats import binomtest
from statsmodels.regression.linear_model import OLS

from bench.timing import ratio
from kithkin.analysis.linkage import weak_links
from kithkin.demo.company import simulate
from kithkin.demo.signals import World

_RUNS = int(os.environ.get("KITHKIN_BENCH_RUNS", "200"))
BROKEN = {
    "feedback from outside to inside, +.3": World(feedback=0.3),
    "feedback from outside to inside, −.3": World(feedback=-0.3),
    "wrong lag: two months": World(lag=2),
    "wrong lag: same month, persistent links": World(lag=0, persistence=0.5),
    "missing scores and units": World(missing=0.15),
    "effects that differ between branches": World(heterogeneity=0.35),
    "spillover between neighbouring links": World(spillover=0.5),
    "a shared culture that wanders": World(culture_drift=0.1),
}


@dataclass(frozen=True)
class Rate:
    """How many of so many companies, with the 95 % bounds of Clopper and Pearson."""

    count: int
    runs: int

    @property
    def at_least(self) -> float:
        """The lower bound: a rate is over its budget when chance alone does not explain it."""
        return float(binomtest(self.count, self.runs).proportion_ci().low)

    def __str__(self) -> str:
        bounds = binomtest(self.count, self.runs).proportion_ci()
        return f"{self.count / self.runs:6.1%}  [{bounds.low:6.1%}, {bounds.high:6.1%}]  n = {self.runs}"


def run() -> list[tuple[str, float, float]]:
    """(name, ratio, budget): missed and wrong links, false alarms, and the cost of 2,000 draws in fits."""
    seed = secrets.randbits(32)
    print(f"fresh companies from seed {seed}, {_RUNS} each; 95 % bounds in brackets")
    right, wrong = rates(World(), seed)
    _, alarms = rates(World(), seed + 1, weak=False)
    lines = [
        ("weak link not named, lower bound", Rate(right.runs - right.count, right.runs).at_least, 0.05),
        ("a wrong link named, lower bound", wrong.at_least, 0.01),
        ("a link named where none is weak, lower bound", alarms.at_least, 0.02),
    ]
    print(f"  right link named                              {right}")
    print(f"  wrong link named                              {wrong}")
    print(f"  a link named where none is weak               {alarms}")
    for position, (name, world) in enumerate(BROKEN.items()):
        _, with_weak = rates(world, seed + 10 + position)
        _, without = rates(world, seed + 40 + position, weak=False)
        print(f"  {name}: wrong link named         {with_weak}")
        print(f"  {name}: named where none is weak {without}")
        worst = max(with_weak.at_least, without.at_least)
        lines.append((f"false declarations, lower bound, {name}", worst, 0.05))
    print("power by effect:")
    for effect in (0.1, 0.2, 0.3, 0.4, 0.5):
        print(f"  {effect:.1f}  {rates(World(effect=effect), seed + 80 + int(10 * effect))[0]}")
    return [
        *lines,
        ("2,000 draws on 40 units × 24 periods × 12 links, against one clustered fit", against_one_fit(), 40.0),
    ]


def rates(world: World, seed: int, *, weak: bool = True) -> tuple[Rate, Rate]:
    """How often the right and how often a wrong link was named, on 40 units × 12 periods × 12 links."""
    with ProcessPoolExecutor() as pool:
        named = list(pool.map(partial(_named, world, weak), range(seed, seed + 100_000 * _RUNS, 100_000), chunksize=5))
    return Rate(named.count("right"), _RUNS), Rate(named.count("wrong"), _RUNS)


def _named(world: World, weak: bool, seed: int) -> str:
    company = simulate(seed=seed, world=world, **({} if weak else {"weak_link": None}))
    weakest = weak_links(company.links, company.outcomes, company.service_map, seed=seed).weakest
    if weakest is None:
        return "none"
    return "right" if weakest.link == company.weak_link else "wrong"


def against_one_fit() -> float:
    """The whole report with 2,000 draws against one fit with dummies and errors clustered by unit."""
    company = simulate(seed=secrets.randbits(32), periods=24)
    tables = (company.links, company.outcomes, company.service_map)
    x = company.links["score"].to_numpy().reshape(12, 40, 24)[:, :, :-1].reshape(12, -1).T
    y = company.outcomes["score"].to_numpy().reshape(40, 24)[:, 1:].ravel()
    dummies = np.hstack([np.kron(np.eye(40), np.ones((23, 1))), np.kron(np.ones((40, 1)), np.eye(23)[:, 1:])])
    design, unit = np.hstack([x, dummies]), np.repeat(np.arange(40), 23)

    def one_fit() -> object:
        return OLS(y, design).fit(cov_type="cluster", cov_kwds={"groups": unit}).tvalues

    return ratio(lambda: weak_links(*tables), one_fit, turns=9)


if __name__ == "__main__":
    for name, measured, budget in run():
        print(f"{name}: {measured:.3f} (at most {budget:g})")
