"""What people inside answered about those who serve them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kithkin.demo.company import HIGHEST_RATING, Company
from kithkin.demo.records.months import starts
from kithkin.demo.records.sums import answers_adding_up, moments, on_scale
from kithkin.demo.structure import SERVICES

DIMENSIONS = ("communication", "responsiveness", "quality", "reliability")
_CUT_OFF = 1.07
"""The spread that is lost where the scale ends."""
_LOADINGS = (0.55, 0.80, 0.65, 0.45)


@dataclass(frozen=True)
class ServiceAnswers:
    """One row per answer about one relation, as columns; `link`, `unit`, `month` are places in the company's lists,
    `rater` numbers those who answered in one unit and month about one link; −1 among dimensions: not answered.
    """

    link: NDArray[np.int64]
    unit: NDArray[np.int64]
    month: NDArray[np.int64]
    rater: NDArray[np.int64]
    at: NDArray[np.int64]
    overall: NDArray[np.int64]
    recommend: NDArray[np.int8]
    dimensions: NDArray[np.int8]

    def __len__(self) -> int:
        return int(self.overall.size)

    def answers(self, first: int, last: int) -> Iterator[dict[str, int]]:
        """What was answered, by the names of the questions, for the rows from `first` up to `last`."""
        for row in range(first, last):
            given = {"service": int(self.overall[row]), "recommend": int(self.recommend[row])}
            for name, mark in zip(DIMENSIONS, self.dimensions[row], strict=True):
                if mark >= 0:
                    given[name] = int(mark)
            yield given


def service_answers(company: Company) -> ServiceAnswers:
    """Everything answered about the relations, in the order of time: its means are the company's link scores."""
    rng = np.random.default_rng([company.seed, 12])
    link, unit, month = places_of_links(company)
    n = company.links["n"].to_numpy()
    sums = np.rint(company.links["score"].to_numpy() / 100 * HIGHEST_RATING * n).astype(np.int64)
    sd = company.links["sd"].to_numpy() / 100 * HIGHEST_RATING * _CUT_OFF
    cell, overall = answers_adding_up(sums, n, sd, HIGHEST_RATING, rng)
    rater = np.arange(cell.size) - np.repeat(np.cumsum(n) - n, n)
    at = moments(month[cell], starts(company.periods), rng)
    order = np.argsort(at, kind="stable")
    cell, overall, rater, at = cell[order], overall[order], rater[order], at[order]
    felt = (overall - 7.3) / 2.0
    columns = [
        on_scale(7.3 + 2.0 * (load * felt + np.sqrt(1 - load**2) * rng.normal(size=felt.size)), 0, HIGHEST_RATING)
        for load in _LOADINGS
    ]
    dimensions = np.stack(columns, axis=1)
    dimensions[rng.random(dimensions.shape) < 0.05] = -1
    return ServiceAnswers(
        link=link[cell],
        unit=unit[cell],
        month=month[cell],
        rater=rater,
        at=at,
        overall=overall,
        recommend=on_scale(overall + 0.2 + 0.9 * rng.normal(size=overall.size), 0, 10),
        dimensions=dimensions,
    )


def places_of_links(company: Company) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Link, unit and month of each row of `company.links`, as places."""
    table = company.links
    links = {(one.provider, one.receiver, one.name): place for place, one in enumerate(SERVICES)}
    ends = zip(*(table[name].to_pylist() for name in ("provider", "receiver", "service")), strict=True)
    units = {name: place for place, name in enumerate(company.units)}
    months = {name: place for place, name in enumerate(company.periods)}
    return (
        np.array([links[end] for end in ends], dtype=np.int64),
        np.array([units[name] for name in table["unit"].to_pylist()], dtype=np.int64),
        np.array([months[name] for name in table["period"].to_pylist()], dtype=np.int64),
    )
