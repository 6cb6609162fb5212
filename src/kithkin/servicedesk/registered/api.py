"""The desk's part of the API."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kithkin.platform.registries.api import ApiRoom, api_rooms
from kithkin.servicedesk.api import router

api_rooms.add(ApiRoom("servicedesk", _("Requests"), router))
