"""The directory's part of the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from kithkin.platform.api.once import forget_what_was_answered
from kithkin.platform.registries.api import ApiRoom, api_rooms
from kithkin.platform.registries.personal import PersonalData, personal_data


def _nothing(_person_id: int) -> dict[str, Sequence[Mapping[str, Any]]]:
    """An answer repeats what the records say."""
    return {}


def _erase(_person_id: int) -> None:
    """An answer to whoever wrote the person down names them."""
    forget_what_was_answered()


personal_data.add(PersonalData("api", frozenset(), _nothing, _erase))
api_rooms.add(ApiRoom("directory", _("Directory"), "kithkin.directory.api"))
