"""The API at /api/v1: every room's router, one way to fail."""

from __future__ import annotations

from kithkin.platform.api import me
from kithkin.platform.api.description import Api
from kithkin.platform.api.parsing import Strict
from kithkin.platform.api.problems import answer_with_problems
from kithkin.platform.registries.api import api_rooms, provide_api

DESCRIPTION = (
    "Errors are problem documents (RFC 9457): `type` names the cause, `detail` says it to people. "
    "Lists are paged by key: pass `next` as `after`. "
    "A POST that makes something may carry an `Idempotency-Key`: sent again within a day it is done once. "
    "Records have a `version`; a change names the one it was made from, and is refused with 409 when somebody was "
    "faster. Everybody sees here what they see on the pages, no more: what is not open to the token's user is 404, "
    "and a field that is not theirs to read is null. "
    "A body is one JSON document in UTF-8 of 1 MB at most; a field that is not known is refused. "
    "Each user may ask so often in a time, else 429 with `Retry-After`. "
    "There is no CORS: a page of another origin cannot use this API. "
    "Erasing a person and joining two records into one are done on the pages only, where somebody looks at them."
)

api = Api(title="Kithkin", version="1", description=DESCRIPTION, urls_namespace="api-1", docs_url=None, parser=Strict())
answer_with_problems(api)
provide_api(api)
api.add_router("", me.router)
for room in api_rooms:
    api.add_router("", room.router, tags=[str(room.name)])
