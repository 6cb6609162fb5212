"""What customers answered: recommendation, what lay behind it, and their own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kithkin.demo.company import Company
from kithkin.demo.records.months import starts
from kithkin.demo.records.sums import moments, on_scale
from kithkin.demo.records.words.comments import Said, comment
from kithkin.demo.signals import Cube
from kithkin.demo.structure import SERVICES, TOUCHPOINTS

DRIVERS = ("waiting", "staff", "product", "price")
_WITHIN = (  # how a promoter, a passive and a detractor spread over the scale
    ((9, 10), (0.45, 0.55)),
    ((7, 8), (0.42, 0.58)),
    ((0, 1, 2, 3, 4, 5, 6), (0.06, 0.04, 0.07, 0.12, 0.16, 0.25, 0.30)),
)
_LOADINGS = {"waiting": 0.62, "staff": 0.80, "product": 0.45, "price": 0.22}
_EFFORT = frozenset({"Order online", "Getting help", "Repair"})
"""Where the effort is asked for."""
_GROUP_AT_WORST, _GROUP_ELSEWHERE = (0.72, 1.0, 1.45), (1.06, 1.0, 0.90)
_COMMENTS, _KNOWN, _GERMAN = 0.45, 0.02, 0.6


@dataclass(frozen=True)
class OutsideAnswers:
    """One row per answer, as columns. `unit`, `month`, `touchpoint` are places in the company's own lists; `customer`
    is a place in the list of those known, −1 for somebody unknown; 0 among drivers and in `csat` and `ces`: not
    answered; `at` in seconds since 1970.
    """

    unit: NDArray[np.int64]
    month: NDArray[np.int64]
    touchpoint: NDArray[np.int64]
    at: NDArray[np.int64]
    score: NDArray[np.int8]
    csat: NDArray[np.int8]
    ces: NDArray[np.int8]
    drivers: NDArray[np.int8]
    customer: NDArray[np.int64]
    german: NDArray[np.bool_]
    speaks: NDArray[np.bool_]
    seed: int

    def __len__(self) -> int:
        return int(self.score.size)

    def answers(self, first: int, last: int) -> Iterator[dict[str, int | str]]:
        """What was answered, by the names of the questions, for the rows from `first` up to `last`."""
        for row in range(first, last):
            given: dict[str, int | str] = {"recommend": int(self.score[row])}
            for name, column in (("satisfaction", self.csat), ("effort", self.ces)):
                if column[row]:
                    given[name] = int(column[row])
            marks = {name: int(mark) for name, mark in zip(DRIVERS, self.drivers[row], strict=True) if mark}
            given.update(marks)
            if self.speaks[row]:
                place = TOUCHPOINTS[self.touchpoint[row]].name
                said = Said(place, int(self.score[row]), marks, german=bool(self.german[row]))
                given["comment"] = comment(said, self.seed * 1_000_003 + row)
            yield given


def outside_answers(company: Company, known: int) -> OutsideAnswers:
    """Everything that customers answered, in the order of time: its NPS by branch and month is the company's."""
    rng = np.random.default_rng([company.seed, 11])
    cells = np.repeat(np.arange(company.counts.size), company.counts.ravel())
    unit, month, group = np.unravel_index(cells, company.counts.shape)
    at = moments(month, starts(company.periods), rng)
    order = np.argsort(at, kind="stable")
    unit, month, group, at = unit[order], month[order], group[order], at[order]
    score = _scores(group, rng)
    touchpoint = _touchpoints(group, worst_touchpoint(company.weak_link), rng)
    felt = (score.astype(np.float64) - 7.4) / 2.6
    names = np.array([place.name for place in TOUCHPOINTS])[touchpoint]
    ces = on_scale(4.9 + 1.3 * felt + rng.normal(size=score.size), 1, 7)
    customer = np.where(rng.random(score.size) < _KNOWN, rng.integers(0, max(known, 1), size=score.size), -1)
    return OutsideAnswers(
        unit=unit,
        month=month,
        touchpoint=touchpoint,
        at=at,
        score=score,
        csat=on_scale(3.7 + 0.95 * felt + 0.55 * rng.normal(size=score.size), 1, 5),
        ces=np.where(np.isin(names, list(_EFFORT)), ces, 0).astype(np.int8),
        drivers=_drivers(felt, rng),
        customer=customer if known else np.full(score.size, -1),
        german=rng.random(score.size) < _GERMAN,
        speaks=rng.random(score.size) < _COMMENTS + 0.2 * (score <= 4),
        seed=company.seed,
    )


def worst_touchpoint(weak_link: str | None) -> str | None:
    """Where customers feel the weak link: a place of the department that it serves."""
    if weak_link is None:
        return None
    receiver = next(service.receiver for service in SERVICES if service.link == weak_link)
    return [place.name for place in TOUCHPOINTS if place.department == receiver][-1]


def _scores(group: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int8]:
    score = np.empty(group.size, dtype=np.int8)
    for place, (values, chances) in enumerate(_WITHIN):
        mine = group == place
        score[mine] = rng.choice(values, size=int(mine.sum()), p=chances)
    return score


def _touchpoints(group: NDArray[np.int64], worst: str | None, rng: np.random.Generator) -> NDArray[np.int64]:
    """Detractors were met more often at the worst place, so that it shows among the stages of a journey."""
    touchpoint = np.empty(group.size, dtype=np.int64)
    for place in range(len(_WITHIN)):
        tilt: Cube = np.array(
            [
                one.share
                * (1.0 if worst is None else (_GROUP_AT_WORST if one.name == worst else _GROUP_ELSEWHERE)[place])
                for one in TOUCHPOINTS
            ]
        )
        mine = group == place
        touchpoint[mine] = rng.choice(tilt.size, size=int(mine.sum()), p=tilt / tilt.sum())
    return touchpoint


def _drivers(felt: Cube, rng: np.random.Generator) -> NDArray[np.int8]:
    columns = [
        on_scale(3.7 + 1.1 * (share * felt + np.sqrt(1 - share**2) * rng.normal(size=felt.size)), 1, 5)
        for share in _LOADINGS.values()
    ]
    marks = np.stack(columns, axis=1)
    marks[rng.random(marks.shape) < 0.06] = 0
    return marks
