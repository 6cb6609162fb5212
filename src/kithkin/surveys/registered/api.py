"""This room's part of the API."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kithkin.platform.registries.api import ApiRoom, api_rooms

api_rooms.add(ApiRoom("surveys", _("Programs"), "kithkin.surveys.api"))
