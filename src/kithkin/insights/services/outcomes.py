"""Figures come in from elsewhere."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from kithkin.insights.events import OutcomesRecorded
from kithkin.insights.facts import TABLE
from kithkin.insights.models import Outcome, OutcomeMeasure
from kithkin.platform.events import publish
from kithkin.platform.models import Import
from kithkin.platform.services.facts import note_changed

BATCH = 500
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class BadOutcome(ValueError):
    """A figure cannot be kept as it is; the message says why."""


@dataclass(frozen=True)
class OutcomeRow:
    """One unit's value in one month ("2026-03"), and of how many it is where that is known."""

    unit_id: int
    month: str
    value: float
    n: int | None = None


@transaction.atomic
def record_outcomes(*, measure: OutcomeMeasure, rows: Iterable[OutcomeRow], brought: Import | None = None) -> list[int]:
    """Keep these values of a measure, in the place of those of the same units and months; their keys.

    Where two rows are about one unit and month, the later one counts.
    """
    wanted = {(row.unit_id, row.month): _checked(row) for row in rows}
    made = [
        Outcome(measure=measure, unit_id=row.unit_id, month=row.month, value=row.value, n=row.n, brought=brought)
        for row in wanted.values()
    ]
    Outcome.objects.bulk_create(
        made,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["measure", "unit", "month"],
        update_fields=["value", "n", "brought"],
    )
    keys = [one.pk for one in made]
    if keys:
        note_changed(TABLE, keys)
        publish(OutcomesRecorded(measure_id=measure.pk, count=len(keys)))
    return keys


def _checked(row: OutcomeRow) -> OutcomeRow:
    if not _MONTH.fullmatch(row.month):
        raise BadOutcome(_("“%(month)s” is no month. Write it as 2026-03.") % {"month": row.month[:20]})
    if not math.isfinite(row.value):
        raise BadOutcome(_("A figure has to be a number."))
    if row.n is not None and not 0 <= row.n < 2**31:
        raise BadOutcome(_("“Of how many” has to be a whole number that is not negative."))
    return row
