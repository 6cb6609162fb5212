"""A loader that ends its own process at one step, in an installation of its own."""

from __future__ import annotations

import os
import shutil
import signal
from typing import Any

from kithkin.directory.models import Unit
from kithkin.insights.facts import OUTCOMES
from kithkin.insights.models import Loaded, OutcomeMeasure
from kithkin.insights.services.outcomes import OutcomeRow, record_outcomes
from kithkin.insights.warehouse import load_pending, loading, pending, starting
from kithkin.insights.warehouse.place import place
from kithkin.insights.warehouse.store import Stored, open_table

STEPS = (
    ("create_table", False),
    ("create_table", True),
    ("replace", False),
    ("replace", True),
    ("settle", False),
    ("settle", True),
    ("cross_out", True),
)
"""Before or after what the loader ends."""
_WHERE: dict[str, Any] = {
    "create_table": starting,
    "replace": Stored,
    "settle": loading,
    "cross_out": pending,
}


def end_at(step: str, after: bool, number: int) -> None:
    """Write other figures, and be killed while they are loaded."""
    folder = place().folder
    if step == "create_table" and folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
    measure, _made = OutcomeMeasure.objects.get_or_create(name="Revenue")
    for unit in Unit.objects.order_by("pk")[:2]:
        months = [f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 13)]
        record_outcomes(measure=measure, rows=[OutcomeRow(unit.pk, month, unit.pk + number) for month in months])
    owner = _WHERE[step]
    whole = getattr(owner, step)

    def ends(*given: Any, **named: Any) -> Any:
        if after:
            whole(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, step, ends)
    load_pending()


def finish(times: int) -> None:
    """Another loader, later; then the warehouse is held against the truth."""
    Loaded.objects.update(leased_until=None, leased_by="")  # as time would
    while load_pending():
        pass
    found = open_table("outcomes", place())
    assert found is not None
    rows = found.dataset().to_table(columns=OUTCOMES.schema.names).sort_by("key").to_pylist()
    same = rows == OUTCOMES.rows(1, 2**40).to_pylist() and len(rows) == (48 if times else 0)
    print("the same" if same else rows, flush=True)  # noqa: T201
