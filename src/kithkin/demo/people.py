"""Single answers: of customers, adding up to the measured outside scores, and of employees."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kithkin.demo.structure import DEPARTMENTS, TOUCHPOINTS

_WITHIN = (  # how a promoter, a passive and a detractor spread over the scale
    ((9, 10), (0.45, 0.55)),
    ((7, 8), (0.42, 0.58)),
    ((0, 1, 2, 3, 4, 5, 6), (0.06, 0.04, 0.07, 0.12, 0.16, 0.25, 0.30)),
)
_ITEMS = {  # what each item adds to engagement, and how much of it is culture and service
    "trust": (0.40, 0.55, 0.05),
    "recognition": (0.30, 0.45, 0.05),
    "growth": (0.20, 0.30, 0.00),
    "equipment": (0.15, 0.10, 0.45),
    "workload": (0.10, 0.10, 0.25),
    "canteen": (0.00, 0.05, 0.00),
}
_ANSWERS_PER_BRANCH = 60


def outside_answers(
    units: tuple[str, ...], periods: tuple[str, ...], counts: NDArray[np.int64], rng: np.random.Generator
) -> pa.Table:
    """One row per customer's answer, in random order: unit, period, touchpoint, score."""
    cells = np.repeat(np.arange(counts.size), counts.ravel())
    unit, period, group = np.unravel_index(cells, counts.shape)
    score = np.empty(cells.size, dtype=np.int8)
    for position, (values, chances) in enumerate(_WITHIN):
        mine = group == position
        score[mine] = rng.choice(values, size=int(mine.sum()), p=chances)
    touchpoint = rng.choice(len(TOUCHPOINTS), size=cells.size, p=[touchpoint.share for touchpoint in TOUCHPOINTS])
    order = rng.permutation(cells.size)
    return pa.table(
        {
            "unit": np.array(units)[unit][order],
            "period": np.array(periods)[period][order],
            "touchpoint": np.array([place.name for place in TOUCHPOINTS])[touchpoint][order],
            "score": score[order],
        }
    )


def staff_answers(
    units: tuple[str, ...], culture: NDArray[np.float64], service: NDArray[np.float64], rng: np.random.Generator
) -> pa.Table:
    """One row per employee's answer: unit, department, the items and engagement on 1…5 (some skipped), weight."""
    branch = np.repeat(np.arange(len(units)), _ANSWERS_PER_BRANCH)
    columns: dict[str, pa.Array] = {
        "unit": pa.array(np.array(units)[branch]),
        "department": pa.array(rng.choice(DEPARTMENTS, size=branch.size)),
    }
    mood = 0.5 * rng.normal(size=branch.size)
    total = np.zeros(branch.size)
    for item, (weight, of_culture, of_service) in _ITEMS.items():
        felt = of_culture * culture[branch] + of_service * service[branch] + mood + 0.8 * rng.normal(size=branch.size)
        total += weight * felt
        columns[item] = _on_scale(felt, rng)
    columns["engagement"] = _on_scale(1.2 * total + 0.5 * rng.normal(size=branch.size), rng)
    columns["weight"] = pa.array(rng.choice([0.8, 1.0, 1.3], size=branch.size))
    return pa.table(columns)


def _on_scale(felt: NDArray[np.float64], rng: np.random.Generator) -> pa.Array:
    answers = np.clip(np.rint(3.5 + felt), 1, 5).astype(np.int8)
    return pa.array(answers, mask=rng.random(felt.size) < 0.02)
