"""What branches asked of those who serve them, and the way of each request from queue to queue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kithkin.demo.company import Company
from kithkin.demo.records.months import starts
from kithkin.demo.records.service import places_of_links
from kithkin.demo.records.sums import moments
from kithkin.demo.records.words.subjects import SUBJECTS
from kithkin.demo.structure import SERVICES

DESK, SECOND_LINE = "Service desk", "Second line"
_LEGS = np.array([2, 3, 4, 5])
_LEG_SHARES = np.array([0.55, 0.2475, 0.111375, 0.091125])
_LOST_PER_LEG = 0.12
_USUAL, _LATE = 80.0, 420.0  # minutes of a leg, in the mean


def team_of(provider: str) -> str:
    """The queue in which a department works what is asked of it."""
    return f"{provider} team"


QUEUES = {
    DESK: "IT",
    SECOND_LINE: "IT",
    **{team_of(provider): provider for provider in dict.fromkeys(service.provider for service in SERVICES)},
}
"""Every queue with the department that works it."""


@dataclass(frozen=True)
class Step:
    """One event: seconds since 1970, the queue from then on, the state, whether it closes."""

    at: int
    queue: str
    state: str
    closes: bool = False


@dataclass(frozen=True)
class RequestPlan:
    """One request. `link`, `unit` are places in the company's lists; `asker` tells the people of a unit apart."""

    number: str
    title: str
    link: int
    unit: int
    asker: int
    kept: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Requests:
    """All of them, in the order in which they were opened. Kept ones by link, branch and month are the company's."""

    link: NDArray[np.int64]
    unit: NDArray[np.int64]
    month: NDArray[np.int64]
    at: NDArray[np.int64]
    kept: NDArray[np.bool_]
    legs: NDArray[np.int64]
    minutes: NDArray[np.float64]
    subject: NDArray[np.int64]

    def __len__(self) -> int:
        return int(self.at.size)

    def plans(self, first: int, last: int) -> Iterator[RequestPlan]:
        """Those from `first` up to `last`."""
        for row in range(first, last):
            service = SERVICES[self.link[row]]
            subjects = SUBJECTS[service.name]
            yield RequestPlan(
                number=f"R{row + 1:06d}",
                title=subjects[int(self.subject[row]) % len(subjects)],
                link=int(self.link[row]),
                unit=int(self.unit[row]),
                asker=int(self.subject[row]),
                kept=bool(self.kept[row]),
                steps=self._steps(row, team_of(service.provider)),
            )

    def _steps(self, row: int, team: str) -> tuple[Step, ...]:
        at, legs = int(self.at[row]), int(self.legs[row])
        way = [DESK, *(team if leg % 2 else SECOND_LINE for leg in range(1, legs))]
        steps = [Step(at, DESK, "Opened")]
        for leg, queue in enumerate(way[1:]):
            at += 60 * (1 + int(self.minutes[row, leg]))
            steps.append(Step(at, queue, "Assigned"))
        at += 60 * (1 + int(self.minutes[row, legs - 1]))
        return (*steps, Step(at, way[-1], "Closed", closes=True))


def requests_of(company: Company) -> Requests:
    """Every request. Each further hand-over makes it likelier that the promise is broken."""
    rng = np.random.default_rng([company.seed, 13])
    link, unit, month = places_of_links(company)
    asked = company.links["requests"].to_numpy()
    share = np.nan_to_num(company.links["attainment"].to_numpy(zero_copy_only=False).astype(np.float64))
    cell = np.repeat(np.arange(asked.size), asked)
    nth = np.arange(cell.size) - np.repeat(np.cumsum(asked) - asked, asked)
    kept = nth < np.rint(share * asked)[cell]
    at = moments(month[cell], starts(company.periods), rng)
    order = np.argsort(at, kind="stable")
    cell, kept, at = cell[order], kept[order], at[order]
    chance = company.attainment[link[cell], unit[cell], month[cell]]
    return Requests(
        link=link[cell],
        unit=unit[cell],
        month=month[cell],
        at=at,
        kept=kept,
        legs=_legs(kept, chance, rng),
        minutes=rng.gamma(1.2, np.where(kept, _USUAL, _LATE)[:, None] / 1.2, size=(cell.size, int(_LEGS[-1]))),
        subject=rng.integers(0, 1_000_000, size=cell.size),
    )


def _legs(kept: NDArray[np.bool_], chance: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int64]:
    """How many queues each one saw: Bayes' rule, where each further one takes 12 points off the chance to be kept."""
    usual = chance + _LOST_PER_LEG * (_LEG_SHARES @ (_LEGS - 2))
    keeps = np.clip(usual[:, None] - _LOST_PER_LEG * (_LEGS - 2), 0.02, 0.98)
    weights = _LEG_SHARES * np.where(kept[:, None], keeps, 1 - keeps)
    edges = np.cumsum(weights, axis=1)
    drawn = rng.random(kept.size) * edges[:, -1]
    return np.asarray(_LEGS[(drawn[:, None] > edges).sum(axis=1).clip(max=_LEGS.size - 1)])
