"""Programs by the API: read what they ask and promise, and bring responses in."""

from __future__ import annotations

from ninja import Router

from kithkin.platform.api.access import access
from kithkin.platform.registries.api import Refusal
from kithkin.surveys.api import programs, responses
from kithkin.surveys.services import NotListening

router = Router(auth=access("surveys"))
for part in (programs, responses):
    router.add_router("", part.router)

REFUSALS = {NotListening: Refusal(409, "not-listening")}
