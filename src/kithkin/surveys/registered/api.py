"""This room's part of the API."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kithkin.platform.registries.api import ApiRoom, Refusal, api_rooms
from kithkin.surveys.api import router
from kithkin.surveys.services import NotListening

api_rooms.add(ApiRoom("surveys", _("Programs"), router, {NotListening: Refusal(409, "not-listening")}))
