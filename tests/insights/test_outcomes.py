"""Figures come in, the later one of a unit and month in the place of the earlier, and reach the warehouse."""

from __future__ import annotations

import pytest

from kithkin.insights.facts import OUTCOMES
from kithkin.insights.models import Outcome, OutcomeMeasure
from kithkin.insights.services.outcomes import BadOutcome, OutcomeRow, record_outcomes
from kithkin.insights.warehouse import load_pending
from kithkin.insights.warehouse.place import place
from kithkin.insights.warehouse.store import open_table
from kithkin.platform.models import Event


@pytest.fixture
def revenue(cast):
    return OutcomeMeasure.objects.create(name="Revenue")


def loaded():
    load_pending()
    rows = open_table("outcomes", place()).dataset().to_table().sort_by("key").to_pylist()
    return [(row["unit"], row["month"], row["value"], row["n"]) for row in rows]


def test_figures_reach_the_warehouse(cast, revenue):
    rows = [OutcomeRow(cast.it.pk, "2026-01", 10.5, 3), OutcomeRow(cast.logistics.pk, "2026-02", -1.0)]
    keys = record_outcomes(measure=revenue, rows=rows)
    assert keys == list(Outcome.objects.order_by("pk").values_list("pk", flat=True))
    assert loaded() == [(cast.it.pk, "2026-01", 10.5, 3.0), (cast.logistics.pk, "2026-02", -1.0, None)]
    assert Event.objects.get(kind="insights.OutcomesRecorded").facts == {"measure_id": revenue.pk, "count": 2}


def test_a_later_figure_takes_the_place_of_the_earlier(cast, revenue):
    record_outcomes(measure=revenue, rows=[OutcomeRow(cast.it.pk, "2026-01", 1.0)])
    load_pending()
    record_outcomes(
        measure=revenue, rows=[OutcomeRow(cast.it.pk, "2026-01", 2.0), OutcomeRow(cast.it.pk, "2026-01", 3.0)]
    )
    assert loaded() == [(cast.it.pk, "2026-01", 3.0, None)]


@pytest.mark.parametrize(
    ("month", "value", "n"), [("2026-13", 1.0, None), ("2026-01", float("nan"), None), ("2026-01", 1.0, -1)]
)
def test_what_is_no_figure_is_refused(cast, revenue, month, value, n):
    with pytest.raises(BadOutcome):
        record_outcomes(measure=revenue, rows=[OutcomeRow(cast.it.pk, month, value, n)])
    assert not Outcome.objects.exists()


def test_the_truth_is_walked_piece_by_piece(cast, revenue):
    rows = [OutcomeRow(cast.it.pk, f"2026-{number:02d}", 1.0) for number in range(1, 8)]
    keys = sorted(record_outcomes(measure=revenue, rows=rows))
    assert OUTCOMES.following(0, 3) == keys[2]
    assert OUTCOMES.following(keys[2], 100) == keys[-1]
    assert OUTCOMES.following(keys[-1], 3) is None
    assert OUTCOMES.rows(keys[1], keys[2])["key"].to_pylist() == keys[1:3]
    assert OUTCOMES.rows(keys[-1] + 1, keys[-1] + 9).num_rows == 0
