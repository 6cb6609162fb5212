"""Revenue, retention and calls, written through the service by which figures come in; and the warehouse after all."""

from __future__ import annotations

from kithkin.demo.company import Company
from kithkin.demo.loading.places import Places
from kithkin.demo.loading.telling import Tell
from kithkin.demo.records.figures import Measure, figures_of
from kithkin.insights.models import OutcomeMeasure
from kithkin.insights.services.outcomes import OutcomeRow, record_outcomes
from kithkin.insights.warehouse import load_pending
from kithkin.platform.models import FactChange

PART, WAREHOUSE = "Revenue, retention, calls", "Warehouse"
TURN = 2.0
"""Seconds after which it is told how much of the warehouse is still to be loaded."""


def load_figures(company: Company, places: Places, tell: Tell) -> None:
    """A value of each measure for every branch and month."""
    told = figures_of(company)
    for done, (measure, figures) in enumerate(told.items()):
        tell(PART, done, len(told))
        rows = [OutcomeRow(places.units[one.unit], one.month, one.value, one.n) for one in figures]
        record_outcomes(measure=_measure(measure), rows=rows)
    tell(PART, len(told), len(told))


def load_warehouse(tell: Tell) -> None:
    """Count all that was written, so that the first page that is opened has its figures."""
    waiting = whole = FactChange.objects.count()
    while waiting:
        tell(WAREHOUSE, whole - waiting, whole)
        load_pending(TURN)
        waiting = min(FactChange.objects.count(), whole)
    tell(WAREHOUSE, whole, whole)


def _measure(told: Measure) -> OutcomeMeasure:
    made, _ = OutcomeMeasure.objects.get_or_create(
        name=told.name,
        defaults={"measured_in": told.measured_in, "more_is_better": told.more_is_better, "stage": told.stage},
    )
    return made
