"""What can be imported of this room."""

from __future__ import annotations

from kithkin.platform.events import subscribe
from kithkin.platform.imports.facts import ImportUndone
from kithkin.platform.registries.imports import imports
from kithkin.servicedesk.receivers.imports import remove_its_queues

imports.add_later("kithkin.servicedesk.imports.requests.REQUESTS")
subscribe(ImportUndone, "servicedesk.remove_queues", remove_its_queues)
