"""The desk's part of the API: one router, a module for each thing."""

from __future__ import annotations

from ninja import Router

from kithkin.platform.api.access import access
from kithkin.servicedesk.api import events, queues, requests

router = Router(auth=access("servicedesk"))
for part in (events, requests, queues):  # "events" is no id of a request
    router.add_router("", part.router)
