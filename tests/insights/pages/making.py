"""Answers of customers and revenue of a few branches, through the services by which they come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from kithkin.directory.models import Touchpoint, Unit, UnitKind
from kithkin.insights.models import OutcomeMeasure, OutcomeStage
from kithkin.insights.services.outcomes import OutcomeRow, record_outcomes
from kithkin.insights.warehouse import load_pending
from kithkin.surveys.models import Identity, Program
from kithkin.surveys.services import NewResponse, record_responses
from tests.cast import Cast, make_unit
from tests.surveys.programs import make_program, noon

UNITS, MONTHS, ANSWERS = 9, 8, 12


@dataclass(frozen=True)
class Branches:
    """What there is to ask about."""

    program: Program
    units: tuple[Unit, ...]
    touchpoints: tuple[Touchpoint, ...]
    revenue: OutcomeMeasure


def month(number: int) -> str:
    return f"2026-{number + 1:02d}"


def make_branches(cast: Cast, name: str = "Guests", below: Unit | None = None) -> Branches:
    """Branches below Logistics, where a visit pleases more than a delivery, and revenue follows a month later."""
    rng = np.random.default_rng(7)
    units = tuple(make_unit(f"Branch {n}", below or cast.logistics, kind=UnitKind.SITE) for n in range(UNITS))
    touchpoints = tuple(Touchpoint.objects.create(name=name) for name in ("Visit", "Delivery"))
    program = make_program(name, identity=Identity.IDENTIFIED)
    mood = rng.normal(size=(UNITS, MONTHS))
    rows = [
        NewResponse(
            at=noon(date(2026, m + 1, 10)),
            unit=units[u].pk,
            touchpoint=touchpoints[a % 2].pk,
            answers={
                "recommend": int(np.clip(round(7.5 + 1.2 * mood[u, m] - 1.5 * (a % 2) + rng.normal()), 0, 10)),
                "food": int(rng.integers(1, 6)),
            },
        )
        for u in range(UNITS)
        for m in range(MONTHS)
        for a in range(ANSWERS)
    ]
    record_responses(program=program, rows=rows)
    revenue = OutcomeMeasure.objects.create(name="Revenue", measured_in="€", stage=OutcomeStage.REVENUE)
    before = np.concatenate([mood[:, :1], mood[:, :-1]], axis=1)
    values = 1000 * np.exp(0.1 * before + 0.02 * rng.normal(size=mood.shape))
    figures = [OutcomeRow(units[u].pk, month(m), float(values[u, m])) for u in range(UNITS) for m in range(MONTHS)]
    record_outcomes(measure=revenue, rows=figures)
    load_pending()
    return Branches(program, units, touchpoints, revenue)
