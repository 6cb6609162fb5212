"""Figures of both sides in units of their own: what teachers say, and what parents say."""

from __future__ import annotations

import numpy as np

from kithkin.insights.models import Outcome, OutcomeMeasure
from kithkin.insights.services.outcomes import OutcomeRow, record_outcomes
from tests.cast import Cast, make_unit

TEACHERS, PARENTS = ("Safety, teachers", "Academics, teachers"), ("Safety, parents", "Academics, parents")


def figures_of_both_sides(cast: Cast, schools: int = 20, months: tuple[str, ...] = ("2011-12",)) -> None:
    """Schools below IT, and one below Logistics; safety goes together on both sides, academics does not."""
    units = [make_unit(f"School {n}", cast.it if n else cast.logistics) for n in range(schools)]
    rng = np.random.default_rng(3)
    for month in months:
        safe, other = rng.normal(7, 1, size=(2, schools))
        said = {
            TEACHERS[0]: safe,
            TEACHERS[1]: other,
            PARENTS[0]: safe + rng.normal(0, 0.5, schools),
            PARENTS[1]: rng.normal(7, 1, schools),
        }
        for name, values in said.items():
            side = "kin" if name in TEACHERS else "kith"
            measure, _made = OutcomeMeasure.objects.get_or_create(name=name, defaults={"side": side})
            rows = [
                OutcomeRow(unit.pk, month, round(float(value), 2), 30)
                for unit, value in zip(units, values, strict=True)
            ]
            record_outcomes(measure=measure, rows=rows)
    assert Outcome.objects.count() == 4 * schools * len(months)
