"""What employees answered each quarter about working here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kithkin.demo.company import Company
from kithkin.demo.records.months import quarters, starts
from kithkin.demo.records.sums import moments, on_scale

ITEMS = {  # what each item adds to engagement, and how much of it is culture and service
    "trust": (0.40, 0.55, 0.05),
    "recognition": (0.30, 0.45, 0.05),
    "growth": (0.20, 0.30, 0.00),
    "equipment": (0.15, 0.10, 0.45),
    "workload": (0.10, 0.10, 0.25),
}
RESPONSE_RATE = 0.9


@dataclass(frozen=True)
class EngagementAnswers:
    """One row per answer: `employee`, `quarter` are places in their lists; 0 among items: not answered."""

    employee: NDArray[np.int64]
    quarter: NDArray[np.int64]
    at: NDArray[np.int64]
    engagement: NDArray[np.int8]
    recommend: NDArray[np.int8]
    items: NDArray[np.int8]

    def __len__(self) -> int:
        return int(self.at.size)

    def answers(self, first: int, last: int) -> Iterator[dict[str, int]]:
        """What was answered, by the names of the questions, for the rows from `first` up to `last`."""
        for row in range(first, last):
            given = {"engagement": int(self.engagement[row]), "recommend": int(self.recommend[row])}
            given.update({name: int(mark) for name, mark in zip(ITEMS, self.items[row], strict=True) if mark})
            yield given


def engagement_answers(company: Company, branches: Sequence[int | None]) -> EngagementAnswers:
    """Nine of ten employees each quarter; `branches` has the branch of each, None for somebody in a department.

    A branch's culture moves everything in it; how well it is served moves equipment and workload.
    """
    rng = np.random.default_rng([company.seed, 14])
    spans = quarters(company.periods)
    branch = np.array([-1 if place is None else place for place in branches])
    employee, quarter = np.nonzero(rng.random((branch.size, len(spans))) < RESPONSE_RATE)
    signals = company.signals
    culture = np.stack([signals.culture[:, list(span)].mean(axis=1) for span in spans], axis=1)
    served = np.stack([signals.service[:, :, list(span)].mean(axis=(0, 2)) for span in spans], axis=1)
    own = branch[employee]
    felt_culture = np.where(own < 0, 0.0, np.broadcast_to(culture, (culture.shape[0], len(spans)))[own, quarter])
    felt_service = np.where(own < 0, 0.0, served[own, quarter])
    mood = 0.5 * rng.normal(size=branch.size)[employee]
    total, marks = np.zeros(employee.size), []
    for weight, of_culture, of_service in ITEMS.values():
        felt = of_culture * felt_culture + of_service * felt_service + mood + 0.8 * rng.normal(size=employee.size)
        total += weight * felt
        marks.append(on_scale(3.5 + felt, 1, 5))
    items = np.stack(marks, axis=1)
    items[rng.random(items.shape) < 0.02] = 0
    month = np.array([span[-1] for span in spans])[quarter]
    at = moments(month, starts(company.periods), rng)
    engagement = on_scale(3.5 + 1.2 * total + 0.5 * rng.normal(size=total.size), 1, 5)
    recommend = on_scale(6.8 + 2.2 * total + 0.9 * rng.normal(size=total.size), 0, 10)
    order = np.argsort(at, kind="stable")
    return EngagementAnswers(
        employee=employee[order],
        quarter=quarter[order],
        at=at[order],
        engagement=engagement[order],
        recommend=recommend[order],
        items=items[order],
    )
