"""Revenue, retention and calls of each branch and month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kithkin.demo.company import Company


@dataclass(frozen=True)
class Measure:
    """What a figure is; `stage` is its place in the chain from engagement to profit, empty for none."""

    name: str
    measured_in: str
    stage: str
    more_is_better: bool = True


@dataclass(frozen=True)
class Figure:
    """A value of a branch (its place in the company's list) in a month, of how many where that is known."""

    unit: int
    month: str
    value: float
    n: int | None = None


REVENUE = Measure("Revenue", "€", "revenue")
RETENTION = Measure("Customers who stay", "share", "loyalty")
CALLS = Measure("Calls to complain", "calls", "", more_is_better=False)
_CUSTOMERS = 900


def figures_of(company: Company) -> dict[Measure, Iterator[Figure]]:
    """By measure, each branch and month."""
    rng = np.random.default_rng([company.seed, 15])
    nps = company.outcomes["score"].to_numpy()
    customers = rng.poisson(_CUSTOMERS, size=nps.size)
    calls = rng.poisson(40 * np.exp(-0.01 * (nps - 22)))
    retention = company.revenue["retention"].to_numpy()
    return {
        REVENUE: _rows(company, company.revenue["revenue"].to_numpy()),
        RETENTION: _rows(company, retention, customers),
        CALLS: _rows(company, calls),
    }


def _rows(company: Company, values: np.ndarray, n: np.ndarray | None = None) -> Iterator[Figure]:
    months = len(company.periods)
    for place, value in enumerate(values):
        of = None if n is None else int(n[place])
        yield Figure(place // months, company.periods[place % months], float(value), of)
