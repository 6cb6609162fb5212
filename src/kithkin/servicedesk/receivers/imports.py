"""An import of requests was taken back."""

from __future__ import annotations

from kithkin.platform.events import Delivery
from kithkin.platform.imports.facts import ImportUndone
from kithkin.servicedesk.services.queues import remove_unused_queues


def remove_its_queues(delivery: Delivery[ImportUndone]) -> None:
    """Queues that came with it and that nobody needs go, too."""
    if delivery.fact.import_kind == "requests":
        remove_unused_queues(by_import_id=delivery.fact.import_id)
