"""The directory's part of the API: one router, a module for each part."""

from __future__ import annotations

from ninja import Router

from kithkin.directory.api import people
from kithkin.platform.api.access import access

router = Router(auth=access("directory"))
router.add_router("", people.router)
