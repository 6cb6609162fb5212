"""The directory's part of the API."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kithkin.directory.api import router
from kithkin.directory.api.refusals import REFUSALS
from kithkin.platform.registries.api import ApiRoom, api_rooms

api_rooms.add(ApiRoom("directory", _("Directory"), router, REFUSALS))
