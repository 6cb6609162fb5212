"""Figures came in by file, or were taken back."""

from __future__ import annotations

from kithkin.insights.services.figures import remove_unused_figures
from kithkin.platform.events import Delivery
from kithkin.platform.imports.facts import ImportDone, ImportUndone
from kithkin.platform.jobs import enqueue_named
from kithkin.platform.models import Import


def remove_its_figures(delivery: Delivery[ImportUndone]) -> None:
    """Figures that came with it and have no value go, too."""
    if delivery.fact.import_kind == "figures":
        remove_unused_figures(by_import_id=delivery.fact.import_id)


def work_out_what_goes_together(delivery: Delivery[ImportDone] | Delivery[ImportUndone]) -> None:
    """What figures of one side say of the other is worked out anew."""
    if Import.objects.filter(pk=delivery.fact.import_id, kind="figures").exists():
        enqueue_named("kithkin.insights.tasks.studies.work_out_figures")
