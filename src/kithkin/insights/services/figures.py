"""Figures that nobody needs any more."""

from __future__ import annotations

from django.db import transaction

from kithkin.insights.models import OutcomeMeasure


@transaction.atomic
def remove_unused_figures(*, by_import_id: int) -> int:
    """Delete the figures that came with this import and have no value any more; how many."""
    return OutcomeMeasure.objects.filter(brought=by_import_id, values__isnull=True).delete()[0]
