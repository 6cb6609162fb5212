"""The API at /api/v1: every room's router, one way to fail."""

from __future__ import annotations

from ninja import NinjaAPI

from kithkin.platform.api.limits import ByUser
from kithkin.platform.api.problems import answer_with_problems
from kithkin.platform.registries.api import api_rooms, provide_api

DESCRIPTION = (
    "Errors are problem documents (RFC 9457). Lists are paged by key: pass `next` as `after`. A POST may carry an "
    "`Idempotency-Key`: sent again within a day it is done once. Records have a `version`; a change names the one it "
    "was made from, and is refused with 409 when somebody was faster."
)

api = NinjaAPI(
    title="Kithkin", version="1", description=DESCRIPTION, urls_namespace="api-1", docs_url=None, throttle=[ByUser()]
)
answer_with_problems(api)
provide_api(api)
for room in api_rooms:
    api.add_router("", room.router, tags=[str(room.name)])
