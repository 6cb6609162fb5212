"""Programs by the API: read what they ask and promise, and bring responses in."""

from __future__ import annotations

from ninja import Router

from kithkin.platform.api.access import access
from kithkin.surveys.api import programs, responses

router = Router(auth=access("surveys"))
for part in (programs, responses):
    router.add_router("", part.router)
