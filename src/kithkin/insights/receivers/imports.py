"""An import of figures was taken back."""

from __future__ import annotations

from kithkin.insights.services.figures import remove_unused_figures
from kithkin.platform.events import Delivery
from kithkin.platform.imports.facts import ImportUndone


def remove_its_figures(delivery: Delivery[ImportUndone]) -> None:
    """Figures that came with it and have no value go, too."""
    if delivery.fact.import_kind == "figures":
        remove_unused_figures(by_import_id=delivery.fact.import_id)
